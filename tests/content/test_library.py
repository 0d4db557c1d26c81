from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from pesue.content.access import meant_for
from pesue.content.models import DEFAULT_QUESTIONS, Item, Question, Starter
from pesue.content.queries.library import (
    PAGE,
    Wanted,
    questions_for,
    shelf,
    starters_for,
)
from pesue.content.queries.search import TABLE, index_all
from pesue.content.steps import expire_items
from pesue.content.words import asked, kept
from pesue.guidance.models import Concept, Topic
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_lead, a_member, a_team

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


def found(words: str, **fields: Any) -> set[str]:
    member = a_member()
    page = shelf(meant_for(member), Wanted(words=words, **fields))
    return {item.title for item in page.items}


@pytest.mark.parametrize(
    ("language", "title", "asked"),
    [
        ("fi", "Uusi kauppa avattiin Turussa", "kaupassa"),
        ("fi", "Myymme leipää kaupoissa", "kauppa"),
        ("fi", "Leipomon työntekijät juhlivat", "työntekijä"),
        ("fi", "Asiakkaan kiitos", "asiakkaat"),
        ("fi", "Laivojen kapteenit", "laiva"),
        ("fi", "ÄITIENPÄIVÄ lähestyy", "äitienpäivä"),
        ("sv", "Bagarna berättar om bröden", "bagare"),
        ("sv", "Våra medarbetare och kunderna", "kund"),
        ("en", "Baking breads for our customers", "bread customer"),
        ("en", "We cut our water use by half", "cutting"),
        ("en", "Version 3.14: what is new", "3.14"),
        ("en", "Sustainability report", "sustain"),  # the beginning of the last word
        ("en", "Naïve café", "cafe\u0301"),  # composed or not
    ],
)
def test_word_forms(language: str, title: str, asked: str) -> None:
    an_item(title, language=language)
    an_item("Something else altogether", language=language)
    assert found(asked) == {title}


def test_every_word_must_be_there_and_signs_are_no_words() -> None:
    an_item("Rye bread")
    an_item("Rye whisky")
    assert found("rye bread") == {"Rye bread"}
    assert found("bread rye") == {"Rye bread"}
    assert found("rye oats") == set()
    assert found("\"*() ' & | ! :") == {"Rye bread", "Rye whisky"}
    assert found("rye AND NOT 'x") == set()
    assert found("x" * 5000) == set()
    assert found("\x00\x00") == {"Rye bread", "Rye whisky"}


def test_an_edited_item_is_found_by_its_new_words_only(client: Client) -> None:
    item = an_item("Rye")
    client.force_login(a_lead())
    client.post(f"/library/{item.pk}/edit", edit(title="Oats"))
    assert found("oats") == {"Oats"}
    assert found("rye") == set()


def edit(**fields: object) -> dict[str, object]:
    return {
        "title": "Rye",
        "summary": "",
        "url": "",
        "language": "en",
        "disclosure": "employee",
        "edition": 0,
        **fields,
    }


def test_filters() -> None:
    topic = Topic.objects.create(name="Bread")
    concept = Concept.objects.create(
        name="Spring", brief="x", starts=date(2026, 3, 1), ends=date(2026, 5, 1)
    )
    an_item("With a topic").topics.add(topic)
    an_item("With a concept", concept=concept)
    an_item("Finnish", language="fi")
    assert found("", topic=topic) == {"With a topic"}
    assert found("", concept=concept) == {"With a concept"}
    assert found("", language="fi") == {"Finnish"}
    assert found("with", topic=topic) == {"With a topic"}


def test_items_are_for_the_teams_they_name_and_those_below(client: Client) -> None:
    whole = a_team("Bakery")
    ovens, shops = a_team("Ovens", whole), a_team("Shops", whole)
    for_all = an_item("For all")
    for_whole, for_ovens = an_item("For the bakery"), an_item("For ovens")
    for_whole.audience.add(whole)
    for_ovens.audience.add(ovens, shops)
    for team, seen in (
        (ovens, {"For all", "For the bakery", "For ovens"}),
        (whole, {"For all", "For the bakery"}),
        (None, {"For all"}),
    ):
        member = a_member(team=team)
        page = shelf(meant_for(member), Wanted())
        assert {item.title for item in page.items} == seen
        assert len(page.items) == len(seen), "no item twice"
        client.force_login(member)
        there = client.get(f"/library/{for_ovens.pk}").status_code
        assert there == (200 if "For ovens" in seen else 404)
        assert client.get(f"/library/{for_all.pk}").status_code == 200


def test_only_what_is_ready_is_in_the_library(client: Client) -> None:
    hidden = [an_item(state, state=state) for state in ("inbox", "expired", "dropped")]
    an_item("Ready")
    assert found("") == {"Ready"}
    client.force_login(a_member())
    for item in hidden:
        assert client.get(f"/library/{item.pk}").status_code == 404


def test_pages_follow_each_other_without_gap_or_repeat(client: Client) -> None:
    for n in range(2 * PAGE + 3):
        an_item(f"Item {n}", ready_at=NOON + timedelta(minutes=n // 5))
    client.force_login(a_member())
    seen: list[str] = []
    address = "/library?q=item"
    for _ in range(3):
        answer = client.get(address)
        page = answer.context["shelf"]
        seen += [item.title for item in page.items]
        an_item("Item that came in between", ready_at=NOON + timedelta(days=1))
        address = f"/library?q=item&before={page.older}"
    assert len(seen) == len(set(seen)) == 2 * PAGE + 3
    assert seen[0] == f"Item {2 * PAGE + 2}"
    assert page.older == ""
    for wrong in ("x", "1-", "-1", "9" * 30 + "-1", "1-9999999999999999999999"):
        assert client.get("/library", {"before": wrong}).status_code == 200
    assert client.get("/library", {"topic": "x", "language": "xx"}).status_code == 200


@pytest.mark.parametrize("path", ["/library", "/library?q=item", "/calendar", "/inbox"])
def test_queries_do_not_grow(
    path: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    topic = Topic.objects.create(name="Bread")
    client.force_login(a_lead(team=None))

    def add() -> None:
        day = date(2026, 3, 31)
        an_item("Item", valid_until=day).topics.add(topic)
        an_item("Item", state="inbox", suggested_by=a_member()).topics.add(topic)

    add()
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(path)
    add()
    add()
    with django_assert_num_queries(len(few)):
        client.get(path)


def test_a_calendar_and_its_list(client: Client) -> None:
    client.force_login(a_member())
    an_item("Until the tenth", valid_until=date(2026, 3, 10))
    an_item("In April", valid_until=date(2026, 4, 1))
    Concept.objects.create(
        name="Spring", brief="x", starts=date(2026, 3, 2), ends=date(2026, 5, 1)
    )
    page = client.get("/calendar?month=2026-03").content.decode()
    assert "Until the tenth" in page
    assert "Spring begins" in page
    assert "In April" not in page
    for wrong in ("2026-13", "x", "", "0001-01", "9999-12"):
        assert client.get("/calendar", {"month": wrong}).status_code == 200


def test_items_expire_the_day_after_their_last() -> None:
    today = an_item("Today", valid_until=NOON.date())
    over = an_item("Over", valid_until=NOON.date() - timedelta(days=1))
    assert expire_items(NOON) == 1
    assert expire_items(NOON) == 0
    for item, state in ((today, "ready"), (over, "expired")):
        item.refresh_from_db()
        assert item.state == state


def test_questions_are_the_items_own_or_ours() -> None:
    item = an_item()
    Question.objects.create(item=item, language="fi", text="Mitä teit?")
    Starter.objects.create(item=item, language="fi", text="Minä ", whole=False)
    Starter.objects.create(item=item, language="fi", text="Valmis.", whole=True)
    assert questions_for(item, "fi") == ["Mitä teit?"]
    assert questions_for(item, "sv") == list(DEFAULT_QUESTIONS["sv"])
    assert all(len(questions) == 3 for questions in DEFAULT_QUESTIONS.values())
    assert starters_for(item, "fi") == ["Minä "]
    assert starters_for(item, "fi", whole=True) == ["Valmis."]


def test_script_in_an_item_is_shown_as_words(client: Client) -> None:
    item = an_item("<script>alert(1)</script>", summary="<img src=x onerror=y>")
    client.force_login(a_member())
    for path in ("/library", f"/library/{item.pk}"):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


CORPUS = [
    ("fi", "Leipomon yövuoro paistaa ruisleipää 24/7, sanoo Åke Öhman"),
    ("fi", "Kauppojen aukiolo: työntekijöiden ääni kuuluu. Äänestä 2026!"),
    ("fi", "Laivat, laivojen kapteenit ja laivalla tehty työ"),
    ("sv", "Bagarnas natt: bröden bakas när staden sover"),
    ("sv", "Våra kunder i skärgården, fartyg och färjor"),
    ("en", "Don't miss: e-mail o'clock, C++ & 3.14159 (naïve café) \U0001f35e"),
    ("en", "STRASSE straße İstanbul ﬁne x² 日本語のパン"),
    ("en", "a_b under_score fi_laiv SELECT * FROM items; -- OR 'x':*"),
]
QUESTIONS = [
    *("leipomo", "leipä", "kaupassa", "laivalla", "laiva kapteeni", "bagare", "bröd"),
    *("kund", "e-mail", "3.14", "c++", "cafe", "café", "strasse", "istanbul", "fine"),
    *(
        "x2",
        "日本語",
        "日本",
        "under",
        "score a",
        "fi_laiv",
        "'x':*",
        "or",
        "NOT",
        "2026",
    ),
    *("å", "öhm", "ääni", "aani", "24/7", "a", "'", '"', "la ka te", "\U0001f35e"),
]


def has(words: list[str], alternatives: list[str]) -> bool:
    beginnings = tuple(word[:-1] for word in alternatives if word.endswith("*"))
    return any(
        word in alternatives or (beginnings and word.startswith(beginnings))
        for word in words
    )


def test_each_database_finds_exactly_what_the_words_say() -> None:
    """Run on SQLite and on PostgreSQL: both equal this, so they equal each other."""
    for language, title in CORPUS:
        an_item(title, language=language)
    for question in QUESTIONS:
        expected = {
            title
            for language, title in CORPUS
            if all(has(kept(title, language), group) for group in asked(question))
        }
        assert found(question) == expected, question


def test_the_index_can_be_filled_again() -> None:
    an_item("Rye")
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")
    assert found("rye") == set()
    assert index_all() == Item.objects.count()
    assert found("rye") == {"Rye"}
