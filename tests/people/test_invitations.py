"""Invitations: for one, for many, once, and in time."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client

from pesue.foundation.moves import LostRace
from pesue.people.actions import invitations, members
from pesue.people.actions.refusals import Refused
from pesue.people.models import Invitation, Member
from pesue.people.steps import forget_ways_in
from tests.make.people import a_member, a_team, an_admin, an_organisation

NOW = datetime.now(UTC)
BO = {"email": "bo@example.org", "name": "Bo", "team": None, "language": "sv"}
WORDS = {"name": "Bo Berg", "language": "sv", "password": "a loaf of rye bread"}


@pytest.fixture(autouse=True)
def _home(db):
    cache.clear()
    an_organisation()


def test_one_comes_in_once():
    invitation = invitations.invite(**BO, by=a_member(), now=NOW)
    client = Client()
    path = f"/invitation/{invitation.token}"
    assert client.get(path).status_code == 200
    assert client.post(path, WORDS).status_code == 302
    assert client.get("/settings/").status_code == 200
    bo = Member.objects.get(email="bo@example.org")
    assert bo.check_password("a loaf of rye bread")
    assert Client().get(path).status_code == 410
    members.end_sessions(bo)  # those begun by an invitation, too
    assert client.get("/settings/").status_code == 302


def test_a_weak_password_is_told_and_nothing_is_lost():
    invitation = invitations.invite(**BO, by=None, now=NOW)
    answer = Client().post(
        f"/invitation/{invitation.token}", WORDS | {"password": "password"}
    )
    assert answer.status_code == 422
    assert b"Bo Berg" in answer.content
    assert not Member.objects.exists()


@pytest.mark.parametrize("forged", ["1-abc", "x", "99999999999999999999-1", "1"])
def test_a_forged_token_opens_nothing(forged):
    invitations.invite(**BO, by=None, now=NOW)
    assert Client().get(f"/invitation/{forged}").status_code == 404


def test_an_invitation_ends():
    invitation = invitations.invite(**BO, by=None, now=NOW - timedelta(days=15))
    assert Client().get(f"/invitation/{invitation.token}").status_code == 410
    with pytest.raises(Refused):
        invitations.accept(invitation, **WORDS, now=NOW)


def test_a_link_for_many_proves_each_address_and_ends_after_its_uses():
    link = invitations.open_link(
        team=None,
        language="fi",
        uses=2,
        ends_at=NOW + timedelta(days=1),
        by=an_admin(),
        now=NOW,
    )
    path = f"/invitation/{link.token}"
    answers = [
        Client().post(
            path, {"name": "X", "email": f"x{n}@example.org", "language": "fi"}
        )
        for n in range(3)
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 410]
    assert not Member.objects.filter(email__startswith="x").exists()
    assert Invitation.objects.exclude(email="").count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_comes_in():
    invitation = invitations.invite(**BO, by=None, now=NOW)
    start, ended = threading.Barrier(2), []

    def accepting():
        mine = Invitation.objects.get(pk=invitation.pk)
        start.wait(timeout=10)
        try:
            invitations.accept(mine, **WORDS, now=NOW)
            ended.append("in")
        except (Refused, LostRace):
            ended.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=accepting) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(ended) == ["in", "refused"]
    assert Member.objects.get().state == Member.State.ACTIVE


def test_admins_invite_from_their_page():
    client = Client()
    client.force_login(an_admin())
    answer = client.post("/invitations/", {"email": "bo@example.org", "language": "fi"})
    assert answer.status_code == 302
    page = client.get("/invitations/")
    assert Invitation.objects.get().token in page.content.decode()
    again = client.post("/invitations/", {"email": "nonsense", "language": "fi"})
    assert again.status_code == 422
    client.post(f"/invitations/{Invitation.objects.get().pk}/end")
    assert Invitation.objects.get().ends_at <= datetime.now(UTC)


def test_old_ways_in_are_forgotten():
    ana, browser = a_member(), Client()
    ana.set_password("a loaf of rye bread")
    ana.save()
    words = {"login": ana.email, "password": "a loaf of rye bread"}
    browser.post("/account/login/", words)
    kept = invitations.invite(**BO, by=ana, now=NOW)
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)

    hour = NOW.replace(minute=0)
    assert forget_ways_in(hour + timedelta(days=1)) == 0
    assert forget_ways_in(hour + timedelta(days=43, minutes=1)) == 0
    forget_ways_in(hour + timedelta(days=43))
    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
    assert Invitation.objects.get() == kept
    forget_ways_in(hour + timedelta(days=45))
    assert not Invitation.objects.exists()


def test_a_teams_admin_holds_no_way_in_of_another_teams_people():
    team = a_team()
    a_member(email="bo@example.org", state=Member.State.INVITED, team=a_team())
    mine = a_member(state=Member.State.INVITED, team=team)
    client = Client()
    client.force_login(an_admin(team=team))
    words = {"name": "Bo", "language": "sv", "team": team.pk}
    refused = client.post("/invitations/", words | {"email": "Bo@example.org"})
    assert refused.status_code == 422
    assert not Invitation.objects.exists()
    assert client.post("/invitations/", words | {"email": mine.email}).url
