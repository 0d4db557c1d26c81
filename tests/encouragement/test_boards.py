"""Boards that nobody is on unasked; each month anew, and nobody last."""

from datetime import date, timedelta
from importlib import import_module
from threading import Barrier, Thread

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from pesue.encouragement.actions import boards as actions
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.models import Boards, LeagueTeam, Player
from pesue.encouragement.queries.boards import board, league_of
from pesue.encouragement.steps import count_leagues, count_players
from pesue.people.models import Member
from tests.encouragement.test_goals import lead_of, lesson_by, page, people
from tests.make import NOON
from tests.make.goals import a_league_team, a_player, an_accepted_story, open_boards
from tests.make.guidance import an_ask
from tests.make.people import a_lead, a_member, a_team, an_organisation
from tests.make.told import a_told

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
HOUR, TODAY = timedelta(hours=1), NOON.date()
APRIL = NOON + timedelta(days=30)
views = import_module("pesue.encouragement.views.goals")
board_views = import_module("pesue.encouragement.views.boards")


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    for module in (views, board_views):
        monkeypatch.setattr(module, "now", lambda: NOON)
    with translation.override("en"):
        yield


def players(*works: int) -> list[Player]:
    """One for each number, who wrote so many stories."""
    made = [a_player() for _ in works]
    for player, number in zip(made, works, strict=True):
        for _ in range(number):
            an_accepted_story(player.member)
    return made


# --- People


def test_from_closed_to_on_it_and_off_again(client):
    an_organisation()
    ana = a_member("Ana Aalto")
    assert "The board of people" not in page(client, ana)
    assert (
        client.post("/encouragement/goals/board", {"nickname": "K"}).status_code == 404
    )
    client.force_login(a_lead())
    client.post("/encouragement/goals/lead/boards", {"people": "on"})
    players(1, 1, 1, 2, 2)

    assert "I want to be on it" in page(client, ana)
    client.post("/encouragement/goals/board", {"nickname": "  Yön   kettu "})
    for _ in range(3):
        an_accepted_story(ana)
    count_players(NOON)
    mine = page(client, ana)
    assert "Yön kettu" in mine
    assert "Ana Aalto" not in mine.partition("<main")[2].partition("</main")[0]
    assert "Yön kettu" in page(client, a_member())

    client.force_login(ana)
    client.post("/encouragement/goals/board", {"leave": "1"})
    assert "Yön kettu" not in page(client, a_member())
    assert not Player.objects.filter(member=ana).exists()


def test_own_work_is_counted_and_nothing_else():
    ana, kaj = a_member(), a_member()
    a_player(ana), a_player(kaj)
    an_accepted_story(ana)
    an_accepted_story(ana, at=NOON - timedelta(days=3))  # last month
    an_ask(answered_by=ana, state="answered", verdict="go")
    lesson_by(ana)
    lesson_by(ana, at=NOON + timedelta(minutes=1))  # read once more
    lesson_by(ana, lesson="may")
    a_told(member=kaj)
    count_players(NOON)
    assert [p.works for p in Player.objects.order_by("pk")] == [4, 0]


def test_half_of_them_at_most_and_ten():
    for works, first in (((3, 2, 1, 1, 1), [3, 2, 1]), ((2,) * 30, [2] * 10)):
        Player.objects.all().delete()
        players(*works)
        count_players(NOON)
        found = board(today=TODAY)
        assert [row.player.works for row in found.first] == first
        others = len(works) - len(first)
        assert found.others == (others if others >= 5 else None)
    assert {row.place for row in board(today=TODAY).first} == {1}


def test_hidden_while_fewer_than_five_have_done_something(client):
    an_organisation()
    open_boards()
    players(9, 9, 9, 9, 0, 0, 0)
    count_players(NOON)
    assert board(today=TODAY).hidden
    assert "Kettu" not in page(client, a_member())


def test_each_month_begins_anew_at_midnight():
    players(1, 1, 1, 1, 1)
    count_players(NOON)
    assert not board(today=TODAY).hidden
    assert board(today=date(2026, 4, 1)).hidden
    count_players(APRIL)
    assert set(Player.objects.values_list("works", flat=True)) == {0}


def test_who_has_left_is_not_seen_before_the_next_count():
    first, *_others = players(9, 1, 1, 1, 1)
    count_players(NOON)
    Member.objects.filter(pk=first.member_id).update(state=Member.State.LEFT)
    shown = [row.player.pk for row in board(today=TODAY).first]
    assert first.pk not in shown
    count_players(NOON + 2 * HOUR)
    assert board(today=TODAY).hidden, "four are left"


def test_counted_once_an_hour_and_newcomers_at_once():
    players(1)
    assert [count_players(NOON), count_players(NOON + HOUR / 2)] == [1, 0]
    players(1)
    assert count_players(NOON + HOUR / 2) == 1
    assert count_players(NOON + HOUR * 2) == 2


def test_one_who_leaves_while_it_is_counted_stays_gone(monkeypatch):
    steps = import_module("pesue.encouragement.steps.boards")
    [player] = players(1)
    read = steps.own_works

    def leave(*args):
        actions.stop_playing(player.member)
        return read(*args)

    monkeypatch.setattr(steps, "own_works", leave)
    count_players(NOON)
    assert not Player.objects.exists()


@pytest.mark.parametrize("name", ["Kaj Kollega", "kaj kollega", "Kettu 1"])
def test_nobody_is_called_as_somebody_else(client, name):
    an_organisation()
    open_boards()
    a_player(a_member("Kaj Kollega"), nickname="kettu 1")
    client.force_login(a_member())
    answer = client.post("/encouragement/goals/board", {"nickname": name})
    assert answer.status_code == 422
    assert "Somebody is called so already" in answer.content.decode()


def test_ones_own_name_may_be_chosen():
    open_boards()
    ana = a_member("Ana Aalto")
    assert actions.play(ana, "Ana Aalto", now=NOON).nickname == "Ana Aalto"
    assert actions.play(ana, "Ana", now=NOON).pk == Player.objects.get().pk


def test_closing_a_board_forgets_who_was_on_it():
    actions.open_boards(leagues=True, people=True)
    a_player(), a_league_team()
    actions.open_boards(leagues=False, people=False)
    assert not Player.objects.exists()
    assert not LeagueTeam.objects.exists()
    with pytest.raises(NotDone):
        actions.play(a_member(), "x", now=NOON)


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_one_name_at_once_one_gets_it():
    open_boards()
    said, ready = [], Barrier(2)

    def want(member):
        ready.wait()
        try:
            said.append(actions.play(member, "Kettu", now=NOON).nickname)
        except NotDone:
            said.append("taken")
        finally:
            connections.close_all()

    threads = [Thread(target=want, args=[a_member()]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["Kettu", "taken"]


# --- Teams


def a_league(*good: int, each: int = 10, work: str = "desk") -> list[LeagueTeam]:
    """A team for each number, of which so many have read a lesson."""
    teams = []
    for number in good:
        team = a_team("Vuoro")
        for member in people(each, team)[:number]:
            lesson_by(member)
        teams.append(a_league_team(team, work=work))
    return teams


def test_a_lead_puts_a_team_in_and_its_people_see_who_is_ahead(client):
    an_organisation()
    open_boards()
    teams = a_league(9, 5, 5)
    mine = a_team("Pakkaamo")
    some, lead = people(9, mine), lead_of(mine)
    for member in some[:8]:
        lesson_by(member)
    client.force_login(lead)
    join = "/encouragement/goals/lead/league"
    assert client.post(join, {"team": mine.pk, "work": "desk"}).status_code == 302
    assert "begins when three teams" in page(client, some[0])
    count_leagues(NOON)
    seen = page(client, some[0])
    assert teams[0].team.name in seen
    assert mine.name in seen
    assert teams[1].team.name not in seen
    assert "And 2 other teams." in seen
    assert "your team" in seen
    assert "The league of teams" not in page(client, a_member(team=a_team()))
    client.force_login(lead)
    assert client.post(f"{join}/{mine.pk}/leave").status_code == 302
    assert "The league of teams" not in page(client, some[0])


def test_teams_are_with_those_of_their_size_and_work():
    a_league(1, 2, each=10)
    a_league(1, each=5)
    a_league(1, each=4)
    a_league(1, work="floor")
    count_leagues(NOON)
    leagues = LeagueTeam.objects.order_by("pk").values_list("league", flat=True)
    assert list(leagues) == ["desk 10", "desk 10", "desk 5", "", "floor 10"]


def test_people_of_teams_below_count_and_a_part_is_not_beside_its_whole():
    open_boards()
    top = a_team()
    below = a_team(parent=top)
    for member in people(6, below):
        lesson_by(member)
    actions.join_league(top, "desk", by=a_lead(), now=NOON)
    with pytest.raises(NotDone, match="above or below"):
        actions.join_league(below, "desk", by=a_lead(), now=NOON)
    a_league(0, 0, each=6)
    count_leagues(NOON)
    assert LeagueTeam.objects.get(team=top).place == 1
    found = league_of(a_member(team=below), today=TODAY)
    assert found.team.team == top


def test_a_league_begins_anew_each_month_and_is_counted_once_an_hour():
    a_league(9, 5, 5)
    assert [count_leagues(NOON), count_leagues(NOON + HOUR / 2)] == [3, 0]
    member = Member.objects.filter(team__isnull=False).first()
    assert league_of(member, today=TODAY).upper
    assert not league_of(member, today=date(2026, 4, 1)).upper
    assert count_leagues(APRIL) == 3
    assert not LeagueTeam.objects.exclude(place=None).exists()


def test_of_a_long_league_ten_are_shown_and_ones_own_if_it_has_a_place():
    teams = [
        a_league_team(month=TODAY.replace(day=1), league="desk 5") for _ in "x" * 30
    ]
    for place, team in enumerate(teams[:15], start=1):
        team.place = place
        team.save()
    for own, places in ((teams[13], [*range(1, 11), 14]), (teams[20], [*range(1, 11)])):
        found = league_of(a_member(team=own.team), today=TODAY)
        assert [one.place for one in found.upper] == places
        assert found.others == 30 - len(places)


def test_who_may_open_boards_and_put_teams_in(client):
    an_organisation()
    open_boards()
    team, other = a_team(), a_team()
    in_one = a_league_team(other)
    base = "/encouragement/goals/lead"
    client.force_login(a_member())
    assert client.post(f"{base}/boards").status_code == 403
    assert client.post(f"{base}/league").status_code == 403
    client.force_login(lead_of(team))
    assert client.post(f"{base}/boards").status_code == 403
    answer = client.post(f"{base}/league", {"team": other.pk, "work": "floor"})
    assert answer.status_code == 422
    assert client.post(f"{base}/league/{other.pk}/leave").status_code == 404
    in_one.refresh_from_db()
    assert in_one.work == "desk"
    assert Boards.objects.get().people


@pytest.mark.parametrize("path", ["", "/lead"])
def test_longer_boards_are_no_more_queries(client, path):
    an_organisation()
    open_boards()
    teams = a_league(9, 5, 5)
    players(*[1] * 5)
    lead = a_lead()
    lead.team = teams[0].team
    lead.save()

    def asked() -> int:
        count_leagues(NOON), count_players(NOON)
        with CaptureQueriesContext(connection) as found:
            client.get(f"/encouragement/goals{path}")
        return len(found)

    client.force_login(lead)
    asked()
    few = asked()
    a_league(9, 9, 9, 5, 5)
    players(*[2] * 20)
    LeagueTeam.objects.update(counted_at=None)
    assert asked() == few
