"""The ledger with several at work on it at once, and with one killed in the midst."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pesue import worker
from pesue.content.models import Story
from pesue.encouragement import steps
from pesue.encouragement.actions import ledger
from pesue.encouragement.models import Purse, Transfer
from pesue.encouragement.queries.ledger import balance, entries, unbalanced
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.content import a_story
from tests.make.encouragement import a_budget, a_rule, some_points
from tests.make.people import a_member

ROOT = Path(__file__).parents[2]
PURSES = 3
MOVE = st.tuples(
    st.integers(0, PURSES),  # 0: the house
    st.integers(0, PURSES),
    st.integers(1, 40),
    st.sampled_from(["", "", "a", "b"]),  # what is done once, whoever comes first
).filter(lambda move: move[0] != move[1])
KILLED = """
import os, signal, sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from datetime import datetime
from pesue.encouragement import steps
from pesue.encouragement.messages import earned
told = earned.earned
def told_or_killed(transfer, member, *, now):
    if transfer.credit_after >= 50 and transfer.debit_nr == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    told(transfer, member, now=now)
earned.earned = told_or_killed
steps.earn(datetime.fromisoformat(sys.argv[2]))
"""


def at_once(*works):
    """Each in a thread with a connection of its own, all let go at one moment."""
    start, fell = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait(timeout=30)
            work()
        except Exception as error:  # for the test to see
            fell.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not fell, fell


def check(purses):
    """The chains are whole, and say what the balances and the sums say."""
    assert not unbalanced()
    for purse in purses:
        purse.refresh_from_db()
        found = entries(purse, most=10_000)[::-1]
        assert [entry.nr for entry in found] == list(range(1, purse.moves + 1))
        after = 0
        for entry in found:
            after += entry.amount
            assert entry.after == after
            assert after >= 0 or purse.may_owe
        assert purse.balance == after


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.lists(MOVE, max_size=6), min_size=2, max_size=4))
def test_after_any_interleaving_the_balances_are_the_sums(plans):
    house = ledger.house("point")
    purses = [house, *(ledger.purse(a_member(), "point") for _ in range(PURSES))]
    before, done = Transfer.objects.count(), []

    def worker(plan):
        def work():
            own = [Purse.objects.get(pk=purse.pk) for purse in purses]
            for debit, credit, amount, once in plan:
                try:
                    made = ledger.transfer(
                        debit=own[debit],
                        credit=own[credit],
                        amount=amount,
                        reason="x",
                        now=NOON,
                        once=once and f"{once}:{purses[1].pk}",
                    )
                except ledger.NotEnough:
                    continue
                if made:
                    done.append((made.pk, made.once))

        return work

    at_once(*(worker(plan) for plan in plans))
    check(purses)
    assert Transfer.objects.count() - before == len(
        done
    )  # nothing lost, nothing double
    assert max(Counter(once for _pk, once in done if once).values(), default=1) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_spend_the_same_points_one_is_refused():
    ana, spent = a_member(), ledger.named(Purse.Kind.SPENT, "point", "spent")
    some_points(ana, 50)
    refused = []

    def spend():
        purse = ledger.purse(ana, "point")
        to = Purse.objects.get(pk=spent.pk)
        try:
            ledger.transfer(debit=purse, credit=to, amount=30, reason="x", now=NOON)
        except ledger.NotEnough as refusal:
            refused.append(refusal.has)

    at_once(spend, spend)
    assert refused == [20]
    check(Purse.objects.all())


@pytest.mark.django_db(transaction=True)
def test_two_workers_pay_each_piece_once_and_neither_cap_nor_budget_twice():
    people = [a_member() for _ in range(3)]
    a_rule(budget=a_budget(270), amount=50, cap=100)
    for nr in range(9):  # three each: two within the cap, and budget for five in all
        at = NOON + timedelta(minutes=nr)
        state = {"state": Story.State.ACCEPTED, "state_since": at, "accepted_at": at}
        a_story(author=people[nr % 3], **state)
    later = NOON + timedelta(hours=1)
    # As the worker does: a step that could not get its turn is run again.
    at_once(*[lambda: worker.run(steps.earn, later)] * 2)
    steps.earn(later)
    assert sorted(balance(who) for who in people) == [50, 100, 100]
    assert Message.objects.filter(kind="earned").count() == 5
    assert Message.objects.filter(kind="budgets").count() == 1
    check(Purse.objects.all())


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_ledger_and_mail_loses_and_doubles_nothing():
    people = [a_member() for _ in range(3)]
    a_rule()
    for who in people:
        state = {"state": Story.State.ACCEPTED, "state_since": NOON}
        a_story(author=who, accepted_at=NOON, **state)
    name = str(connection.settings_dict["NAME"])
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, name, NOON.isoformat()],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL
    for _ in range(2):
        check(Purse.objects.all())
        paid = Transfer.objects.filter(rule__isnull=False).count()
        assert Message.objects.filter(kind="earned").count() == paid
        steps.earn(NOON)
    assert [balance(who) for who in people] == [50, 50, 50]
