"""Rankings made one: known answers, small panels, equals."""

import pytest

from pesue.surveys.borda import points, ranked

TRENDS = {1: ("A", ""), 2: ("B", ""), 3: ("C", "")}


def test_points_run_from_one_to_nothing_and_the_unranked_share_the_rest():
    assert points([2, 1, 3], [1, 2, 3]) == {1: 0.5, 2: 1.0, 3: 0.0}
    assert points([3], [1, 2, 3]) == {1: 0.25, 2: 0.25, 3: 1.0}
    assert sum(points([3], [1, 2, 3]).values()) == sum(
        points([1, 2, 3], TRENDS).values()
    )


def test_the_one_in_everybodys_middle_wins_over_the_one_most_put_first():
    """Borda's own example: most first places is not most liked."""
    rankings = [[1, 2, 3]] * 4 + [[2, 3, 1]] * 3
    told = ranked(TRENDS, rankings)
    assert [(row.words, row.points, row.first) for row in told.rows] == [
        ("B", 71, 43),
        ("A", 57, 57),
        ("C", 21, 0),
    ]
    assert (told.rows[1].first_low, told.rows[1].first_high) == (25, 84)  # Wilson
    assert told.rows[0].low is None, "of seven no interval of points is told"


@pytest.mark.parametrize("people", [0, 4])
def test_nothing_of_four(people):
    told = ranked(TRENDS, [[1, 2, 3]] * people)
    assert (told.people, told.rows) == (people, ())


def test_an_interval_from_ten_on_and_none_where_all_are_alike():
    told = ranked(TRENDS, [[1, 2, 3]] * 6 + [[1, 3, 2]] * 4)
    assert [row.words for row in told.rows] == ["A", "B", "C"]
    assert told.rows[0].low is None
    assert told.rows[1].low < told.rows[1].points < told.rows[1].high


def test_equals_share_a_place_and_gone_trends_are_left_out():
    told = ranked(TRENDS, [[1, 2, 9], [2, 1, 9]] * 3 + [[9]])
    assert told.people == 6
    assert [row.place for row in told.rows] == [1, 1, 3]
