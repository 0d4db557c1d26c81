"""Systems that send the same at the same time, as one does that did not wait."""

from datetime import timedelta
from functools import partial

import pytest

from pesue.measurement.actions.senders import receive
from pesue.measurement.models import Happened, Heard
from tests.encouragement.test_ledger_at_once import at_once
from tests.make import NOON
from tests.make.outside import a_sender
from tests.make.people import a_lead
from tests.measurement.test_senders import json, links_of, one

pytestmark = pytest.mark.django_db(transaction=True)
APRIL = NOON + timedelta(days=28)
MANY = 6


def test_the_same_key_at_once_counts_once_and_different_ones_are_all_counted():
    sender, _ = a_sender(a_lead())
    slugs, taken = links_of(2), []

    def send(mine: int) -> None:
        same = [one(slug, f"same-{slug}") for slug in slugs]
        rows = [*same, one(slugs[0], f"own-{mine}", number=5)]
        if mine % 2:  # the other way round: nobody waits in a ring
            rows.reverse()
        body = json.dumps({"outcomes": rows}).encode()
        taken.append(receive(sender, body, now=APRIL))

    at_once(*(partial(send, mine) for mine in range(MANY)))
    assert sum(one.counted for one in taken) == 2 + MANY
    assert sum(one.repeated for one in taken) == 2 * (MANY - 1)
    numbers = Happened.objects.order_by("link").values_list("number", flat=True)
    assert list(numbers) == [2 + 5 * MANY, 2]
    assert Heard.objects.count() == 2 + MANY
