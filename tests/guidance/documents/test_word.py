"""Word files as people have them: nothing lost, nothing twice, no running heads."""

import io
import zipfile

import pytest

from pesue.guidance.documents import text_of
from pesue.guidance.reader import read
from tests.guidance.documents import word
from tests.guidance.documents.said import ALL, ENGLISH, Said
from tests.guidance.documents.word import DRAFT, boxed, controlled, p, packed, run

pytestmark = pytest.mark.thorough

PROGRAMS = [word.by_word, word.by_writer, word.by_google]


def sentences(body: str, **parts: str) -> list[str]:
    found = read(text_of("ohje.docx", packed(body, **parts)).text)
    return [one.text for one in found.sentences]


@pytest.mark.parametrize("said", ALL, ids=lambda said: said.language)
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_whole_guideline(program, said: Said) -> None:
    found = read(text_of("ohje.docx", program(said)).text)
    assert [one.text for one in found.sentences] == [*said.sentences, said.note]
    labels = {one.text: one.label for one in found.sentences}
    assert {labels[text] for text in said.banned} == {"dont"}
    assert labels[said.title] == labels[said.steps_title] == "neutral"


def test_changes_are_read_as_if_accepted() -> None:
    struck = "<w:r><w:delText>your boss</w:delText></w:r>"
    changed = p(
        run("Ask ")
        + f"<w:del {DRAFT}>{struck}</w:del><w:ins {DRAFT}>{run('a colleague')}</w:ins>"
        + run(" before you post.")
    )
    gone = p(f"<w:del {DRAFT}>{struck}</w:del>", mark=f"<w:del {DRAFT}/>")
    joined = p(run("Never share "), mark=f"<w:del {DRAFT}/>")
    joined += p(run("customers\u2019 data."))
    away = f"<w:moveFrom {DRAFT}>{run('Be kind.')}</w:moveFrom>"
    here = f"<w:moveTo {DRAFT}>{run('Be kind.')}</w:moveTo>"
    row = f"<w:tr><w:trPr><w:del {DRAFT}/></w:trPr><w:tc>{p(run('Old row'))}</w:tc>"
    body = changed + gone + joined + p(away) + f"<w:tbl>{row}</w:tr></w:tbl>" + p(here)
    assert sentences(body) == [
        "Ask a colleague before you post.",
        "Never share customers\u2019 data.",
        "Be kind.",
    ]


def test_a_list_of_before_is_no_list() -> None:
    before = f"<w:pPrChange {DRAFT}><w:pPr><w:numPr/></w:pPr></w:pPrChange>"
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    for about in (before, none):
        body = p(run("Never share:")) + p(run("Plans"), numbered=1)
        body += f"<w:p><w:pPr>{about}</w:pPr>{run('Photos are welcome')}</w:p>"
        found = read(text_of("a.docx", packed(body)).text).sentences
        assert [one.label for one in found] == ["dont", "dont", "do"]


def test_text_boxes_come_once_new_and_old() -> None:
    inner = boxed(p(run("Box in a box.")))
    body = boxed(p(run("Be kind."), numbered=1) + inner, "Around the box.")
    old = p(run("Bring ideas.")).replace("wps", "")
    body += p(
        f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{old}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    found = sentences(body)
    assert sorted(found) == sorted(
        ["Around the box.", "Be kind.", "Box in a box.", "Bring ideas."]
    )


def test_a_block_that_has_two_forms_comes_once() -> None:
    both = f"<mc:Choice Requires='x'>{p(run('Be kind.'))}</mc:Choice>"
    both += f"<mc:Fallback>{p(run('Be kind.'))}</mc:Fallback>"
    body = f"<mc:AlternateContent>{both}</mc:AlternateContent>"
    assert sentences(body) == ["Be kind."]


def test_controls_without_their_prompts() -> None:
    cell = controlled(f"<w:tc>{p(run('Ask Liisa'))}</w:tc>")
    row = f"<w:tr><w:tc>{p(run('Prices'))}</w:tc>{cell}</w:tr>"
    body = controlled(p(run("Be kind.")) + controlled(p(run("Be brief."))))
    body += controlled(p(run("Click to enter text.")), "<w:showingPlcHdr/>")
    body += p(run("Ask ") + controlled(run("Liisa")) + run(" first."))
    body += f"<w:tbl>{controlled(row)}</w:tbl>"
    assert sentences(body) == [
        *("Be kind.", "Be brief.", "Ask Liisa first.", "Prices", "Ask Liisa")
    ]


def test_comments_fields_hidden_and_struck_text_are_left_out() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
    field += 'HYPERLINK "https://intra"</w:instrText></w:r>'
    field += f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("our pages")}'
    comment = '<w:commentRangeStart w:id="1"/>'
    body = p(
        comment + run("Read ") + field + run(".") + '<w:commentRangeEnd w:id="1"/>'
    )
    body += p(run("Be kind.") + run(" Hidden words.", "<w:vanish/>"))
    body += p(run("Be open.") + run(" Never smile.", "<w:strike/>"))
    body += p(run("Be brief.", '<w:vanish w:val="0"/><w:strike w:val="false"/>'))
    comments = word.part("comments", f"<w:comment>{p(run('Is it so?'))}</w:comment>")
    assert sentences(body, comments=comments) == [
        *("Read our pages.", "Be kind.", "Be open.", "Be brief.")
    ]


def test_breaks_tabs_and_spaces() -> None:
    brk = "<w:r><w:br/></w:r>"
    body = p(run("Never share:") + brk + run("Plans") + brk + run("Prices"))
    body += p(run("Ask a colleague") + brk + run("before you post."))
    body += p(run("Be\u00a0kind\u2009to all.") + '<w:r><w:br w:type="page"/></w:r>')
    body += p(run("Media") + "<w:r><w:tab/></w:r>" + run("Ask Liisa"))
    body += p(run("E") + "<w:r><w:noBreakHyphen/></w:r>" + run("mail is \ufb01ne."))
    body += p(run("A\u0308la\u0308 jaa ku\u00advia."))
    found = read(text_of("a.docx", packed(body)).text).sentences
    assert [one.text for one in found] == [
        *("Never share:", "Plans", "Prices", "Ask a colleague before you post."),
        *("Be kind to all.", "Media", "Ask Liisa", "E-mail is fine.", "Älä jaa kuvia."),
    ]
    assert [one.label for one in found[:3]] == ["dont"] * 3


def test_a_large_first_letter_belongs_to_its_word() -> None:
    drop = f'<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>{run("N")}</w:p>'
    assert sentences(drop + p(run("ever share plans."))) == ["Never share plans."]


def test_lines_of_their_own_are_not_joined() -> None:
    long = "The communications team is glad to help with everything you want to tell"
    assert sentences(p(run(long)) + p(run("your own story"))) == [
        long,
        "your own story",
    ]


def test_what_to_do_and_what_not_side_by_side() -> None:
    def bullets(*texts: str) -> str:
        return "".join(p(run(text), numbered=1) for text in texts)

    head = [p(run("Do")), p(run("Don\u2019t"))]
    two = [bullets("Photos of your desk", "Praise"), bullets("Plans", "Prices")]
    found = read(text_of("a.docx", packed(word.table([head, two]))).text).sentences
    assert [(one.text, one.label) for one in found] == [
        *(("Do", "neutral"), ("Photos of your desk", "do"), ("Praise", "do")),
        *(("Don\u2019t", "neutral"), ("Plans", "dont"), ("Prices", "dont")),
    ]


def test_merged_cells_and_a_table_in_a_table() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p(run("Who helps"))}</w:tc>'
    first = (
        f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{p(run("Press"))}</w:tc>'
    )
    more = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('')}</w:tc>"
    inner = word.table([[p(run("Mon")), p(run("Tue"))]])
    rows = [
        wide,
        f"{first}<w:tc>{p(run('Liisa'))}</w:tc>",
        f"{more}<w:tc>{p(run('Matti'))}</w:tc>",
        f"<w:tc>{p(run('Days'))}</w:tc><w:tc>{inner}{p('')}</w:tc>",
    ]
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert sentences(body) == [
        *("Who helps", "Press", "Liisa", "Matti", "Days", "Mon", "Tue")
    ]


def test_a_contents_list_is_not_read() -> None:
    body = p(run("Be kind\t2"), "TOC1") + p(run("Be kind"), "Heading1")
    assert sentences(body, styles=word.styles("en")) == ["Be kind"]


def test_another_name_for_the_main_part() -> None:
    body = p(run("Be kind."))
    data = packed(body, "word/document2.xml", footnotes2=word.notes("Be brief."))
    found = read(text_of("a.docx", data).text).sentences
    assert [one.text for one in found] == ["Be kind.", "Be brief."]


def test_the_strict_kind() -> None:
    data = packed(boxed(p(run(ENGLISH.title))) + p(run("Be kind."), numbered=1))
    strict = "http://purl.oclc.org/ooxml/"
    box = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(box, "w") as new:
        for name in old.namelist():
            xml = old.read(name).decode()
            xml = xml.replace(word.WORDS, f"{strict}wordprocessingml/main")
            xml = xml.replace(word.OFFICE, f"{strict}officeDocument/relationships")
            new.writestr(name, xml)
    found = read(text_of("a.docx", box.getvalue()).text).sentences
    assert sorted(one.text for one in found) == sorted([ENGLISH.title, "Be kind."])
