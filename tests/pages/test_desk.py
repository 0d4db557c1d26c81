from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from pesue.content.models import Item, Story
from pesue.measurement.steps import count
from pesue.pages.desk import views
from pesue.pages.desk.queries import desk
from tests.make import NOON
from tests.make.content import a_source, a_story, an_item
from tests.make.counts import tellers
from tests.make.guidance import a_topic, an_ask
from tests.make.people import a_lead, a_member, a_team

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def test_one_thing_first_a_colleague_who_waits_before_all_else():
    lead = a_lead()
    seen = [desk(lead, now=NOON).next]
    for number in range(3):
        an_item(f"Ready {number}")
    seen.append(desk(lead, now=NOON).next)
    a_topic()
    seen.append(desk(lead, now=NOON).next)
    an_item(valid_until=TODAY + timedelta(days=3))
    seen.append(desk(lead, now=NOON).next)
    a_source(failures=3)
    seen.append(desk(lead, now=NOON).next)
    an_item(state=Item.State.INBOX)
    seen.append(desk(lead, now=NOON).next)
    an_item(state=Item.State.INBOX, suggested_by=a_member())
    seen.append(desk(lead, now=NOON).next)
    an_ask(asked_at=NOON - timedelta(days=3))
    seen.append(desk(lead, now=NOON).next)
    a_story(state=Story.State.SENT)
    seen.append(desk(lead, now=NOON).next)
    assert seen == [
        *("library", "", "ownerless", "expiring", "troubled"),
        *("inbox", "suggested", "asks", "stories"),
    ]


def test_what_has_ended_or_ends_much_later_is_not_ending_soon():
    for days in (-1, 0, 14, 15):
        an_item(f"In {days}", valid_until=TODAY + timedelta(days=days))
    titles = [item.title for item in desk(a_lead(), now=NOON).expiring.rows]
    assert titles == ["In 0", "In 14"]


def test_a_lead_of_a_team_has_that_teams_stories_alone():
    mine, other = a_team(), a_team()
    for team in (mine, other):
        a_story(f"Of {team.pk}", state=Story.State.SENT, author=a_member(team=team))
    rows = desk(a_lead(team=mine), now=NOON).stories.rows
    assert [story.title for story in rows] == [f"Of {mine.pk}"]


def test_last_weeks_numbers():
    tellers(6, at=NOON)
    monday = NOON + timedelta(days=7)
    lead = a_lead()
    assert desk(lead, now=monday).week is None
    count(monday)
    week = desk(lead, now=monday).week
    assert week is not None
    assert week.numbers["shares.people"] == 6


def a_client(member) -> Client:
    client = Client()
    client.force_login(
        member, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def test_the_page_for_leads_with_a_constant_number_of_queries(
    django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(views, "now", lambda: NOON)
    assert a_client(a_member()).get(reverse("desk")).status_code == 403
    client = a_client(a_lead())
    for _ in range(3):
        a_story(state=Story.State.SENT)
        an_item(state=Item.State.INBOX, suggested_by=a_member())
        an_item(valid_until=TODAY)
        a_topic()
    with django_assert_max_num_queries(26):
        page = client.get(reverse("desk")).content.decode()
    assert "3 colleagues wrote a story" in page
