"""Claims at the same moment: never oversold, nothing lost, nothing twice."""

import threading
from collections import Counter

import pytest
from django.db import connection, connections

from pesue.encouragement.actions import redemptions
from pesue.encouragement.actions.refusals import NotDone
from pesue.encouragement.models import Given, Purse, Redemption, Reward
from pesue.encouragement.queries import ledger
from pesue.people.models import Member
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.people import a_lead, a_member
from tests.make.rewards import a_claim, a_reward, balance_of, points

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(works) -> Counter[str]:
    """Each in a thread and on a connection of its own; how they ended."""
    start, ends = threading.Barrier(len(works)), list[str]()

    def run(work):
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            work()
            ends.append("done")
        except Exception as error:
            ends.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return Counter(ends)


@pytest.mark.thorough
def test_a_hundred_want_the_ten_there_are():
    reward = a_reward(stock=10)
    people = [a_member() for _ in range(90)]
    for member in people:
        points(member, 50)

    def asking(member):
        def ask():
            fresh, mine = (
                Reward.objects.get(pk=reward.pk),
                Member.objects.get(pk=member.pk),
            )
            redemptions.ask(mine, fresh, price=50, once="a", now=NOON)

        return ask

    # Ten of them press twice: a hundred claims.
    ends = at_once([asking(one) for one in [*people, *people[:10]]])
    assert set(ends) <= {"done", NotDone.__name__}
    reward.refresh_from_db()
    assert (reward.stock, Redemption.objects.count()) == (0, 10)
    assert balance_of("held") == 500
    assert sum(Purse.objects.values_list("balance", flat=True)) == 0
    assert not ledger.unbalanced().exists()
    for member in people:
        has = Redemption.objects.filter(member=member).count()
        assert ledger.balance(member) == 50 - 50 * has


def test_points_are_spent_once():
    member, rewards = a_member(), [a_reward() for _ in range(6)]
    points(member, 120)
    ends = at_once(
        [
            lambda one=one: redemptions.ask(
                Member.objects.get(pk=member.pk),
                one,
                price=50,
                once=str(one.pk),
                now=NOON,
            )
            for one in rewards
        ]
    )
    assert ends == {"done": 2, "NotDone": 4}
    assert (ledger.balance(member), balance_of("held")) == (20, 100)


def test_answered_taken_back_and_given_at_once_is_one_of_them():
    claim = a_claim(reward=a_reward(stock=1))
    leads = [a_lead(), a_lead()]

    def mine():
        return Redemption.objects.get(pk=claim.pk)

    ends = at_once(
        [
            lambda: redemptions.withdraw(mine(), now=NOON),
            lambda: redemptions.decline(mine(), by=leads[0], answer="No.", now=NOON),
            lambda: redemptions.decline(mine(), by=leads[1], answer="No.", now=NOON),
        ]
    )
    assert ends == {"done": 1, "NotDone": 2}
    assert (balance_of("held"), ledger.balance(claim.member)) == (0, 50)
    assert Reward.objects.get().stock == 1


def test_given_twice_at_once_is_given_once():
    claim, leads = a_claim(), [a_lead() for _ in range(4)]
    redemptions.approve(claim, by=leads[0], now=NOON)
    Message.objects.all().delete()
    ends = at_once(
        [
            lambda lead=lead: redemptions.give(
                Redemption.objects.get(pk=claim.pk), by=lead, now=NOON
            )
            for lead in leads
        ]
    )
    assert ends == {"done": 1, "NotDone": 3}
    assert (Given.objects.count(), Message.objects.count()) == (1, 1)
    assert balance_of("spent") == 50
