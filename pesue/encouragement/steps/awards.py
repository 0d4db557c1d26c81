"""Moving awards on by their dates, telling people, and letting go."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from django.db import transaction
from django.utils.timezone import localdate

from pesue.encouragement.actions.award_rounds import go_on
from pesue.encouragement.actions.awards import AwardRefused
from pesue.encouragement.messages import awards as messages
from pesue.encouragement.models import Aside, AwardNominee, AwardRound, Juror, Win
from pesue.encouragement.queries.awards import scope
from pesue.people.models import Member

State = AwardRound.State


class Write(Protocol):
    def __call__(self, found: AwardRound, member: Member, *, now: datetime) -> None: ...


KEPT = timedelta(days=90)  # nominations and scores, from the day it is published
BATCH = 500


def move_awards(now: datetime) -> int:
    """Take the next step where the last day of this one is over.

    A person begins a round, and votes are closed where they are counted.
    Where something is missing for it, it waits: its page says what for.
    """
    moved = 0
    by_date = (State.NOMINATING, State.JUDGING, State.DECIDED)
    live = AwardRound.objects.filter(state__in=by_date)
    for found in live.select_related("award__team").defer("codes"):
        ends = found.ends_on()
        if ends is None or localdate(now) <= ends:
            continue
        try:
            go_on(found, now=now)
        except AwardRefused:
            continue
        moved += 1
    return moved


def tell_awards(now: datetime) -> int:
    """Write of the step each round has come to; each mail once. Returns how many
    rounds were told of."""
    tellers: dict[str, Callable[[AwardRound, datetime], None]] = {
        State.NOMINATING: _tell_call,
        State.JUDGING: _tell_jury,
        State.VOTING: _tell_vote,
        State.DECIDED: _tell_winners,
        State.PUBLISHED: _tell_result,
    }
    told = 0
    for state, teller in tellers.items():
        rows = AwardRound.objects.filter(state=state).exclude(told=state)
        for found in rows.select_related("award__team").defer("codes"):
            if state == State.VOTING and not found.key:
                continue  # its roll is not made yet
            teller(found, now)
            AwardRound.objects.filter(pk=found.pk, state=state).update(told=state)
            told += 1
    return told


def _tell_call(found: AwardRound, now: datetime) -> None:
    _to_all(messages.called, found, now)


def _tell_vote(found: AwardRound, now: datetime) -> None:
    _to_all(messages.vote_open, found, now)


def _tell_result(found: AwardRound, now: datetime) -> None:
    _to_all(messages.published, found, now)


def _to_all(write: Write, found: AwardRound, now: datetime) -> None:
    """In turns of BATCH, so that a large house holds up no other writer."""
    after = 0
    people = scope(found.award).order_by("pk")
    while batch := list(people.filter(pk__gt=after)[:BATCH]):
        with transaction.atomic():
            for member in batch:
                write(found, member, now=now)
        after = batch[-1].pk


def _tell_jury(found: AwardRound, now: datetime) -> None:
    rows = Juror.objects.filter(round=found, member__state=Member.State.ACTIVE)
    for juror in rows.select_related("member", "round__award"):
        messages.to_judge(juror, now=now)


def _tell_winners(found: AwardRound, now: datetime) -> None:
    wins = Win.objects.filter(round=found)
    for win in wins.select_related("member", "category", "round__award"):
        for member in _of(win):
            messages.won(win, member, now=now)


def _of(win: Win) -> list[Member]:
    """The member, or everybody of the team."""
    if win.member:
        return [win.member] if win.member.is_active else []
    return list(Member.objects.filter(state=Member.State.ACTIVE, team=win.team_id))


def forget_awards(now: datetime) -> int:
    """Let go of who was named and how they were scored, some time after the result."""
    over = AwardRound.objects.filter(state__in=AwardRound.OVER)
    Aside.objects.filter(round__in=over).delete()
    over = over.filter(state_since__lt=now - KEPT)
    rows = AwardNominee.objects.filter(round__in=over)
    ids = list(rows.values_list("pk", flat=True)[:BATCH])
    if ids:
        AwardNominee.objects.filter(pk__in=ids).delete()
        Juror.objects.filter(round__in=over).delete()
    return len(ids)
