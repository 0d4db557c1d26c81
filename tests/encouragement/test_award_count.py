"""Counting a vote, whatever befalls the worker, and ballots cast all at once."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.db import connections
from django.utils import translation

from pesue.encouragement import steps
from pesue.encouragement.actions import award_rounds
from pesue.encouragement.actions.awards import AwardRefused
from pesue.encouragement.models import AwardRound, Voter, Win
from pesue.encouragement.steps import ballots as counting
from pesue.surveys import keys
from tests.make.awards import (
    CLOSED,
    VOTING,
    an_open_vote,
    category,
    counted,
    voted,
)

State = AwardRound.State


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    settings.DATA = tmp_path
    with translation.override("en"):
        yield


class Killed(BaseException):
    """As if the worker had been taken away in the midst."""


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "where", ["close", "decide", "Win.objects.bulk_create", "_sweep"]
)
def test_a_worker_killed_anywhere_counts_again_the_same(monkeypatch, where):
    found, (ana, kaj), people = an_open_vote()
    codes = voted(found, people[:7], ana) + voted(found, people[7:], kaj)

    def die(*_args, **_more):
        raise Killed

    with monkeypatch.context() as patched:
        if where.startswith("Win"):
            patched.setattr(type(Win.objects), "bulk_create", die)
        else:
            patched.setattr(counting, where, die)
        with pytest.raises(Killed):
            steps.count_votes(CLOSED)
    counted(found)
    assert found.codes == sorted(codes)
    assert Win.objects.get(runner_up=False).votes == 7
    assert not Voter.objects.exists()
    assert not list((configured.DATA / "ballots").iterdir())
    before = AwardRound.objects.values().get(pk=found.pk)
    steps.count_votes(CLOSED)
    assert AwardRound.objects.values().get(pk=found.pk) == before


@pytest.mark.django_db
def test_two_workers_count_once():
    found, (ana, kaj), people = an_open_vote()
    voted(found, people[:7], ana)
    voted(found, people[7:], kaj)
    other = AwardRound.objects.get(pk=found.pk)
    secret = keys.secret_of(configured.DATA / "ballots", found.pk, found.key)
    opened = counting._opened(found, secret)
    assert award_rounds.decide(found, opened, now=CLOSED)
    assert not award_rounds.decide(other, opened, now=CLOSED)
    assert Win.objects.filter(runner_up=False).count() == 1


@pytest.mark.thorough
@pytest.mark.django_db
def test_a_lost_key_is_told_and_ballots_are_destroyed():
    found, (ana, _kaj), people = an_open_vote()
    voted(found, people[:7], ana)
    for _pk, file in list(keys.kept(configured.DATA / "ballots")):
        file.unlink()
    steps.count_votes(CLOSED)
    found.refresh_from_db()
    assert found.state == State.VOTING, "its worker may come back"
    steps.count_votes(CLOSED + timedelta(days=8))
    found.refresh_from_db()
    assert found.lost
    assert found.outcome == {str(category(found).pk): "lost"}
    assert not Voter.objects.exists()


@pytest.mark.thorough
@pytest.mark.django_db
def test_a_box_that_was_tampered_with_is_told_of():
    found, (ana, kaj), people = an_open_vote()
    voted(found, people[:7], ana)
    voted(found, people[7:], kaj)
    Voter.objects.filter(member=people[0]).update(box="tampered")
    swapped = Voter.objects.get(member=people[1])
    swapped.box = swapped.box[:-8] + "AAAAAAAA"
    swapped.save()
    counted(found)
    assert (found.voted, found.unread) == (10, 2)


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_a_hundred_posts_at_once_by_one_voter_are_one_ballot():
    found, (ana, kaj), people = an_open_vote()
    voted(found, people[3:9], kaj)
    codes: list[str] = []
    many = 100
    gate = threading.Barrier(10)

    def post() -> None:
        gate.wait()
        for _n in range(many // 10):
            codes.extend(voted(found, [people[2]], ana))
        connections.close_all()

    threads = [threading.Thread(target=post) for _n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(codes) == many
    assert Voter.objects.filter(member=people[2]).count() == 1
    counted(found)
    assert found.voted == 7
    assert len(set(codes) & set(found.codes)) == 1


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_no_ballot_is_lost_between_the_last_vote_and_the_count():
    """Whoever got a code before it closed finds it; whoever did not was told so."""
    found, (ana, kaj), people = an_open_vote(30)
    voted(found, people[:6], kaj)
    given: dict[int, str] = {}
    refused: list[int] = []
    gate = threading.Barrier(5)

    def post(mine) -> None:
        gate.wait()
        for one in mine:
            try:
                [given[one.pk]] = voted(found, [one], ana)
            except AwardRefused:
                refused.append(one.pk)
        connections.close_all()

    def close() -> None:
        gate.wait()
        award_rounds.close(AwardRound.objects.get(pk=found.pk), now=VOTING)
        steps.count_votes(VOTING)
        connections.close_all()

    threads = [
        threading.Thread(target=post, args=(people[6 + n :: 4],)) for n in range(4)
    ]
    threads.append(threading.Thread(target=close))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.refresh_from_db()
    assert found.state == State.DECIDED
    assert set(given.values()) <= set(found.codes)
    assert len(found.codes) == 6 + len(given)
    assert len(given) + len(refused) == 24
