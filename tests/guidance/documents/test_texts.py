"""Plain texts and Markdown: wrapped, listed and encoded as people's programs do."""

import pytest

from pesue.guidance.documents import text_of
from pesue.guidance.reader import read
from tests.guidance.documents import texts
from tests.guidance.documents.said import ALL, FINNISH, Said

pytestmark = pytest.mark.thorough


def sentences(name: str, data: bytes) -> list[str]:
    return [one.text for one in read(text_of(name, data).text).sentences]


@pytest.mark.parametrize("said", ALL, ids=lambda said: said.language)
def test_a_whole_guideline_in_markdown(said: Said) -> None:
    written = texts.markdown(said)
    for given in (written, written.replace("\n", "\r\n")):
        found = read(text_of("ohje.md", given.encode()).text)
        assert [one.text for one in found.sentences] == [*said.sentences, said.note]
        labels = {one.text: one.label for one in found.sentences}
        assert {labels[text] for text in said.banned} == {"dont"}


@pytest.mark.parametrize("said", ALL, ids=lambda said: said.language)
@pytest.mark.parametrize("bullet", ["-", "*", "\u2022", "\u25aa", "\uf0b7", "o"])
@pytest.mark.parametrize("width", [60, 72, 79])
def test_a_whole_guideline_wrapped_by_hand(said: Said, bullet: str, width: int):
    written = texts.mailed(said, bullet, width)
    found = read(text_of("ohje.txt", written.encode()).text)
    expected = [said.title.upper(), *said.sentences[1:], said.note]
    assert [one.text for one in found.sentences] == expected
    labels = {one.text: one.label for one in found.sentences}
    assert {labels[text] for text in said.banned} == {"dont"}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_letters_and_line_ends(encoding: str, end: str) -> None:
    written = texts.mailed(FINNISH, "-").replace("\n", end)
    expected = [FINNISH.title.upper(), *FINNISH.sentences[1:], FINNISH.note]
    assert sentences("ohje.txt", written.encode(encoding)) == expected


def test_small_things_in_markdown() -> None:
    written = "Be `kind` and **open**.\\\nBe _brief_ ~~and never late~~.\n\n"
    written += "- [ ] Ask Liisa.\n- [x] Thank\n  her.\n\n      Be there.\n\n"
    written += ":::note\nBe glad&nbsp;&amp; proud.\n:::\n\n```\nGood news!\n```\n"
    written += "1) First\n\n   More of it\n2) Second <br> third <script>x</script>\n"
    assert sentences("a.md", written.encode()) == [
        *("Be kind and open.", "Be brief .", "Ask Liisa.", "Thank her.", "Be there."),
        *("Be glad & proud.", "Good news!", "First", "More of it", "Second third"),
    ]


def test_one_sentence_a_line_and_one_paragraph_a_line_stay_so() -> None:
    lines = ["Ask before you post.", "What is social media", "we value openness"] * 5
    assert sentences("a.txt", "\n".join(lines).encode()) == lines
    long = "The team is glad to help with everything that you would like to tell, and"
    assert sentences("a.txt", f"{long} more\n\nyour own".encode()) == [
        f"{long} more",
        "your own",
    ]
