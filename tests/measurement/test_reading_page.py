"""What a lead reads of a trial, and what warns them."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import translation

from pesue.measurement import steps
from pesue.measurement.models import (
    TrialReading,
)
from pesue.measurement.views.trials import _line, _whole, unit_of
from pesue.measurement.words import BECAUSE
from pesue.stats.estimates import Why
from pesue.trials.models import Exposure, Trial
from pesue.trials.steps import end_trials
from tests.make import NOON
from tests.make.people import a_lead, a_member, an_organisation
from tests.make.reports import a_reading

DAY = timedelta(days=1)
END = NOON + 28 * DAY


@pytest.mark.django_db
def test_a_result_that_may_not_be_read_is_shown_only_on_request(ran, client):
    end_trials(END + DAY)
    steps.read_trials(END + DAY)
    kept = TrialReading.objects.get()
    client.force_login(a_member(language="en"))
    page = f"/trials/{ran.pk}/reading"
    assert "All the same" not in client.get(page).content.decode()
    kept.found["broken"] = True
    kept.save()
    shown = client.get(page).content.decode()
    assert shown.index("do not read the result") < shown.index("All the same")
    kept.found["broken"] = False
    kept.save()
    ran.arms.filter(is_control=False).update(share=3)
    assert "All the same" in client.get(page).content.decode()


@pytest.mark.django_db
def test_a_clock_that_runs_apart_is_told(ran, client):
    client.force_login(a_lead(language="en"))
    page, arm = f"/trials/{ran.pk}/reading", ran.arms.first()
    about = {"trial": ran, "arm": arm, "member": a_member()}
    seen = Exposure.objects.create(**about, first_at=NOON - timedelta(seconds=30))
    assert "clock" not in client.get(page).content.decode()
    seen.first_at = NOON - timedelta(hours=3)
    seen.save()
    assert "A clock is wrong" in client.get(page).content.decode()


@pytest.mark.parametrize("why", list(Why))
@pytest.mark.django_db
def test_each_refusal_is_told_in_words(why, client):
    """Also those that the draw or the database rule out: somebody may change them."""
    an_organisation()
    reading = a_reading(None, why=why)
    client.force_login(a_member(language="fi"))
    page = client.get(f"/trials/{reading.trial_id}/reading").content.decode()
    with translation.override("fi"):
        words = str(BECAUSE[why])
    assert words in html.unescape(page)
    assert words.endswith(".")
    assert not re.search(r"nan|inf\b|None", page.partition("<main")[2])


def test_shares_of_people_are_told_in_per_cent_and_all_visits_as_whole_ones():
    with translation.override("en"):
        assert unit_of("posts.first").told(0.034, sign=True) == "+3.4"
    with translation.override("fi"):
        assert unit_of("pages.visits").words == "käyntiä juttua kohti"
        assert unit_of("shares.posts").words == "julkaisua henkilöä kohti"
    found = {
        "arms": {"offered": {"units": 22}},
        "compared": [{"effect": {"estimate": 19.32, "low": 5.4, "high": 33.3}}],
    }
    trial = Trial(unit="item")
    with translation.override("en"):
        told = _whole(trial, found, unit_of("pages.visits"))
    assert told == "+425 visits in all (+119 to +733 at 95 %)."


def test_an_interval_and_a_lot_that_disagree_are_told():
    one = {
        "effect": {"estimate": 19.3, "low": 5.3, "high": 33.3, "se": 7.0},
        "lot": 0.06,
        "cannot_tell": False,
    }
    with translation.override("en"):
        assert "still be chance" in _line(one, "x", unit_of("pages.visits")).chance
        one["lot"] = 0.02
        assert "still be chance" not in _line(one, "x", unit_of("pages.visits")).chance
