"""What comes after a trial, when what was tried has been taken away."""

import random
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from pesue.measurement import steps
from pesue.measurement.models import TrialReading
from pesue.trials import actions
from pesue.trials.models import Trial
from pesue.trials.queries import arm, is_as_started
from pesue.trials.queries.reading import decides
from pesue.trials.steps import end_trials
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_lead, a_member, an_organisation
from tests.make.sharing import a_share
from tests.make.trials import LESSON, MAIL, TODAY, a_running, a_trial, afresh, teams

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
END = NOON + 28 * DAY
AFTER = END + 21 * DAY


def tell(members, at, share, chance) -> None:
    for member in members:
        if chance.random() < share[member.team_id]:
            item = an_item()
            a_share(member=member, item=item, state="shared", shared_at=at)


@pytest.fixture
def ran() -> Trial:
    """Twelve teams of six. What is new helps while it is there; after it was taken
    away those who had it tell less than the others."""
    an_organisation()
    members = teams(12, each=6)
    trial = a_running(MAIL, unit="team", begins=TODAY, ends=localdate(END), removal=21)
    new = set(
        trial.assignments.filter(arm__is_control=False).values_list("unit", flat=True)
    )
    chance = random.Random(2)
    with_it = {m.team_id: 0.9 if m.team_id in new else 0.3 for m in members}
    without = {m.team_id: 0.1 if m.team_id in new else 0.7 for m in members}
    tell(members, NOON + 2 * DAY, with_it, chance)
    tell(members, END + 3 * DAY, without, chance)
    tell(members, AFTER + 3 * DAY, with_it, chance)  # too late to be read
    end_trials(END + DAY)
    trial.refresh_from_db()
    return trial


def effect(found) -> float:
    return found["compared"][0]["effect"]["estimate"]


def test_it_is_read_once_more_and_as_a_figure_of_its_own(ran, client):
    assert steps.read_trials(END + DAY) == 1
    kept = TrialReading.objects.get()
    assert effect(kept.found) > 0.3
    assert kept.after == {}
    client.force_login(a_member(language="en"))
    page = client.get(f"/trials/{ran.pk}/reading").content.decode()
    assert "followed until" in page
    assert steps.read_trials(AFTER) == 0, "its last day is not over"
    assert steps.read_trials(AFTER + DAY) == 1
    assert steps.read_trials(AFTER + 2 * DAY) == 0
    kept.refresh_from_db()
    assert effect(kept.found) > 0.3
    assert effect(kept.after) < -0.3
    page = client.get(f"/trials/{ran.pk}/reading").content.decode()
    assert "After it was taken away" in page
    assert "Less:" in page
    assert is_as_started(ran)


def test_all_meet_the_ordinary_product_and_nothing_new_is_begun(ran):
    member = ran.assignments.first().unit
    someone = a_member(team_id=member)
    assert arm(MAIL, afresh(someone), END + 2 * DAY) is None
    again = a_trial(MAIL, begins=TODAY, ends=localdate(AFTER + 60 * DAY))
    with pytest.raises(actions.NotDone):
        actions.start(again, now=AFTER)
    actions.start(again, now=AFTER + DAY)
    assert again.is_running


def test_one_that_was_ended_early_is_not_followed():
    teams(4, each=6)
    trial = a_running(MAIL, removal=21)
    actions.stop(trial, by=a_lead(), why="It annoyed people", now=NOON + DAY)
    steps.read_trials(NOON + DAY)
    assert trial.followed_until is None
    assert steps.read_trials(AFTER + 99 * DAY) == 0
    assert TrialReading.objects.get().after == {}


@pytest.mark.parametrize(("lever", "days"), [(LESSON, 7), (MAIL, 91), (MAIL, -1)])
def test_only_groups_are_followed_and_not_for_ever(lever, days):
    with pytest.raises(actions.NotDone):
        a_trial(lever, removal=days)


def test_the_seal_holds_the_days_and_those_without_keep_their_old_seal():
    teams(4)
    trial = a_running(MAIL, removal=21)
    assert is_as_started(trial)
    Trial.objects.filter(pk=trial.pk).update(removal=0)
    trial.refresh_from_db()
    assert not is_as_started(trial)
    assert "removal" not in decides(trial)
