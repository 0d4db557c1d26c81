"""Members: found, trusted, gone and back."""

import pytest
from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from django.test import Client

from pesue.people.actions import grants, members
from pesue.people.actions.refusals import Refused
from pesue.people.models import Grant, Look, Member
from pesue.people.queries import PAGE
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.people import a_member, a_team, an_admin, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home():
    an_organisation()


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(
        member, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def test_the_list_walks_both_ways_and_misses_nobody():
    admin = an_admin()
    for n in range(2 * PAGE + 10):
        a_member(f"Person {n // 2:03}")  # names in pairs
    client, seen, query = signed_in(admin), [], ""
    while True:
        page = client.get(f"/members/?{query}").context["page_of"]
        seen += [row.pk for row in page.rows]
        if page.after is None:
            break
        query = f"after={page.after}"
    assert sorted(seen) == sorted(Member.objects.values_list("pk", flat=True))
    back = client.get(f"/members/?before={page.before}").context["page_of"]
    assert [row.pk for row in back.rows] == seen[PAGE : 2 * PAGE]


def test_finding_by_name_address_and_team():
    admin, bakery = an_admin(), a_team()
    bo = a_member("Bo Berg", team=a_team(parent=bakery))
    a_member("Cecilia Berg")
    client = signed_in(admin)

    def found(query):
        return [
            m.name for m in client.get(f"/members/?{query}").context["page_of"].rows
        ]

    assert found("q=berg") == ["Bo Berg", "Cecilia Berg"]
    assert found(f"q={bo.email}") == ["Bo Berg"]
    assert found(f"team={bakery.pk}") == ["Bo Berg"]
    assert found("q=berg&after=x") == ["Bo Berg", "Cecilia Berg"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_however_long(rows, django_assert_max_num_queries):
    admin = an_admin()
    for _ in range(rows):
        a_member(team=a_team())
    client = signed_in(admin)
    client.get("/members/")
    with django_assert_max_num_queries(9):
        client.get("/members/")


def test_opening_a_page_is_noted_once_an_hour():
    admin, ana = an_admin(), a_member()
    client = signed_in(admin)
    client.get(f"/members/{ana.pk}")
    client.get(f"/members/{ana.pk}")
    client.get(f"/members/{admin.pk}")
    assert [(look.by, look.member) for look in Look.objects.all()] == [(admin, ana)]


def test_leaving_ends_sessions_and_coming_back_restores_all():
    admin, ana = an_admin(), a_member()
    ana.set_password("a loaf of rye bread")
    ana.save()
    grants.give(ana, role="lead", team=None)
    client = Client()
    client.post(
        "/account/login/", {"login": ana.email, "password": "a loaf of rye bread"}
    )
    assert client.get("/settings/").status_code == 200
    signed_in(admin).post(f"/members/{ana.pk}/move", {"to": "left"})
    assert client.get("/settings/").status_code == 302
    signed_in(admin).post(f"/members/{ana.pk}/move", {"to": "back"})
    ana.refresh_from_db()
    assert ana.state == Member.State.ACTIVE
    assert ana.check_password("a loaf of rye bread")
    assert ana.grants.get().role == "lead"
    assert client.get("/settings/").status_code == 302  # that session stays over


def test_the_last_administrator_stays():
    admin = an_admin()
    an_admin(team=a_team())  # of a team only
    with pytest.raises(Refused):
        members.leave(admin, now=NOON)
    with pytest.raises(Refused):
        grants.take(admin.grants.get())
    an_admin()
    grants.take(admin.grants.get())
    assert Grant.objects.filter(role="admin", team=None).count() == 1


def test_an_admin_of_a_team_gives_no_more_than_they_have():
    team, other = a_team(), a_team()
    admin = an_admin(team=team, email="admin@example.org")
    ana, bo = a_member(team=team), a_member(team=other)
    client = signed_in(admin)
    client.post(f"/members/{ana.pk}/grants", {"role": "admin", "team": ""})
    client.post(f"/members/{ana.pk}/grants", {"role": "lead", "team": other.pk})
    assert not ana.grants.exists()
    client.post(f"/members/{ana.pk}/grants", {"role": "lead", "team": team.pk})
    assert ana.grants.get().team == team
    assert client.get(f"/members/{bo.pk}").status_code == 404
    assert client.post(f"/members/{bo.pk}/move", {"to": "left"}).status_code == 404


def test_an_admin_of_a_team_does_not_become_one_of_all():
    team = a_team()
    admin, boss = an_admin(team=team), an_admin()
    boss.team = team
    boss.save()
    client, email = signed_in(admin), boss.email
    mine = {"name": boss.name, "email": "mine@example.org", "team": team.pk}
    answer = client.post(f"/members/{boss.pk}", mine)
    assert answer.status_code == 422
    assert b"trusted with more" in answer.content
    for what in ("factors", "left", "out"):
        client.post(f"/members/{boss.pk}/move", {"to": what})
    boss.refresh_from_db()
    assert (boss.email, boss.state) == (email, "active")
    client.post(f"/members/{admin.pk}/grants", {"role": "privacy", "team": team.pk})
    assert not admin.grants.filter(role="privacy").exists()
    assert client.get("/privacy/looks").status_code == 403


def test_an_admin_of_a_team_keeps_its_people_in_their_teams():
    team = a_team()
    client, ana = signed_in(an_admin(team=team)), a_member(team=team)
    words = {"name": "Ana", "email": ana.email, "team": ""}
    assert client.post(f"/members/{ana.pk}", words).status_code == 422
    assert client.post(f"/members/{ana.pk}", words | {"team": team.pk}).url


def test_nobody_is_trusted_before_they_have_come():
    admin, invited = an_admin(), a_member(state=Member.State.INVITED)
    words = {"role": "admin", "team": ""}
    signed_in(admin).post(f"/members/{invited.pk}/grants", words)
    assert not invited.grants.exists()


def test_a_former_address_opens_no_door_to_whoever_has_it_next():
    """allauth keeps an address once a password was reset by it."""
    admin, ana = an_admin(), a_member(email="sales@example.org")
    EmailAddress.objects.create(user=ana, email=ana.email, verified=True)
    words = {"name": ana.name, "email": "ana@example.org", "team": ""}
    assert signed_in(admin).post(f"/members/{ana.pk}", words).status_code == 302
    bo = a_member("Bo", email="sales@example.org")
    Client().post("/account/password/reset/", {"email": "sales@example.org"})
    [mail] = Message.objects.filter(kind="account")
    assert mail.member == bo
    assert filter_users_by_email("sales@example.org", prefer_verified=True) == [bo]


def test_members_do_not_see_the_list():
    assert signed_in(a_member()).get("/members/").status_code == 403


def test_a_taken_address_is_refused_and_nothing_is_lost():
    admin, ana, bo = an_admin(), a_member(), a_member("Bo")
    answer = signed_in(admin).post(
        f"/members/{bo.pk}", {"name": "Bo Berg", "email": ana.email, "team": ""}
    )
    assert answer.status_code == 422
    assert b"Bo Berg" in answer.content
    bo.refresh_from_db()
    assert bo.name == "Bo"


def test_settings_show_what_is_set_and_a_language_changes_alone():
    member = a_member(name="Aino Aalto", language="fi")
    client = signed_in(member)
    form = client.get("/settings/").context["form"]
    shown = {field.name: field.value() for field in form}
    assert shown == {"name": "Aino Aalto", "language": "fi", "part": member.part}
    client.post("/settings/", shown | {"language": "sv"})
    member.refresh_from_db()
    assert (member.name, member.language) == ("Aino Aalto", "sv")
