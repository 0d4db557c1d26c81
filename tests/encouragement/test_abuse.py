"""What somebody would try for points or praise, and what comes of it."""

from datetime import timedelta
from itertools import permutations

import pytest

from pesue.encouragement import steps
from pesue.encouragement.models import Impact, Transfer
from pesue.encouragement.queries.ledger import balance, unbalanced
from pesue.reach.models import Message
from pesue.sharing.actions.visits import store
from pesue.sharing.clicks.log import Click
from tests.make import NOON
from tests.make.encouragement import a_budget, a_rule
from tests.make.guidance import an_ask
from tests.make.people import a_member
from tests.make.told import a_told, some_readers

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


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
