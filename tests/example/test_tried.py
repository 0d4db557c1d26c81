"""Whose example is shown, tried by lot; and what it did to first posts."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from pesue.example import actions
from pesue.example.levers import SHOWN
from pesue.example.models import Seen
from pesue.measurement.queries.readings import fresh
from pesue.measurement.queries.trials import units
from pesue.people.models import Member
from pesue.trials.actions import propose, start
from pesue.trials.forms import TrialForm
from pesue.trials.models import Assignment, Exposure, Trial
from pesue.trials.queries.given import forget
from tests.make import NOON
from tests.make.example import a_showcase
from tests.make.people import a_member, a_team
from tests.make.told import a_told

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
DAY = timedelta(days=1)
TODAY = localdate(NOON)


def started(people: int) -> Trial:
    form = TrialForm(
        SHOWN,
        {
            "name": "Examples",
            "question": "Whose example counts?",
            "begins": TODAY.isoformat(),
            "ends": (TODAY + 40 * DAY).isoformat(),
            "outcome": "posts.first",
        },
        today=TODAY,
    )
    assert form.is_valid(), form.errors
    team = a_team()
    for n in range(people):
        a_member(f"Reader {n}", team=team)
    trial = propose(form.design(), by=None, now=NOON)
    start(trial, now=NOON)
    trial.refresh_from_db()
    return trial


def opened(member: Member, at=NOON):
    forget(member)
    return actions.today(member, now=at)


def by_arm(trial: Trial) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = {arm.key: [] for arm in trial.arms.all()}
    for row in Assignment.objects.filter(trial=trial).select_related("member", "arm"):
        found[row.arm.key].append(row.member)
    return found


def test_each_sees_what_the_lot_says_and_all_are_noted():
    trial = started(24)
    readers = by_arm(trial)
    team = readers["near"][0].team
    near = a_showcase(share=a_told(member=a_member("Near", team=team)))
    leader = a_showcase(share=a_told(member=a_member("Leader", leader=True)))
    far = a_showcase(share=a_told(member=a_member("Far", team=a_team("Other"))))
    shown = {"near": near, "leader": leader, "far": far}
    for key, members in readers.items():
        for member in members:
            found = opened(member)
            assert (found and found.showcase) == shown.get(key)
    assert Exposure.objects.count() == sum(map(len, readers.values()))
    assert not Seen.objects.filter(member__in=readers["none"]).exists()


def test_first_posts_within_two_weeks_of_those_who_met_it():
    trial = started(40)
    readers = by_arm(trial)
    near, none = readers["near"], readers["none"]
    for member in [*near, *none]:
        opened(member)
    old, *rest = near
    a_told(member=old, shared_at=NOON - 9 * DAY)
    a_told(member=old, shared_at=NOON + 2 * DAY)  # not the first
    a_told(member=rest[0], shared_at=NOON + 13 * DAY)
    a_told(member=rest[1], shared_at=NOON + 15 * DAY)  # too late
    opened(readers["far"][0], NOON + 10 * DAY)  # two weeks not over on day 20
    found = units(trial, until=TODAY + 20 * DAY)["posts.first"]
    mine = [unit for unit in found if unit.arm == "near"]
    assert len(mine) == len(near) - 1
    assert sum(unit.after for unit in mine) == 1
    assert not [unit for unit in found if unit.arm in ("far", "leader")]
    assert len([unit for unit in found if unit.arm == "none"]) == len(none)


def test_a_read_trial_compares_each_kind_with_none():
    trial = started(60)
    for members in by_arm(trial).values():
        for member in members:
            opened(member)
    Trial.objects.filter(pk=trial.pk).update(state="ended")
    trial.refresh_from_db()
    reading, _ = fresh(trial, until=trial.ends)
    assert [one.arm for one in reading.compared] == ["near", "leader", "far"]
