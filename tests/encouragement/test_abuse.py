"""What somebody would try for points or praise, and what comes of it."""

import json
import re
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

import pesue
from pesue import worker
from pesue.content.actions import stories
from pesue.content.actions.videos import remove_video
from pesue.content.models import Story, Video
from pesue.encouragement import steps
from pesue.encouragement.actions import redemptions, thanks
from pesue.encouragement.models import Impact, Rule, Transfer
from pesue.encouragement.queries.ledger import balance, unbalanced
from pesue.reach.models import Message
from pesue.sharing import facts as sharing_facts
from pesue.sharing.actions.visits import store
from pesue.sharing.clicks.log import Click
from tests.make import NOON
from tests.make.content import a_story
from tests.make.encouragement import a_budget, a_rule
from tests.make.guidance import an_ask
from tests.make.people import a_lead, a_member, an_organisation
from tests.make.rewards import a_reward
from tests.make.told import a_told, some_readers

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def accepted(author, at=NOON):
    """A story of theirs that came into the library then."""
    state = {"state": Story.State.ACCEPTED, "state_since": at, "accepted_at": at}
    return a_story(author=author, **state)


def clicks(link: int, number: int, *, visitors: int) -> None:
    """So many within minutes, of so many browsers."""
    begun = int(NOON.timestamp() * 1000)
    names = [f"{n % visitors + 1:016x}" for n in range(number)]
    store(
        [
            Click(begun + n * 100, link, name, "", "phone", "x")
            for n, name in enumerate(names)
        ],
        now=NOON,
    )


def test_a_script_that_clicks_is_one_reader_and_earns_nothing():
    ana, budget = a_member(), a_budget()
    for fact in ("story.accepted", "ask.answered"):
        a_rule(fact, budget)
    link = some_readers(a_told(member=ana), 0, hits=0).link_id
    clicks(link, 1000, visitors=1)
    steps.tell_impact(NOON + HOUR)
    steps.earn(NOON + HOUR)
    assert [one.people for one in Impact.objects.all()] == [1]
    assert not Message.objects.exists()
    assert (balance(ana), Transfer.objects.filter(rule__isnull=False).count()) == (0, 0)


def test_a_script_of_many_addresses_earns_nothing_either():
    """It may say "600 people"; nothing that can be had hangs on it."""
    ana = a_member()
    a_rule()
    link = some_readers(a_told(member=ana), 0, hits=0).link_id
    clicks(link, 600, visitors=600)
    steps.tell_impact(NOON + HOUR)
    steps.earn(NOON + HOUR)
    assert Impact.objects.filter(people__gt=100).exists()
    assert not Transfer.objects.filter(rule__isnull=False).exists()


def test_a_ring_of_five_that_answers_itself_gets_the_months_cap_and_no_more():
    ring = [a_member(f"Ring {n}") for n in range(5)]
    a_rule("ask.answered", a_budget(10_000), amount=10, cap=30)
    for asker, answerer in permutations(ring, 2):
        for _turn in range(3):
            an_ask(
                asker=asker,
                answered_by=answerer,
                state="answered",
                state_since=NOON,
                verdict="go",
            )
    steps.earn(NOON + HOUR)
    assert [balance(one) for one in ring] == [30] * 5
    assert not unbalanced()


# --- A story that goes in and out


def test_withdrawn_for_a_minute_is_withdrawn():
    """Whoever makes it a draft again before the worker looks keeps nothing either."""
    ana = a_member()
    a_rule()
    story = accepted(ana)
    steps.earn(NOON)
    assert balance(ana) == 50
    stories.withdraw(story, now=NOON + HOUR)
    story.move(Story.State.DRAFT, now=NOON + HOUR)
    steps.take_back(NOON + 2 * HOUR)
    assert balance(ana) == 0
    story.move(Story.State.SENT, now=NOON + 3 * HOUR)
    story.move(Story.State.ACCEPTED, now=NOON + 3 * HOUR, accepted_at=NOON + 3 * HOUR)
    for step in (steps.earn, steps.take_back):
        step(NOON + 4 * HOUR)
    assert balance(ana) == 0  # a piece is paid once


def test_another_video_in_the_same_story_is_the_same_work():
    ana = a_member()
    a_rule("story.filmed")
    story = accepted(ana)
    made = {"state": Video.State.READY, "state_since": NOON}
    Video.objects.create(story=story, **made)
    steps.earn(NOON)
    stories.withdraw(story, now=NOON + HOUR)
    remove_video(story)  # before the worker looks
    steps.take_back(NOON + 2 * HOUR)
    assert balance(ana) == 0
    Video.objects.create(story=story, **made)
    again = {"state": Story.State.ACCEPTED, "accepted_at": NOON + 3 * HOUR}
    Story.objects.filter(pk=story.pk).update(**again, state_since=NOON + 3 * HOUR)
    steps.earn(NOON + 4 * HOUR)
    assert balance(ana) == 0


@pytest.mark.parametrize("spent", [False, True])
def test_points_are_not_hidden_in_a_wish(spent):
    """Asked for, so that the points are set aside; the story withdrawn; the wish too.

    What had been set aside is taken when it is back. What somebody has got by then,
    and what others earned since, stays.
    """
    ana, lead = a_member(), a_lead()
    a_rule()
    story = accepted(ana)
    steps.earn(NOON)
    claim = redemptions.ask(ana, a_reward(), price=50, once="a", now=NOON)
    if spent:
        redemptions.approve(claim, by=lead, now=NOON)
        redemptions.give(claim, by=lead, now=NOON)
    stories.withdraw(story, now=NOON + HOUR / 2)
    worker.run(steps.take_back, NOON + HOUR)
    if not spent:
        redemptions.withdraw(claim, now=NOON + 2 * HOUR)
        assert balance(ana) == 50
    accepted(ana, at=NOON + 2 * HOUR)
    steps.earn(NOON + 3 * HOUR)
    for hours in (3, 4):
        worker.run(steps.take_back, NOON + hours * HOUR)
    assert balance(ana) == 50  # of the second story alone
    assert not unbalanced()


# --- Rules on what is done on a network


def test_no_forged_field_makes_an_act_on_a_network_earn(client):
    """Neither by a page of its own, nor in the form of another kind of work."""
    an_organisation()
    lead, day = a_lead(language="en"), localdate() + timedelta(days=1)
    budget = a_budget(ends=day + timedelta(days=30), owner=lead)
    client.force_login(lead)
    good = {"story.accepted-amount": "5", "story.accepted-cap": "5"}
    for fact in sorted(fact.name for fact in sharing_facts.FACTS):
        bad = {f"{fact}-amount": "5", f"{fact}-cap": "5"}
        told = {**good, **bad, "budget": budget.pk, "starts_on": str(day)}
        address = f"/encouragement/rules/{fact}"
        assert client.post(address, told).status_code == 404
        client.post("/encouragement/rules/story.accepted", told)
        client.post("/encouragement/laboratory", told)
    assert [rule.fact for rule in Rule.objects.all()] == ["story.accepted"]


def test_a_file_with_such_a_rule_is_not_taken_in(tmp_path):
    """As little as a dump, whoever wrote it: the database has a check of its own."""
    row = {"fact": "share.published", "made_at": "2026-03-02T12:00:00Z"}
    path = tmp_path / "rules.json"
    path.write_text(json.dumps([{"model": "pesue.rule", "pk": 1, "fields": row}]))
    with pytest.raises(IntegrityError), transaction.atomic():
        call_command("loaddata", path, verbosity=0)
    assert not Rule.objects.exists()


def test_rules_are_made_in_one_place_alone():
    """So no door and no import can make one past the refusals."""
    house = Path(pesue.__file__).parent
    makes = re.compile(
        r"\bRule\.objects\.\w*create|\bRuleVersion(\.objects\.\w*create|\()"
    )
    places = [
        str(path.relative_to(house))
        for path in house.rglob("*.py")
        if path.parent.name != "migrations" and makes.search(path.read_text())
    ]
    rules, models = "encouragement/actions/rules.py", "encouragement/models/rules.py"
    assert sorted(places) == [rules, models]


# --- Thanks as a flood


def test_a_flood_of_thanks_ends_and_tells_each_once():
    """A script that thanks one colleague a hundred times, in other words each time."""
    giver, receiver = a_member(), a_member()
    refused = 0
    for n in range(100):
        try:
            thanks.give(giver, receiver, what=f"For {n}", now=NOON)
        except thanks.Enough:
            refused += 1
    assert refused == 100 - thanks.MOST_A_DAY
    mails = Message.objects.filter(member=receiver, kind="thanks")
    assert mails.count() <= thanks.MOST_A_DAY
    assert not Transfer.objects.exists()
