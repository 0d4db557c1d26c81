"""A panel of experts: from the invitation to the page that everybody reads."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils.html import escape

from pesue.reach.models import Message
from pesue.surveys import steps
from pesue.surveys.models import Expert, Idea, Panel, Trend
from tests.make.people import a_lead, a_member
from tests.make.surveys import a_counted_survey, a_panel, an_expert
from tests.surveys.experts import (
    NOW,
    OPEN,
    TODAY,
    come_in,
    letters,
    ranked_by,
    say,
    signed_in,
)

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("house")]
State = Panel.State


def invited(lead: Client, number: int) -> str:
    """Where the panel is that a lead has made, with so many invited."""
    answer = lead.post(
        "/surveys/panels",
        {
            "title": "Trends of 2027",
            "question": "What comes next year?",
            "language": "en",
            "opens": OPEN["opens"].isoformat(),
            "closes": OPEN["closes"].isoformat(),
        },
    )
    home = str(answer["Location"])
    for n in range(number):
        form = {"name": f"Eva {n}", "email": f"Eva{n}@elsewhere.example"}
        lead.post(home, form | {"language": "en", "who": "Editor of Trade"})
    twice = {"name": "Eva", "email": "eva1@elsewhere.example", "language": "en"}
    assert lead.post(home, twice).status_code == 422
    return home


def make_the_list(lead: Client, home: str) -> tuple[Trend, Trend]:
    """One that all named, and one merged of four; the last is left out."""
    lead.post(f"{home}/list")
    shown = lead.get(home).content.decode()
    assert "Eva 3" in shown
    assert "It grows" in shown
    own, *things = Trend.objects.order_by("words")
    assert [thing.words for thing in things] == [f"Thing {n}" for n in range(5)]
    for thing in things[1:4]:
        lead.post(f"{home}/trends/{thing.pk}/merge", {"into": things[0].pk})
    lead.post(f"{home}/trends/{things[0].pk}/word", {"words": "Things", "why": ""})
    lead.post(f"{home}/trends/{things[4].pk}/leave-out")
    assert things[0].ideas.count() == 4
    lead.post(f"{home}/rank")
    return own, things[0]


def rank_and_quote(token: str, n: int, own: Trend, things: Trend) -> None:
    client, page = come_in(token)
    text = client.get(page).content.decode()
    assert "Things" in text
    assert "Thing 4" not in text
    assert ("Eva 0" in text) == (n == 0), "nobody sees who else was asked"
    places = ("1", "2") if n else ("2", "1")
    order = {f"trend{own.pk}": places[0], f"trend{things.pk}": places[1]}
    quoting = ["named", "unnamed", "not"][n % 3]
    say(client, page, **order, quote=f"Quote <b>{n}</b>", quoting=quoting)


def test_from_the_invitation_to_the_public_page(lead):
    home = invited(lead, 5)
    tokens = letters()
    assert len(tokens) == 5
    assert letters() == {}
    for n, token in enumerate(tokens.values()):
        client, page = come_in(token)
        say(client, page, words1="Own words", words2=f"Thing {n}", why2="It grows")
    assert Idea.objects.count() == 10
    own, things = make_the_list(lead, home)
    assert set(letters()) == set(tokens)
    for n, token in enumerate(tokens.values()):  # the first link works on
        rank_and_quote(token, n, own, things)
    lead.post(f"{home}/close")
    panel = Panel.objects.get()
    assert panel.result["people"] == 5
    assert [row["points"] for row in panel.result["rows"]] == [80, 20]
    assert not Expert.objects.exclude(ranks=[]).exists(), "who ranked how is forgotten"
    assert Client().get(f"/trends/{panel.slug}").status_code == 404
    lead.post(f"{home}/publish")
    everybody_reads(f"/trends/{panel.slug}")
    answer = Client().post("/panel", {"code": tokens["eva0@elsewhere.example"]})
    assert answer.status_code == 404


def everybody_reads(address: str) -> None:
    page = Client().get(address)
    text = page.content.decode()
    assert page["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in page
    assert "noindex" not in text + str(page.headers)
    assert '<meta property="og:title" content="Trends of 2027">' in text
    assert "First: Own words." in text
    assert "5 experts ranked" in text
    assert "Eva 0, Editor of Trade" in text
    assert escape("Quote <b>0</b>") in text
    assert escape("Quote <b>1</b>") in text
    assert "Eva 1" not in text
    assert escape("Quote <b>2</b>") not in text
    assert "csrf" not in text


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_and_the_mails_speak_three_languages(lead, language):
    panel = a_panel("One", "Two", **OPEN, state=State.RANKING)
    ranked_by(panel, 5)
    expert = an_expert(panel, language=language)
    token = letters()[expert.email]
    words = {"fi": "Hei ", "sv": "Hej ", "en": "Hello "}
    assert mail.outbox[0].body.startswith(words[language])
    client, page = come_in(token)
    assert f'<html lang="{language}">' in client.get(page).content.decode()
    lead.post(f"/surveys/panels/{panel.pk}/close")
    lead.post(f"/surveys/panels/{panel.pk}/publish")
    text = Client().get(f"/trends/{panel.slug}/{language}").content.decode()
    places = {"fi": "Sija", "sv": "Plats", "en": "Place"}
    assert f'<html lang="{language}">' in text
    assert f">{places[language]}<" in text


def test_on_request_a_quote_goes_after_publishing_too(lead):
    panel = a_panel("A", "B", **OPEN, state=State.RANKING)
    one, two, *_more = ranked_by(panel, 5, quote="Mine", quoting="named")
    home = f"/surveys/panels/{panel.pk}"
    lead.post(f"{home}/close")
    lead.post(f"{home}/publish")
    page = f"/trends/{panel.slug}"
    assert Client().get(page).content.count(b"Mine") == 5
    lead.post(f"{home}/experts/{one.pk}/unquote")
    lead.post(f"{home}/experts/{two.pk}/erase")
    text = Client().get(page).content
    assert text.count(b"Mine") == 3
    assert b"5 experts ranked" in text
    lead.post(f"{home}/off")
    assert Client().get(page).status_code == 404


def test_nothing_is_told_of_four(lead):
    panel = a_panel("A", "B", **OPEN, state=State.RANKING)
    ranked_by(panel, 4)
    assert steps.close_panels(NOW) == 0
    assert steps.close_panels(NOW + timedelta(days=31)) == 1
    panel.refresh_from_db()
    assert panel.result == {"people": 4, "rows": []}
    answer = lead.post(f"/surveys/panels/{panel.pk}/publish", follow=True)
    assert b"nothing to publish" in answer.content
    assert Client().get(f"/trends/{panel.slug}").status_code == 404


def test_one_who_leaves_is_erased_and_may_not_come_again(lead):
    panel = a_panel(**OPEN)
    expert = an_expert(panel, email="eva@elsewhere.example", name="Eva Ek")
    token = letters()[expert.email]
    client, page = come_in(token)
    say(client, page, words1="Mine")
    answer = client.post(f"{page}/leave")
    assert b"Erased" in answer.content
    assert not Expert.objects.exists()
    assert not Message.objects.exists()
    assert not Idea.objects.exists(), "before the list is made nothing of it stays"
    assert client.post("/panel", {"code": token}).status_code == 404


def test_what_stands_on_the_list_stays_without_a_name(lead):
    panel = a_panel(**OPEN)
    expert = an_expert(panel, name="Eva Ek")
    client, page = come_in(letters()[expert.email])
    say(client, page, words1="Mine")
    home = f"/surveys/panels/{panel.pk}"
    lead.post(f"{home}/list")
    client.post(f"{page}/leave")
    text = lead.get(home).content.decode()
    assert "Mine" in text
    assert "Eva Ek" not in text


def test_mails_wait_for_the_first_day_and_for_the_list():
    later = TODAY + timedelta(days=2)
    an_expert(a_panel(opens=later, closes=later + timedelta(days=9)))
    an_expert(a_panel(**OPEN, state=State.LISTING))
    an_expert(a_panel(**OPEN, state=State.CLOSED))
    assert steps.mail_experts(NOW) == 0
    assert steps.mail_experts(NOW + timedelta(days=2)) == 1


def test_experts_are_let_go_of_in_time_and_their_word_stays():
    long_ago = NOW - timedelta(days=181)
    shown = a_panel("A", state=State.PUBLISHED, closed_at=long_ago)
    kept = an_expert(shown, name="Named Nina", quote="Aye", quoting="named")
    an_expert(shown, name="Quiet Quentin", quote="Hush", quoting="unnamed")
    an_expert(shown, name="No Nora", quote="Never", quoting="not")
    an_expert(
        a_panel(state=State.CLOSED, closed_at=long_ago), quote="Unseen", quoting="named"
    )
    fresh = an_expert(a_panel(state=State.CLOSED, closed_at=NOW))
    while steps.forget_experts(NOW):
        pass
    rows = Expert.objects.exclude(pk=fresh.pk).values_list("name", "email", "quote")
    assert set(rows) == {("Named Nina", "", "Aye"), ("", "", "Hush")}
    assert kept.pk not in Expert.objects.values_list("pk", flat=True)


def test_our_staff_stands_beside_only_if_ticked(lead):
    said = {"5": 12, "2": 8, "silent": 1}
    a_counted_survey("annual", {"B2": said, "M1": {"5": 5, "2": 1}, "F1": {"7": 4}})
    texts = []
    for ticked in ({}, {"beside": "yes"}):
        panel = a_panel("A", "B", **OPEN, state=State.RANKING)
        ranked_by(panel, 5)
        lead.post(f"/surveys/panels/{panel.pk}/close")
        lead.post(f"/surveys/panels/{panel.pk}/publish", ticked)
        texts.append(Client().get(f"/trends/{panel.slug}").content.decode())
    assert "own staff" not in texts[0]
    assert "own staff" in texts[1]
    assert "60 %" in texts[1]
    assert "without consequence" not in texts[1], "of four nothing is shown"


def test_only_those_who_lead_all_see_panels():
    panel = a_panel(**OPEN)
    for member in (a_member(), a_lead(team=None, language="en")):
        client = signed_in(member)
        right = 200 if member.grants.exists() else 403
        for path in ("", f"/{panel.pk}"):
            assert client.get(f"/surveys/panels{path}").status_code == right
    assert Client().get("/surveys/panels").status_code == 302
    assert (
        signed_in(a_member()).post(f"/surveys/panels/{panel.pk}/drop").status_code
        == 403
    )


def test_a_panel_is_deleted_when_one_is_sure(lead):
    panel = a_panel("A", **OPEN)
    an_expert(panel)
    letters()
    lead.post(f"/surveys/panels/{panel.pk}/drop")
    assert Panel.objects.exists()
    lead.post(f"/surveys/panels/{panel.pk}/drop", {"sure": "yes"})
    assert not (Panel.objects.exists())
    assert not (Expert.objects.exists())
    assert not Message.objects.exists()
