"""Web pages as people save them: the text itself, nothing that stands around it."""

import pytest

from pesue.guidance.documents import text_of
from pesue.guidance.reader import read
from tests.guidance.documents import web
from tests.guidance.documents.said import ALL, ENGLISH, FINNISH, Said

pytestmark = pytest.mark.thorough

SYSTEMS = [web.by_confluence, web.by_sharepoint, web.by_wordpress, web.by_word]


def sentences(page: str) -> list[str]:
    found = read(text_of("ohje.html", page.encode()).text).sentences
    return [one.text for one in found]


@pytest.mark.parametrize("said", ALL, ids=lambda said: said.language)
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_whole_guideline(system, said: Said) -> None:
    found = read(text_of("ohje.html", system(said).encode()).text)
    assert [one.text for one in found.sentences] == [*said.sentences, said.note]
    labels = {one.text: one.label for one in found.sentences}
    assert {labels[text] for text in said.banned} == {"dont"}


def test_a_page_saved_as_one_file_and_pages_in_old_letters() -> None:
    saved = web.saved_as_one_file(web.by_word(FINNISH))
    page = web.by_wordpress(FINNISH)
    kept = [saved, page.encode("cp1252"), page.encode("utf-16")]
    for data in kept:
        for name in ("ohje.doc", "ohje.htm"):
            found = read(text_of(name, data).text).sentences
            assert [one.text for one in found] == [*FINNISH.sentences, FINNISH.note]


def test_paragraphs_in_an_item_stay_in_the_list() -> None:
    page = "<html><p>Never share:</p><ul><li><p>Plans</p><p>Old ones, too</p></li>"
    page += "<li>Prices<ul><li>Offers</li></ul></li></ul><p>Be kind</p>"
    found = read(text_of("a.html", page.encode()).text).sentences
    assert [one.text for one in found] == [
        *("Never share:", "Plans", "Old ones, too", "Prices", "Offers", "Be kind")
    ]
    assert [one.label for one in found] == ["dont"] * 5 + ["do"]


def test_lists_side_by_side_in_a_table() -> None:
    page = "<html><table><caption>Our rules</caption><tr><th>Do</th><th>Don't</th></tr>"
    page += f"<tr><td>{web.li(['Praise', 'Thanks'])}</td>"
    page += f"<td>{web.li(['Plans', 'Prices'])}</td></tr></table>"
    found = read(text_of("a.html", page.encode()).text).sentences
    assert [one.text for one in found] == [
        *("Our rules", "Do", "Praise", "Thanks", "Don't", "Plans", "Prices")
    ]
    assert [one.label for one in found][5:] == ["dont", "dont"]


def test_small_things() -> None:
    page = "<html><body><p>Be kind.<sup>2</sup> Be <b>bri</b>ef.</p>"
    page += "<p>Leave 2 m<sup>2</sup> free.</p><details><summary>More</summary>"
    page += "<p>Ask Liisa.</p></details><dl><dt>Plans</dt><dd>Keep them.</dd></dl>"
    page += "<pre>Dear all,\nbe open.\n\nBe glad.</pre><p>Do not share<br>plans.</p>"
    page += "<p>Be quick. <s>Be slow.</s></p><p>Read <a href='#x'>part two</a>."
    assert sentences(page) == [
        *("Be kind.", "Be brief.", "Leave 2 m2 free.", "More", "Ask Liisa.", "Plans"),
        *("Keep them.", "Dear all, be open.", "Be glad.", "Do not share plans."),
        *("Be quick.", "Read part two."),
    ]


@pytest.mark.thorough
def test_as_deep_as_it_likes() -> None:
    deep = "<div>" * 30_000 + "Be kind." + "</div>" * 30_000
    assert sentences(f"<html>{deep}") == ["Be kind."]
    page = "<html>" + "<nav><p>Menu</p>" * 50 + "</nav>" * 50 + ENGLISH.title
    assert sentences(page) == [ENGLISH.title]
