"""Trials over stories that we show ourselves, read from our own log."""

import random
from statistics import mean

import pytest

from pesue.content.models import Story
from pesue.measurement import steps
from pesue.measurement.models import CoveredDay, TrialReading
from pesue.measurement.queries import readings
from pesue.measurement.queries.page_visits import daily
from pesue.sharing.actions.landings import all_stored, land
from pesue.sharing.clicks.log import Landing
from pesue.trials.actions import appear
from pesue.trials.models import Assignment, Trial
from pesue.trials.steps import end_trials
from tests.make import NOON
from tests.make.content import a_story, an_item
from tests.make.people import a_member
from tests.make.trials import DAY, ITEMS, POSTS, TODAY, a_running

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
END = NOON + 41 * DAY


def stories(number: int, lever: str = ITEMS) -> list[Story]:
    """On the web, each drawn as it came; their authors let them wait."""
    author, made = a_member(), []
    for n in range(number):
        address = f"https://pesue.example/s/story-{n}"
        item = an_item(url=address, url_key=f"pesue.example/s/story-{n}")
        made.append(
            a_story(
                author=author,
                state="accepted",
                public=True,
                slug=f"story-{n}",
                item=item,
            )
        )
        appear(lever, item.pk, NOON)
    return made


def landings(story: Story, people: int, *, day: int) -> list[Landing]:
    """People, and one of them as a robot, who is never counted as people."""
    ms = int((NOON + day * DAY).timestamp() * 1000)
    visitors = [f"{story.pk:08x}{n:08x}" for n in range(people)]
    shown = [Landing(ms, story.slug, one, "") for one in visitors]
    return [*shown, *[Landing(ms, story.slug, visitors[0], "robot")] * 9]


def lived(trial: Trial, made: list[Story], *, more: int, day: int) -> float:
    """People come, some more to what was not held back; the difference of means."""
    held = set(
        Assignment.objects.filter(trial=trial, arm__is_control=True).values_list(
            "unit", flat=True
        )
    )
    chance, came = random.Random(2), {True: [], False: []}
    came_by: list[Landing] = []
    for story in made:
        waits = story.item_id in held
        people = 6 + (0 if waits else more) + chance.randrange(3)
        came_by += landings(story, people, day=day)
        came_by += landings(story, 5, day=day + 8)  # after its first days: not in it
        came[waits].append(people)
    land(came_by)
    all_stored(END)
    end_trials(END)
    steps.read_trials(END)
    return mean(came[False]) - mean(came[True])


def effect() -> dict[str, float]:
    [compared] = TrialReading.objects.get().found["compared"]
    return compared["effect"]


def test_a_hold_out_of_stories_is_read_from_our_own_log():
    trial = a_running(ITEMS, held=20, days=7, ends=TODAY + 39 * DAY)
    all_stored(NOON - 2 * DAY)
    made = stories(60)
    difference = lived(trial, made, more=4, day=1)
    assert effect()["estimate"] == pytest.approx(difference)
    assert 0 < effect()["low"] < effect()["high"] < 8


def test_what_was_not_counted_whole_is_not_read():
    trial = a_running(ITEMS, held=20, days=7, ends=TODAY + 39 * DAY)
    made = stories(30)
    all_stored(NOON)  # we began today, and the first day is not whole
    lived(trial, made, more=4, day=1)
    assert readings.fresh(trial, until=END.date())[1] == []


def test_our_own_log_goes_before_a_file_that_tells_of_our_pages(settings):
    [story] = stories(1)
    all_stored(NOON - 2 * DAY)
    site = story.item.url.split("/")[2].partition(":")[0]
    CoveredDay.objects.create(
        source="csv/visits", site=site, day=TODAY, whole=True, at=NOON
    )
    land(landings(story, 3, day=0))
    all_stored(NOON + 2 * DAY)
    assert daily([story.item], TODAY, TODAY + DAY) == {story.item_id: {TODAY: 3}}


def test_posts_that_waited_are_read_from_the_days_after_the_press():
    trial = a_running(POSTS, held=20, ends=TODAY + 39 * DAY)
    all_stored(NOON - 2 * DAY)
    made = stories(60, POSTS)
    difference = lived(trial, made, more=4, day=2)
    assert effect()["estimate"] == pytest.approx(difference)
    assert effect()["low"] > 0
