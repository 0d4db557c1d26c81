"""Who comes later, who met what, who stays out, and who goes."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from pesue.encouragement.levers import IMPACT_SUBJECT
from pesue.people.actions import members
from pesue.privacy.steps import expire
from pesue.trials import actions, queries, steps
from pesue.trials.models import Assignment, Exposure
from pesue.trials.queries.given import forget
from tests.make import NOON
from tests.make.people import a_lead, a_member, a_team
from tests.make.trials import (
    DAY,
    LESSON,
    MAIL,
    TODAY,
    a_running,
    a_trial,
    afresh,
    teams,
)

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


# --- Those who come later


@pytest.mark.parametrize("lever", [LESSON, MAIL])
@pytest.mark.parametrize("unit", ["team", "member"])
def test_who_comes_later_has_their_lot_at_once_and_it_is_what_is_noted(lever, unit):
    teams(3)
    trial = a_running(lever, unit=unit)
    new = [a_member(team=a_team()) for _ in range(8)]
    later = NOON + 9 * DAY

    def lots():
        given = [queries.arm(lever, afresh(member), later) for member in new]
        return [one.key for one in given]

    before = lots()
    assert steps.take_in_late(later) == 8
    assert lots() == before
    assert steps.take_in_late(later) == 0
    drawn = queries.drawn(trial)
    assert len(drawn.late) == 8
    assert len(drawn.units) == (3 if unit == "team" else 6)
    assert drawn.mechanism.redraw(drawn.units, drawn.late, seed=drawn.seed) == (
        drawn.places
    )


def test_who_moves_to_another_team_gets_what_that_team_gets():
    people = teams(2, each=1)
    a_running(MAIL)
    mover, other = people
    before = queries.arm(MAIL, mover, NOON).key
    mover.team = other.team
    mover.save()
    after = queries.arm(MAIL, afresh(mover), NOON).key
    assert after != before
    assert after == queries.arm(MAIL, other, NOON).key


# --- Meeting


def test_what_was_met_is_written_once_and_control_is_met_too():
    people = teams(2, each=1)
    a_running(MAIL)
    for member in people:
        for _ in range(3):
            actions.met(MAIL, member, NOON)
            actions.met(MAIL, afresh(member), NOON + timedelta(hours=1))
    rows = Exposure.objects.order_by("member")
    assert [(row.member, row.first_at) for row in rows] == [(m, NOON) for m in people]
    assert {row.arm.key for row in rows} == {"now", "new"}


def test_without_a_trial_nothing_is_written():
    member = a_member()
    actions.met(MAIL, member, NOON)
    teams(2)
    trial = a_running(MAIL, begins=TODAY + DAY)
    actions.met(MAIL, afresh(member), NOON)
    actions.stop(trial, by=member, why="x", now=NOON + DAY)
    actions.met(MAIL, afresh(member), NOON + DAY)
    assert not Exposure.objects.exists()


def test_one_question_a_page_for_all_levers(django_assert_num_queries):
    people = teams(3)
    a_running(MAIL)
    a_running(LESSON, days=3)
    member = afresh(people[0])
    with django_assert_num_queries(1):
        for _ in range(3):
            queries.arm(MAIL, member, NOON)
            queries.has(LESSON, member, NOON)
    actions.met(MAIL, member, NOON)
    again = afresh(member)
    with django_assert_num_queries(1):
        actions.met(MAIL, again, NOON)


@pytest.mark.django_db(transaction=True)
def test_met_at_once_from_many_places_it_is_written_once():
    people = teams(2)
    a_running(MAIL)
    gate, failed = threading.Barrier(6), []

    def meet():
        try:
            member = afresh(people[0])
            queries.arm(MAIL, member, NOON)
            gate.wait()
            actions.met(MAIL, member, NOON)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=meet) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Exposure.objects.count() == 1


# --- Staying out


def test_who_stays_out_has_the_ordinary_product_and_leaves_no_trace():
    people = teams(3)
    for lever, unit in ((MAIL, "member"), (LESSON, "team")):
        a_running(lever, unit=unit)
    member = people[0]
    actions.met(MAIL, member, NOON)
    actions.stay_out(member, now=NOON)
    assert queries.arm(MAIL, member, NOON) is None
    assert queries.has(LESSON, member, NOON)  # what its team may still wait for
    actions.met(MAIL, member, NOON)
    steps.take_in_late(NOON)
    assert not Assignment.objects.filter(member=member).exists()
    assert not Exposure.objects.filter(member=member).exists()
    assert Assignment.objects.filter(kind="team").count() == 3
    assert Assignment.objects.filter(kind="member").count() == 5


def test_who_stays_out_is_not_drawn():
    people = teams(3)
    actions.stay_out(people[0], now=NOON)
    trial = a_running(MAIL, unit="member")
    assert trial.mechanism["people"] == 5
    assert not Assignment.objects.filter(member=people[0]).exists()


def test_who_comes_back_is_in_what_begins_after_that():
    people = teams(3)
    member = people[0]
    actions.stay_out(member, now=NOON)
    a_running(MAIL, unit="member")
    actions.come_back(member, now=NOON + DAY)
    steps.take_in_late(NOON + DAY)
    assert queries.arm(MAIL, member, NOON + DAY) is None
    assert not Assignment.objects.filter(member=member).exists()
    trial = a_trial(LESSON, unit="member", ends=TODAY + 40 * DAY)
    actions.start(trial, now=NOON + 2 * DAY)
    assert queries.arm(LESSON, afresh(member), NOON + 2 * DAY) is not None
    actions.stay_out(member, now=NOON + 3 * DAY)
    assert queries.arm(LESSON, afresh(member), NOON + 3 * DAY) is None


def test_what_is_written_in_the_moment_of_going_is_swept_and_never_read():
    people = teams(2)
    trial = a_running(MAIL, unit="member")
    member = people[0]
    actions.stay_out(member, now=NOON)
    arm = trial.arms.get(key="new")
    Exposure.objects.create(trial=trial, arm=arm, member=member, first_at=NOON)
    Exposure.objects.create(trial=trial, arm=arm, member=people[1], first_at=NOON)
    assert [row.member for row in queries.exposures(trial)] == [people[1]]
    assert steps.forget(NOON) == 1
    assert steps.forget(NOON) == 0


# --- Leaving


def test_who_left_goes_and_what_the_trial_was_stays():
    people = teams(3)
    trial = a_running(MAIL, unit="member", ends=TODAY + 90 * DAY)
    actions.met(MAIL, people[0], NOON)
    members.leave(people[0], now=NOON)
    expire(NOON + 31 * DAY)
    assert not Assignment.objects.filter(member=people[0]).exists()
    assert not Exposure.objects.exists()
    steps.take_in_late(NOON + 31 * DAY)
    drawn = queries.drawn(trial)
    assert len(drawn.units) == 5
    assert drawn.mechanism.people == 6
    assert sum(many for _stratum, many in drawn.mechanism.counts) == 6
    assert queries.is_as_started(trial)
    assert set(drawn.mechanism.redraw(drawn.units, seed=1)) == set(drawn.places)


def test_a_year_after_the_end_only_totals_are_left():
    people = teams(3)
    trial = a_running(MAIL, unit="member")
    actions.met(MAIL, people[0], NOON)
    actions.stop(trial, by=a_lead(), why="Enough.", now=NOON)
    steps.forget(NOON + 365 * DAY)
    assert Assignment.objects.count() == 6
    steps.forget(NOON + 366 * DAY)
    assert not Assignment.objects.exists()
    assert not Exposure.objects.exists()
    trial.refresh_from_db()
    assert trial.mechanism["people"] == 6


def test_a_row_of_a_member_is_the_members():
    teams(2)
    trial, member = a_running(MAIL), a_member()
    for wrong in ({"unit": member.pk + 1, "member": member}, {"unit": member.pk}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assignment.objects.create(trial=trial, kind="member", at=NOON, **wrong)


def test_the_lever_is_declared_once():
    from pesue.trials.levers import LEVERS, Lever, declare

    assert declare(IMPACT_SUBJECT) is LEVERS[MAIL]
    other = Lever(MAIL, "x", "x", "x", ("arms",), ("team",))
    with pytest.raises(ValueError, match="two levers"):
        declare(other)


def test_a_member_object_that_knows_is_told_to_read_anew():
    people = teams(2)
    a_running(MAIL)
    member = afresh(people[0])
    queries.arm(MAIL, member, NOON)
    forget(member)
    assert "_trials_read" not in vars(member)
