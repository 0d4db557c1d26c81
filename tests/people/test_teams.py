"""The tree stays a tree, whoever moves what."""

import threading

import pytest
from django.db import connection
from django.test import Client

from pesue.people.actions import grants, teams
from pesue.people.actions.refusals import Refused
from pesue.people.models import Grant, Team
from tests.make.people import a_member, an_admin, an_organisation

HOURS = {"open_from": None, "open_until": None}


def paths_are_right() -> bool:
    return all(
        team.path == f"{team.parent.path if team.parent else '/'}{team.pk}/"
        for team in Team.objects.select_related("parent")
    )


@pytest.mark.django_db
def test_moving_a_team_moves_all_below_it():
    an_organisation()
    bakery = teams.add(name="Bakery", parent=None)
    night = teams.add(name="Night", parent=bakery)
    ovens = teams.add(name="Ovens", parent=night)
    shops = teams.add(name="Shops", parent=None)
    teams.change(night, name="Night shift", parent=shops, **HOURS)
    ovens.refresh_from_db()
    assert ovens.above() == [shops.pk, night.pk, ovens.pk]
    assert paths_are_right()
    with pytest.raises(Refused):
        teams.change(shops, name="Shops", parent=ovens, **HOURS)
    assert paths_are_right()


@pytest.mark.django_db
def test_siblings_have_names_of_their_own():
    an_organisation()
    teams.add(name="Bakery", parent=None)
    with pytest.raises(Refused):
        teams.add(name="Bakery", parent=None)


@pytest.mark.django_db
def test_only_empty_teams_are_removed():
    an_organisation()
    bakery = teams.add(name="Bakery", parent=None)
    a_member(team=bakery)
    with pytest.raises(Refused):
        teams.remove(bakery)
    assert Team.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_move_at_once_make_no_ring():
    an_organisation()
    one = teams.add(name="One", parent=None)
    two = teams.add(name="Two", parent=None)
    start = threading.Barrier(2)
    refused = []

    def moving(team, under):
        start.wait(timeout=10)
        try:
            teams.change(
                Team.objects.get(pk=team.pk), name=team.name, parent=under, **HOURS
            )
        except Refused:
            refused.append(team.name)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=moving, args=pair) for pair in [(one, two), (two, one)]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(refused) == 1
    assert paths_are_right()


@pytest.mark.django_db
def test_an_admin_of_a_subtree_stays_in_it():
    an_organisation()
    bakery = teams.add(name="Bakery", parent=None)
    shops = teams.add(name="Shops", parent=None)
    client = Client()
    client.force_login(an_admin(team=bakery))
    assert client.get(f"/teams/{bakery.pk}").status_code == 200
    assert client.get(f"/teams/{shops.pk}").status_code == 404
    assert client.post("/teams/", {"name": "Top", "parent": ""}).status_code == 422
    assert client.post("/teams/", {"name": "X", "parent": shops.pk}).status_code == 422
    answer = client.post("/teams/", {"name": "Ovens", "parent": bakery.pk})
    assert answer.status_code == 302
    assert Team.objects.get(name="Ovens").parent == bakery
    assert client.get("/organisation").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("under", [None, "Food"])
def test_an_admin_of_a_subtree_renames_its_top_where_it_is(under):
    an_organisation()
    above = teams.add(name=under, parent=None) if under else None
    bakery = teams.add(name="Bakery", parent=above)
    teams.add(name="Shops", parent=None)
    client = Client()
    client.force_login(an_admin(team=bakery))
    page = f"/teams/{bakery.pk}"
    for parent in Team.objects.exclude(pk__in=[bakery.pk, above and above.pk]):
        moved = {"name": "Bakery", "parent": parent.pk}
        assert client.post(page, moved).status_code == 422
    there = above.pk if above else ""
    assert client.post(page, {"name": "Ovens", "parent": there}).status_code == 302
    bakery.refresh_from_db()
    assert (bakery.name, bakery.parent) == ("Ovens", above)


@pytest.mark.django_db
def test_an_admin_of_two_subtrees_moves_between_them_and_no_further():
    an_organisation()
    food = teams.add(name="Food", parent=None)
    bakery = teams.add(name="Bakery", parent=food)
    shops = teams.add(name="Shops", parent=None)
    admin = an_admin(team=bakery)
    grants.give(admin, role=Grant.Role.ADMIN, team=shops)
    client = Client()
    client.force_login(admin)
    page = f"/teams/{bakery.pk}"
    assert client.post(page, {"name": "Bakery", "parent": ""}).status_code == 422
    assert client.post(page, {"name": "Bakery", "parent": shops.pk}).status_code == 302
    bakery.refresh_from_db()
    assert bakery.parent == shops
