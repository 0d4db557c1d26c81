"""The upper half of a league: fair to small teams, and nobody is last."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pesue.encouragement.leagues import Standing, size, upper_half

TEAMS = st.lists(
    st.integers(5, 300).flatmap(
        lambda people: st.tuples(st.just(people), st.integers(0, people))
    ),
    max_size=12,
).map(lambda rows: [Standing(n, *row) for n, row in enumerate(rows)])


@given(TEAMS)
@settings(max_examples=25)
def test_never_all_of_them_and_nobody_of_whom_too_few_did_something(teams):
    upper = upper_half(teams)
    named = {team for _place, team in upper}
    assert len(upper) < max(len(teams), 1)
    assert all(teams[team].good >= 5 for team in named)
    assert [place for place, _team in upper] == sorted(place for place, _ in upper)
    assert upper_half(teams[::-1]) == upper, "the order they come in says nothing"


def test_the_better_are_ahead_and_of_those_alike_the_place_is_one():
    teams = [
        Standing(1, 20, 6),
        Standing(2, 20, 18),
        Standing(3, 20, 12),
        Standing(4, 20, 12),
        Standing(5, 20, 5),
        Standing(6, 20, 5),
    ]
    assert upper_half(teams) == [(1, 2), (2, 3), (2, 4)]


def test_a_small_team_is_not_first_by_chance_alone():
    """Five of six beside seventy-five of a hundred: the first might be luck."""
    teams = [
        Standing(1, 6, 5),
        Standing(2, 100, 78),
        Standing(3, 100, 40),
        Standing(4, 100, 45),
        Standing(5, 90, 38),
    ]
    assert 5 / 6 > 78 / 100
    assert upper_half(teams)[0] == (1, 2)


@pytest.mark.parametrize(
    "teams",
    [
        [],
        [Standing(1, 9, 9), Standing(2, 9, 5)],
        [Standing(n, 9, 0) for n in range(5)],
        [Standing(n, 9, 9) for n in range(5)],
        [Standing(n, 9, 6) for n in range(5)],
    ],
)
def test_where_there_is_nothing_to_tell_nobody_is_ahead(teams):
    assert upper_half(teams) == []


def test_teams_are_as_large_as_those_they_are_with():
    assert [size(n) for n in (0, 4, 5, 9, 10, 24, 25, 99, 100, 9000)] == [
        *(0, 0, 5, 5, 10, 10, 25, 25, 100, 100)
    ]
