"""Asking and answering at the same moment."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from pesue.foundation.moves import LostRace
from pesue.guidance.actions import asks
from pesue.guidance.models import Ask, Known
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.guidance import a_topic, an_ask
from tests.make.people import a_member

LATER = NOON + timedelta(days=1)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_exactly_one_answers():
    topic, people = a_topic(), [a_member(), a_member()]
    topic.owners.set(people)
    ask = an_ask(topic=topic)
    start, went = threading.Barrier(2), []

    def answering(owner):
        mine = Ask.objects.get(pk=ask.pk)
        start.wait(timeout=10)
        try:
            asks.answer(
                mine, by=owner, verdict="go", words="", known_as="Q?", now=LATER
            )
            went.append(owner.pk)
        except LostRace:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=answering, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    ask.refresh_from_db()
    assert went == [ask.answered_by_id]
    assert (Known.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_ask_once():
    topic, asker = a_topic(), a_member()
    topic.owners.add(a_member())
    start = threading.Barrier(2)

    def asking():
        start.wait(timeout=10)
        try:
            asks.ask(asker, topic, "May I?", now=NOON)
        finally:
            connection.close()

    threads = [threading.Thread(target=asking) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert (Ask.objects.count(), Message.objects.count()) == (1, 1)
