"""When a question comes again. Time is an argument; nothing waits."""

from datetime import date

import pytest

from pesue.guidance.spacing import MOST, WAITS, Try, due, places, week_of


def tries(*told: tuple[int, bool]) -> list[Try[str]]:
    return [Try("q", week, right) for week, right in told]


def test_a_week_begins_on_monday():
    sunday, monday = date(2026, 3, 1), date(2026, 3, 2)
    assert week_of(monday) == week_of(date(2026, 3, 8)) == week_of(sunday) + 1


@pytest.mark.parametrize(
    ("told", "again"),
    [
        ([(0, True)], 1),
        ([(0, False)], 1),
        ([(0, True), (1, True)], 3),
        ([(0, True), (1, True), (3, True)], 7),
        ([(0, True), (1, True), (3, True), (7, True)], 15),
        ([(0, True), (1, True), (3, True), (7, False)], 8),
        ([(0, True), (1, False), (2, True)], 4),
        ([(0, True), (0, True), (0, True)], 1),  # too soon: no step
        ([(0, False), (0, True)], 1),
        ([(0, True), (1, True), (2, True)], 3),
        ([(0, True), (1, True), (2, False)], 3),
        ([(0, True), (9, True)], 11),  # weeks away move nothing back
    ],
)
def test_when_it_comes_again(told, again):
    assert due(tries(*told), week=again - 1) == []
    assert due(tries(*told), week=again) == ["q"]
    assert due(tries(*told), week=again + 20) == ["q"]


def test_after_eight_weeks_it_is_known():
    weeks, at = [0], 0
    for wait in WAITS:
        at += wait
        weeks.append(at)
    known = tries(*((week, True) for week in weeks))
    assert due(known[:-1], week=at) == ["q"]
    assert due(known, week=at + 500) == []
    assert due([*known, Try("q", at + 1, False)], week=at + 2) == ["q"]


def test_two_a_week_also_after_a_long_pause():
    old = [Try(f"q{number}", number, True) for number in range(9)]
    assert due(old, week=40) == ["q0", "q1"]
    once = [*old, Try("q0", 40, True)]
    assert due(once, week=40) == ["q1"]
    twice = [*once, Try("q1", 40, False)]
    assert due(twice, week=40) == []
    assert len(due(twice, week=41)) == MOST


def test_what_was_tried_in_a_lesson_takes_nobodys_turn():
    old = [Try("old", 0, True), Try("older", 0, True)]
    assert len(due([*old, Try("new", 5, True)], week=5)) == MOST


def test_being_away_changes_no_place():
    steady = places(tries((0, True), (1, True)))["q"]
    late = places(tries((0, True), (30, True)))["q"]
    assert steady.box == late.box
