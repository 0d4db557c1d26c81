"""Items that are offered later than they came."""

from datetime import timedelta

import pytest

from pesue.trials import actions, queries
from pesue.trials.actions import NotDone
from pesue.trials.models import Assignment, Exposure
from tests.make import NOON
from tests.make.people import a_lead, a_member
from tests.make.trials import (
    DAY,
    ITEMS,
    TODAY,
    a_running,
)

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


# --- Held back


def test_items_are_drawn_as_they_appear_and_offered_in_a_week():
    trial = a_running(ITEMS, held=20, seed=1)
    until = {n: actions.appear(ITEMS, n, NOON) for n in range(1, 201)}
    waiting = {n for n, day in until.items() if day}
    assert {day for day in until.values() if day} == {TODAY + 7 * DAY}
    assert 25 <= len(waiting) <= 55
    rows = queries.held(ITEMS, today=TODAY + 6 * DAY)
    assert set(rows.values_list("unit", flat=True)) == waiting
    assert not queries.held(ITEMS, today=TODAY + 7 * DAY).exists()
    one = min(waiting)
    later = NOON + 3 * DAY
    assert actions.appear(ITEMS, one, later) == until[one]  # its lot stands
    assert queries.held_until(ITEMS, one, today=TODAY) == until[one]
    actions.stop(trial, by=a_lead(), why="Enough.", now=later)
    assert not queries.held(ITEMS, today=TODAY).exists()


def test_nothing_is_held_back_from_one_who_stays_out():
    a_running(ITEMS)
    one = next(n for n in range(1, 99) if actions.appear(ITEMS, n, NOON))
    member, away = a_member(), a_member()
    actions.stay_out(away, now=NOON)
    for who, until in (
        (None, TODAY + 7 * DAY),
        (member, TODAY + 7 * DAY),
        (away, None),
    ):
        assert queries.held_until(ITEMS, one, today=TODAY, member=who) == until


def test_items_are_drawn_only_where_there_is_time_to_wait():
    trial = a_running(ITEMS, begins=TODAY + DAY)
    last = NOON + 27 * DAY
    assert trial.ends == last.date()
    actions.appear(ITEMS, 1, NOON)  # before its first day
    actions.appear(ITEMS, 2, last - 6 * DAY)  # offered on the day after the last
    actions.appear(ITEMS, 3, last - 5 * DAY)
    actions.appear(ITEMS, 4, NOON + 2 * DAY, ends=TODAY + 7 * DAY)
    actions.appear(ITEMS, 5, NOON + 2 * DAY, ends=TODAY + 8 * DAY)
    drawn = Assignment.objects.order_by("unit").values_list("unit", flat=True)
    assert list(drawn) == [2, 5]


def test_a_lead_keeps_an_item_out_before_its_lot_and_not_after():
    lead = a_lead()
    with pytest.raises(NotDone, match="No items"):
        actions.leave_out(ITEMS, 1, by=lead, now=NOON)
    trial = a_running(ITEMS)
    for _ in range(2):
        actions.leave_out(ITEMS, 1, by=lead, now=NOON)
    assert actions.appear(ITEMS, 1, NOON) is None
    row = Assignment.objects.get()
    assert (row.arm, row.by, row.starts_on) == (None, lead, None)
    assert queries.drawn(trial).places == {}
    assert queries.is_left_out(ITEMS, 1) is True
    assert queries.is_left_out(ITEMS, 2) is None
    actions.appear(ITEMS, 2, NOON)
    with pytest.raises(NotDone, match="drawn already"):
        actions.leave_out(ITEMS, 2, by=lead, now=NOON)
    assert queries.is_left_out(ITEMS, 2) is False


def test_an_item_somebody_wanted_to_tell_is_noted_once_and_not_the_person():
    a_running(ITEMS)
    member, away = a_member(), a_member()
    actions.stay_out(away, now=NOON)
    actions.appear(ITEMS, 1, NOON)
    actions.wanted(ITEMS, 1, away, NOON)
    actions.wanted(ITEMS, 2, member, NOON)  # not in the trial
    assert not Exposure.objects.exists()
    for hours in range(3):
        actions.wanted(ITEMS, 1, member, NOON + timedelta(hours=hours))
    row = Exposure.objects.get()
    assert (row.item, row.member, row.first_at) == (1, None, NOON)
