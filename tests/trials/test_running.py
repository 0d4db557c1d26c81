"""From a plan to its end: drawn once, and frozen in between."""

from collections import Counter

import pytest
from django.db import IntegrityError, transaction

from pesue.trials import actions, queries, steps
from pesue.trials.actions import ArmDesign, NotDone
from pesue.trials.models import Arm, Assignment, Frozen, Trial
from tests.make import NOON
from tests.make.people import a_lead, a_member
from tests.make.trials import (
    DAY,
    LESSON,
    MAIL,
    TODAY,
    WORDS,
    a_design,
    a_running,
    a_trial,
    afresh,
    teams,
)

pytestmark = pytest.mark.django_db


def arms(trial):
    rows = Assignment.objects.filter(trial=trial)
    return Counter(rows.values_list("arm__key", flat=True))


# --- The journey


def test_a_roll_out_reaches_every_team_in_its_turn_and_then_is_over():
    people = teams(4)
    trial = a_running(days=7)
    assert (trial.waves, trial.mechanism["people"]) == (4, 8)
    starts = {row.unit: row.starts_on for row in Assignment.objects.filter(trial=trial)}
    assert sorted(starts.values()) == [TODAY + n * 7 * DAY for n in range(4)]
    for days in range(28):
        now = NOON + days * DAY
        for member in people:
            reached = starts[member.team_id] <= now.date()
            assert queries.has(LESSON, afresh(member), now) == reached
    steps.end_trials(NOON + 27 * DAY)
    trial.refresh_from_db()
    assert trial.is_running
    steps.end_trials(NOON + 28 * DAY)
    trial.refresh_from_db()
    assert (trial.state, trial.over_at) == ("ended", NOON + 28 * DAY)
    assert queries.arm(LESSON, afresh(people[0]), NOON + 28 * DAY) is None


def test_two_wordings_go_to_two_halves_and_the_control_has_none():
    people = teams(6)
    trial = a_running(MAIL)
    given = [queries.arm(MAIL, member, NOON) for member in people]
    assert arms(trial) == {"now": 3, "new": 3}
    for member, one in zip(people, given, strict=True):
        row = Assignment.objects.get(trial=trial, unit=member.team_id)
        assert (one.arm, one.key) == (row.arm_id, row.arm.key)
        assert one.is_control == (one.key == "now")
        words = one.words("subject", "en")
        assert words == ("" if one.is_control else WORDS["subject"]["en"])


def test_members_are_drawn_within_their_language():
    for language in ("fi", "sv"):
        for _ in range(4):
            a_member(language=language)
    trial = a_running(MAIL, unit="member", strata=["language"])
    for language in ("fi", "sv"):
        rows = Assignment.objects.filter(trial=trial, member__language=language)
        got = Counter(rows.values_list("arm__key", flat=True))
        assert got == {"now": 2, "new": 2}
    assert dict(trial.mechanism["counts"]) == {"language=fi": 4, "language=sv": 4}


def test_the_same_seed_draws_the_same():
    people = teams(14, each=1)
    first = a_running(MAIL, seed=77)
    drawn = queries.drawn(first)
    actions.stop(first, by=people[0], why="Again.", now=NOON)
    again = queries.drawn(a_running(MAIL, seed=77))
    assert again.places == drawn.places
    assert again.mechanism.redraw(again.units, again.late, seed=77) == again.places
    assert again.mechanism.redraw(again.units, again.late, seed=78) != again.places


# --- Planning


@pytest.mark.parametrize(
    ("lever", "change", "said"),
    [
        ("today.lesson", {"ends": TODAY - DAY}, "after the beginning"),
        ("today.lesson", {"ends": TODAY + 12 * DAY}, "no room"),
        ("today.lesson", {"kind": "arms"}, "that way"),
        ("today.lesson", {"unit": "item"}, "that way"),
        ("today.lesson", {"lever": "no.such"}, "any more"),
        ("today.lesson", {"outcome": " "}, "what is measured"),
        ("today.lesson", {"strata": ["shoe size"]}, "balanced"),
        ("today.lesson", {"looks": [TODAY + 40 * DAY]}, "within the trial"),
        ("today.lesson", {"looks": [TODAY + n * DAY for n in range(6)]}, "at most 5"),
        ("mail.impact", {"arms": ()}, "at least two"),
        ("items.offered", {"held": 50}, "between 10 and 20"),
    ],
)
def test_a_plan_that_could_not_be_read_is_refused(lever, change, said):
    with pytest.raises(NotDone, match=said):
        actions.propose(a_design(lever, **change), by=None, now=NOON)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "each language"),
        ("No number", "Write {people}"),
        ("{people} and {people}", "Write {people}"),
        ("{people} {member.email}", "curly"),
        ("{people}" + "x" * 100, "At most 100"),
    ],
)
def test_a_wording_says_what_it_has_to_and_no_more(text, said):
    payload = {"subject": {**WORDS["subject"], "en": text}}
    two = [
        ArmDesign("now", "As now", is_control=True),
        ArmDesign("new", "New", payload=payload),
    ]
    with pytest.raises(NotDone, match=said):
        actions.propose(a_design(MAIL, arms=two), by=None, now=NOON)


def test_a_plan_can_be_changed_and_dropped_and_its_seed_stays():
    trial = a_trial()
    seed = trial.seed
    actions.change(trial, a_design(MAIL, name="Another"))
    trial.refresh_from_db()
    assert (trial.name, trial.lever, trial.seed) == ("Another", MAIL, seed)
    assert sorted(trial.arms.values_list("key", flat=True)) == ["new", "now"]
    actions.drop(trial)
    assert not Arm.objects.exists()


def test_two_seeds_are_not_the_same():
    assert a_trial().seed != a_trial().seed


# --- Starting


def test_one_trial_a_lever_at_a_time_and_several_levers_at_once():
    teams(2)
    a_running(LESSON, ends=TODAY + 20 * DAY)
    a_running(MAIL)
    second = a_trial(LESSON)
    with pytest.raises(NotDone, match="already"):
        actions.start(second, now=NOON)
    second.refresh_from_db()
    assert second.is_draft
    assert not second.assignments.exists()


def test_it_starts_once():
    teams(2)
    trial = a_trial()
    same = Trial.objects.get(pk=trial.pk)
    actions.start(trial, now=NOON)
    for again in (trial, same):
        with pytest.raises(NotDone):
            actions.start(again, now=NOON)
    assert Assignment.objects.count() == 2


def test_nothing_to_draw_and_a_last_day_that_has_passed():
    a_member()
    with pytest.raises(NotDone, match="nothing to draw"):
        actions.start(a_trial(), now=NOON)
    teams(2)
    with pytest.raises(NotDone, match="last day"):
        actions.start(a_trial(), now=NOON + 27 * DAY)
    with pytest.raises(NotDone, match="no room"):
        actions.start(a_trial(), now=NOON + 20 * DAY)


def test_a_first_day_that_has_passed_is_today():
    teams(2)
    trial = a_trial()
    actions.start(trial, now=NOON + 3 * DAY)
    assert trial.begins == TODAY + 3 * DAY
    assert min(trial.assignments.values_list("starts_on", flat=True)) == trial.begins


def test_before_its_first_day_all_have_the_ordinary_product():
    people = teams(2)
    a_running(MAIL, begins=TODAY + 2 * DAY)
    assert queries.arm(MAIL, people[0], NOON + DAY) is None
    assert queries.arm(MAIL, people[0], NOON + 2 * DAY) is not None


def test_those_without_a_team_are_one_unit():
    people = [a_member() for _ in range(3)] + teams(1)
    trial = a_running()
    assert sorted(trial.assignments.values_list("unit", flat=True))[0] == 0
    starts = trial.assignments.get(unit=0).starts_on
    for member in people[:3]:
        assert queries.has(LESSON, member, NOON) == (starts <= TODAY)


# --- Frozen


def test_nothing_that_decides_changes_once_it_has_begun():
    teams(4)
    trial = a_running(MAIL)
    lots = list(Assignment.objects.values_list("pk", "arm"))
    with pytest.raises(NotDone, match="ended early, with a reason"):
        actions.change(trial, a_design(MAIL, ends=TODAY + 90 * DAY))
    with pytest.raises(NotDone):
        actions.drop(trial)
    trial.outcome = "visits.people"
    arm = trial.arms.get(key="new")
    arm.share = 9
    row = Assignment.objects.first()
    row.arm = arm
    for frozen in (trial, arm, row):
        with pytest.raises(Frozen):
            frozen.save()
    for frozen in (trial, arm):
        with pytest.raises(Frozen):
            frozen.delete()
    with pytest.raises(Frozen):
        Arm(trial=trial, key="third", name="Third").save()
    with pytest.raises(Frozen):
        Trial.objects.get(pk=trial.pk).save(update_fields=["ends"])
    assert list(Assignment.objects.values_list("pk", "arm")) == lots
    assert queries.is_as_started(Trial.objects.get(pk=trial.pk))


@pytest.mark.parametrize(
    "change", [{"outcome": "visits.hits"}, {"seed": 1}, {"ends": TODAY + 50 * DAY}]
)
def test_what_was_changed_by_hand_is_seen(change):
    teams(2)
    trial = a_running(MAIL)
    assert queries.is_as_started(trial)
    Trial.objects.filter(pk=trial.pk).update(**change)
    assert not queries.is_as_started(Trial.objects.get(pk=trial.pk))


def test_an_arm_changed_by_hand_is_seen():
    teams(2)
    trial = a_running(MAIL)
    Arm.objects.filter(trial=trial, key="new").update(payload={})
    assert not queries.is_as_started(trial)


def test_it_ends_early_with_a_reason_and_never_begins_again():
    people = teams(2)
    trial, lead = a_running(MAIL), a_lead()
    with pytest.raises(NotDone, match="Say why"):
        actions.stop(trial, by=lead, why="  ", now=NOON)
    actions.stop(trial, by=lead, why="A mail was wrong.", now=NOON)
    assert (trial.state, trial.why_stopped, trial.stopped_by) == (
        "stopped",
        "A mail was wrong.",
        lead,
    )
    assert queries.arm(MAIL, afresh(people[0]), NOON) is None
    assert queries.is_as_started(trial)
    for change in (
        lambda: actions.stop(trial, by=lead, why="Again.", now=NOON),
        lambda: actions.start(trial, now=NOON),
        lambda: actions.change(trial, a_design()),
    ):
        with pytest.raises(NotDone):
            change()


def test_a_unit_is_drawn_once_whatever_happens():
    teams(2)
    trial = a_running(MAIL)
    row = Assignment.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            trial=trial, kind=row.kind, unit=row.unit, arm=row.arm, at=NOON
        )
