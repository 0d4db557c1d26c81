"""What experts do that one would rather not have: their links, words and tabs."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import escape

from pesue.reach.models import Message
from pesue.surveys.models import Expert, Idea, Panel
from tests.make.surveys import a_panel, an_expert
from tests.surveys.experts import (
    OPEN,
    come_in,
    edition,
    letters,
    ranked_by,
    say,
)

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("house")]
State = Panel.State


def test_one_message_for_every_link_that_opens_nothing(lead):
    panel = a_panel("One", "Two", **OPEN)
    expert, gone = an_expert(panel), an_expert(panel)
    tokens = letters()
    token, other = tokens[expert.email], tokens[gone.email]
    lead.post(f"/surveys/panels/{panel.pk}/experts/{gone.pk}/erase")
    over = a_panel(state=State.PUBLISHED, **OPEN)
    late = an_expert(over)
    ended = late.new_link()
    late.save()
    wrong = [
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        "x",
        "",
        "9" * 400,
        f"{expert.pk}-",
        "٣-abc",
        f"{expert.pk}-{other.partition('-')[2]}",
        other,
        ended,
    ]
    said = set()
    for code in wrong:
        cache.clear()
        answer = Client().post("/panel", {"code": code})
        assert answer.status_code == 404
        text = answer.content.decode()
        said.add(re.sub(r"(csrf\w*|X-CSRFToken)\W.{0,100}", "", text))
    answer = Client().get(f"/panel/{expert.pk}")
    assert answer.status_code == 404, "its number alone opens nothing"
    assert len({text[text.index("<h1") : text.index("</main>")] for text in said}) == 1


def test_no_address_and_no_table_holds_the_token():
    expert = an_expert(a_panel(**OPEN))
    token = letters()[expert.email]
    client, page = come_in(f" https://house.example/panel#{token.upper()} ")
    assert token not in page
    expert.refresh_from_db()
    for row in [*Expert.objects.values(), *Message.objects.values()]:
        assert token not in str(row)
        assert token.partition("-")[2] not in str(row)
    cookie = client.cookies[f"panel-{expert.pk}"]
    assert cookie["path"] == page
    assert cookie["httponly"]
    assert token not in cookie.value
    assert client.get(page)["X-Robots-Tag"] == "noindex"


def test_a_link_used_twice_and_two_experts_in_one_browser():
    panel = a_panel(**OPEN)
    one, two = an_expert(panel), an_expert(panel)
    tokens = letters()
    client, page = come_in(tokens[one.email])
    say(client, page, words1="First")
    client.post("/panel", {"code": tokens[one.email]})
    other = client.post("/panel", {"code": tokens[two.email]})["Location"]
    say(client, page, words1="Second")
    say(client, other, words1="Of another")
    assert list(one.ideas.values_list("words", flat=True)) == ["Second"]
    assert list(two.ideas.values_list("words", flat=True)) == ["Of another"]


def test_two_tabs_lose_nothing_in_silence():
    expert = an_expert(a_panel(**OPEN))
    client, page = come_in(letters()[expert.email])
    old = edition(client, page)
    say(client, page, words1="From the first tab")
    answer = client.post(page, {"edition": old, "words1": "From the second"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "From the second" in text
    assert "another window" in text
    assert [idea.words for idea in expert.ideas.all()] == ["From the first tab"]
    fresh = re.findall(r'name="edition" value="(\d+)"', text)[0]
    client.post(page, {"edition": fresh, "words1": "From the second"})
    assert [idea.words for idea in expert.ideas.all()] == ["From the second"]


@pytest.mark.parametrize(
    "words",
    [
        {"words1": "x" * 3000},
        {"words1": "A", "why1": "x" * 3000},
        {"words1": ""},
        {"words1": "A", "why2": "about nothing"},
        {"words1": "A\x00B"},
    ],
)
def test_what_cannot_be_saved_is_told_and_not_lost(words):
    expert = an_expert(a_panel(**OPEN))
    client, page = come_in(letters()[expert.email])
    answer = client.post(page, {"edition": "0", **words})
    assert answer.status_code == 422
    assert b"errorlist" in answer.content
    assert max(words.values(), key=len).encode() in answer.content
    assert not Idea.objects.exists()


def test_html_is_shown_as_it_was_written(lead):
    panel = a_panel(**OPEN)
    expert = an_expert(panel, name="<i>Eva</i>")
    bad = "<script>alert(1)</script>"
    client, page = come_in(letters()[expert.email])
    assert bad.encode() not in say(client, page, words1=bad, why1=bad).content
    home = f"/surveys/panels/{panel.pk}"
    lead.post(f"{home}/list")
    shown = lead.get(home).content.decode()
    assert bad not in shown
    assert "<i>Eva" not in shown
    assert escape(bad) in shown


@pytest.mark.parametrize(
    ("places", "quote", "status"),
    [
        (("", "", ""), {}, 422),
        (("1", "1", ""), {}, 422),
        (("9", "", ""), {}, 422),
        (("1", "", ""), {"quote": "Mine"}, 422),
        (("1", "", ""), {"quote": "x" * 3000, "quoting": "not"}, 422),
        (("1", "", ""), {"quoting": "named"}, 302),
        (("3", "1", ""), {"quote": "Mine", "quoting": "unnamed"}, 302),
    ],
)
def test_a_ranking_is_plain_numbers(places, quote, status):
    panel = a_panel("A", "B", "C", **OPEN, state=State.RANKING)
    keys = list(panel.trends.values_list("pk", flat=True))
    expert = an_expert(panel)
    client, page = come_in(letters()[expert.email])
    given = {f"trend{key}": place for key, place in zip(keys, places, strict=True)}
    answer = client.post(page, {"edition": "0", **given, **quote})
    assert answer.status_code == status
    expert.refresh_from_db()
    if places == ("3", "1", ""):
        assert expert.ranks == [keys[1], keys[0]]
    if not expert.quote:
        assert expert.quoting == ""


def test_a_panel_closed_under_ones_hands(lead):
    panel = a_panel("A", "B", **OPEN, state=State.RANKING)
    ranked_by(panel, 4)
    expert = an_expert(panel)
    client, page = come_in(letters()[expert.email])
    home = f"/surveys/panels/{panel.pk}"
    assert b"could show nothing" in lead.post(f"{home}/close", follow=True).content
    first = panel.trends.first().pk
    say(client, page, **{f"trend{first}": "1"}, quote="Mine", quoting="named")
    lead.post(f"{home}/close")
    answer = client.post(page, {"edition": "1", f"trend{first}": "2"}, follow=True)
    assert b"is over" in answer.content
    assert b"Mine" in answer.content, "the quote can be withdrawn by the same link"
    client.post(f"{page}/unquote")
    lead.post(f"{home}/publish")
    assert b"Mine" not in Client().get(f"/trends/{panel.slug}").content
    assert client.get(page).status_code == 404


def test_a_mail_that_came_back_is_told_and_goes_out_once_more(lead):
    panel = a_panel(**OPEN)
    expert = an_expert(panel, email="wrong@elsewhere.example")
    home = f"/surveys/panels/{panel.pk}"
    first = letters()[expert.email]
    for again in ("wrong2@elsewhere.example", "right@elsewhere.example"):
        Message.objects.update(state=Message.State.FAILED, why="550 no such user")
        assert b"550 no such user" in lead.get(home).content
        lead.post(f"{home}/experts/{expert.pk}/again", {"email": again})
        second = letters()[again]
    assert Client().post("/panel", {"code": first}).status_code == 404
    come_in(second)
    assert Message.objects.count() == 3
    other = an_expert(panel)
    answer = lead.post(
        f"{home}/experts/{expert.pk}/again", {"email": other.email}, follow=True
    )
    assert b"invited already" in answer.content
