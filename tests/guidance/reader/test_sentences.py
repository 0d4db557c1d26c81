"""Where sentences begin and end, and whom they name."""

import pytest

from pesue.guidance.reader import read


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ask first. Then post.", ["Ask first.", "Then post."]),
        ("Use tools, e.g. Canva, at 16.00.", ["Use tools, e.g. Canva, at 16.00."]),
        ("Kysy esim. Liisalta. Kiitos!", ["Kysy esim. Liisalta.", "Kiitos!"]),
        ("Gäller t.ex. Facebook 1.2.2026.", ["Gäller t.ex. Facebook 1.2.2026."]),
        ("- One rule\n- Another rule", ["One rule", "Another rule"]),
        ("Post\tAsk first\nShare | Ask later", ["Post", "Ask first", "Share"]),
    ],
)
def test_sentences_are_parted_as_they_stand(text: str, sentences: list[str]) -> None:
    found = [one.text for one in read(text, "en").sentences]
    assert found[: len(sentences)] == sentences


def test_a_file_of_one_sentence_a_line_comes_back_one_for_one() -> None:
    lines = ["Ask before you post.", "What is social media", "we value openness"] * 5
    found = [one.text for one in read("\n".join(lines), "en").sentences]
    assert found == lines


def test_a_quote_is_the_text_at_its_place() -> None:
    text = "  Intro\n\n1. Ask the press\noffice first. Then post.\n"
    for one in read(text, "en").sentences:
        assert " ".join(text[one.start : one.end].split()) == one.text


def test_each_sentence_has_a_language_of_its_own() -> None:
    text = "Do not share the data of our customers with anyone outside the company.\n"
    text += "Asiakkaidemme tietoja ei saa jakaa kenellekään talon ulkopuolella.\n"
    text += "Våra kunders uppgifter får inte spridas till någon utanför bolaget.\n"
    assert [one.language for one in read(text).sentences] == ["en", "fi", "sv"]


@pytest.mark.parametrize(
    ("said", "language", "owners"),
    [
        (
            "When in doubt, ask the legal team.",
            "en",
            [("team", "legal team")],
        ),
        (
            "Send questions to social@harbour.example.",
            "en",
            [("mailbox", "social@harbour.example")],
        ),
        ("Post your question in #ask-comms.", "en", [("channel", "#ask-comms")]),
        (
            "Toimittajan yhteydenotto ohjataan viestintäpäällikölle.",
            "fi",
            [("role", "viestintäpäällikölle")],
        ),
        (
            "Journalister hänvisas till presstjänsten.",
            "sv",
            [("team", "presstjänsten")],
        ),
        ("Three people work in the hall.", "en", []),
    ],
)
def test_whom_to_ask_is_found(
    said: str, language: str, owners: list[tuple[str, str]]
) -> None:
    found = read(said, language).sentences[0].owners
    assert [(one.kind, one.name) for one in found] == owners


@pytest.mark.parametrize("text", ["", "  \n\n", "12.3. — 4", "\0\0", "a" * 100_000])
def test_nothing_to_read_is_no_error(text: str) -> None:
    assert read(text).score.value >= 0
