"""PDFs as they are printed: read in order, without their frames."""

import pytest

from pesue.guidance.documents import text_of
from pesue.guidance.documents.layout import Piece
from pesue.guidance.documents.pages import text_of_pages
from pesue.guidance.documents.plain import cleaned
from pesue.guidance.reader import read
from tests.guidance.documents import paper
from tests.guidance.documents.said import ALL, ENGLISH, FINNISH, Said

pytestmark = pytest.mark.thorough

SETTINGS = [paper.printed, paper.in_columns, paper.drawn_across, paper.plain]


@pytest.mark.thorough
@pytest.mark.parametrize("said", ALL, ids=lambda said: said.language)
@pytest.mark.parametrize("setting", SETTINGS)
def test_a_whole_guideline(setting, said: Said) -> None:
    data, expected = setting(said)
    found = read(text_of("ohje.pdf", data).text)
    assert [one.text for one in found.sentences] == expected
    labels = {one.text: one.label for one in found.sentences}
    if said.lead in labels:
        assert {labels[text] for text in said.banned} == {"dont"}


def sentences(pdf: paper.Paper) -> list[str]:
    return [
        one.text for one in read(text_of("a.pdf", bytes(pdf.output())).text).sentences
    ]


def test_heads_left_and_right_and_numbers_of_every_form() -> None:
    forms = ["{}", "- {} -", "{} (6)", "Sivu {}/6", "{} | Page", "Page {} of 6"]
    for form in forms:
        pdf = paper.Paper(ENGLISH, framed=False)
        expected = []
        for n in range(1, 7):
            pdf.set_y(8)
            pdf.cell(0, 5, "Our policy" if n % 2 else "Chapter two", align="R")
            pdf.set_y(30)
            stories = paper.filler(ENGLISH, 10 * n, 10 * n + 5)
            pdf.say(" ".join(stories))
            expected += stories
            pdf.set_auto_page_break(False)
            pdf.set_y(-12)
            pdf.cell(0, 5, form.format(n), align="C")
            pdf.set_auto_page_break(True, 30)
            if n < 6:
                pdf.add_page()
        assert sentences(pdf) == expected


def test_rules_that_end_or_begin_pages_are_no_frames() -> None:
    pdf = paper.Paper(ENGLISH, framed=False)
    rules = [
        f"Rule {n}: never share {what}."
        for n, what in enumerate(["plans", "prices", "pay"])
    ]
    for rule in rules:
        pdf.say(rule)
        pdf.add_page()
    assert sentences(pdf) == rules


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Kerro työn-", "tekijän arjesta."], "Kerro työntekijän arjesta."),
        (["Kuva- ja ääni-", "ja videoaineisto."], "Kuva- ja ääni- ja videoaineisto."),
        (["Bild-", "och ljudmaterial."], "Bild- och ljudmaterial."),
        (["Lue some-ohje. Noudata some-", "ohjetta ja some-", "ohje."],
         "Noudata someohjetta ja some-ohje."),
        (["Noudata EU-", "asetusta."], "Noudata EU-asetusta."),
        (["Tavataan Etelä-", "Suomessa."], "Tavataan Etelä-Suomessa."),
        (["Send e-mail or e-", "mail us."], "Send e-mail or e-mail us."),
    ],
)  # fmt: skip
def test_words_parted_at_line_ends(lines: list[str], expected: str) -> None:
    pdf = paper.Paper(FINNISH, framed=False)
    for line in lines:
        pdf.cell(0, 5.5, line, new_x="LMARGIN", new_y="NEXT")
    assert sentences(pdf)[-1] == expected


def test_soft_hyphens_and_letters_in_two_parts() -> None:
    lines = ["A\u0308la\u0308 jaa ku\u00ad", "via ty\u00adöstä."]
    pieces = [Piece(30, 800 - 13 * n, 11, text) for n, text in enumerate(lines)]
    assert cleaned(text_of_pages([pieces])) == "Älä jaa kuvia työstä."


def test_a_sentence_that_goes_on_over_a_footnote_and_a_page() -> None:
    pdf = paper.Paper(ENGLISH)
    stories = paper.filler(ENGLISH, 1, 60)
    pdf.say("Never share the names of our customers")
    pdf.set_auto_page_break(False)
    pdf.note()
    pdf.set_auto_page_break(True, 30)
    pdf.add_page()
    pdf.text_is()
    pdf.say("without their consent.")
    pdf.say(" ".join(stories))
    assert sentences(pdf) == [
        "Never share the names of our customers without their consent.",
        *stories,
        ENGLISH.note,
    ]


def test_raised_marks_go_and_measures_stay() -> None:
    pdf = paper.Paper(ENGLISH, framed=False)
    pdf.write(5.5, "Never share plans")
    pdf.raised("1")
    pdf.write(5.5, " or prices.")
    pdf.raised("12")
    pdf.write(5.5, " Rent 20 m")
    pdf.raised("2")
    pdf.write(5.5, " of quay.")
    assert sentences(pdf) == ["Never share plans or prices.", "Rent 20 m2 of quay."]


def test_words_in_another_type_are_no_cells_and_a_title_is_no_frame() -> None:
    pdf = paper.Paper(ENGLISH)
    pdf.head(ENGLISH.furniture[0])
    for kind, text in [("serif", "Never fill in "), ("courier", "initialism")] * 2:
        pdf.set_font(kind, size=11)
        pdf.write(5.5, text)
    pdf.text_is()
    pdf.write(5.5, " for a customer.")
    stories = paper.filler(ENGLISH, 1, 4)
    for story in stories:
        pdf.add_page()
        pdf.say(story)
    assert sentences(pdf) == [
        ENGLISH.furniture[0],
        "Never fill in initialismNever fill in initialism for a customer.",
        *stories,
    ]


def test_stamps_and_contents_are_left_out() -> None:
    pdf = paper.Paper(ENGLISH, framed=False)
    pdf.say("Before you post " + "." * 60 + " 2")
    pdf.say("Never share plans.")
    with pdf.rotation(45, 100, 150):
        pdf.text(60, 150, "DRAFT")
    assert sentences(pdf) == ["Never share plans."]


def test_a_page_on_its_side() -> None:
    pdf = paper.Paper(ENGLISH, framed=False)
    stories = paper.filler(ENGLISH, 1, 5)
    with pdf.rotation(90, 100, 150):
        pdf.say(" ".join(stories))
    assert sentences(pdf) == stories


def test_headings_and_paragraphs_without_ends_stand_alone() -> None:
    pdf = paper.Paper(ENGLISH, framed=False)
    long = "Everything that you may wish to know about telling of your work at sea"
    pdf.head(long + " and in the town of North Quay", 14)
    pdf.say("Be kind to all")
    pdf.say("our customers read it")
    pdf.say("Never share:")
    for one in ["plans", "prices"]:
        pdf.item("\u2022", one)
    pdf.say(" ".join(paper.filler(ENGLISH, 1, 4)))
    found = read(text_of("a.pdf", bytes(pdf.output())).text).sentences
    assert [one.text for one in found[:6]] == [
        long + " and in the town of North Quay",
        *("Be kind to all", "our customers read it", "Never share:", "plans", "prices"),
    ]
    assert found[0].label == "neutral"
    assert [one.label for one in found[4:6]] == ["dont", "dont"]
