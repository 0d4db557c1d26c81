"""The roll and the key of each vote; and counting it, all ballots at once."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from pesue.encouragement.actions.award_rounds import Ballots, close, decide
from pesue.encouragement.models import AwardRound, Voter
from pesue.encouragement.queries.awards import scope
from pesue.people.models import Member
from pesue.surveys import keys
from pesue.surveys.sealing import Unreadable, new_keys, unseal

PATIENCE = timedelta(days=7)  # for the worker with the key to come back
BATCH = 1000
State = AwardRound.State


def _folder() -> Path:
    """On this worker's own disk, and in no backup."""
    found: Path = settings.DATA / "ballots"
    return found


def open_votes(now: datetime) -> int:
    """Make the roll and the key of each vote that has begun: the key is kept here
    first, and told together with the roll. From then on nobody comes onto it."""
    made = 0
    for found in AwardRound.objects.filter(state=State.VOTING, key="", closed_at=None):
        secret, public = new_keys()
        keys.keep(_folder(), found.pk, public, secret)
        with transaction.atomic():
            # Where another worker was the first, the sweep takes our key away.
            mine = AwardRound.objects.filter(pk=found.pk, state=State.VOTING, key="")
            if mine.update(key=public):
                people = scope(found.award).order_by("pk").values_list("pk", flat=True)
                roll = (Voter(round=found, member_id=pk) for pk in people.iterator())
                rows = len(Voter.objects.bulk_create(roll, batch_size=BATCH))
                AwardRound.objects.filter(pk=found.pk).update(on_roll=rows)
                made += 1
    return made


def count_votes(now: datetime) -> int:
    """Close and count the votes whose time is over. Only the worker with the key can.

    A worker that is killed on the way has changed nothing: the next one counts again.
    """
    looked = 0
    for found in AwardRound.objects.filter(state=State.VOTING).defer("codes"):
        if found.closed_at is None and localdate(now) <= found.vote_until:
            continue
        close(found, now=now)
        secret = keys.secret_of(_folder(), found.pk, found.key)
        if secret or not found.key:
            decide(found, _opened(found, secret), now=now)
            looked += 1
        elif found.vote_until < localdate(now - PATIENCE):
            _give_up(found, now)
            looked += 1
    _sweep()
    return looked


def _opened(found: AwardRound, secret: str) -> Ballots:
    """Of those who are here still: whoever has left took theirs along."""
    here = Voter.objects.filter(round=found, member__state=Member.State.ACTIVE)
    said, unread = [], 0
    for box in here.exclude(box="").values_list("box", flat=True).iterator(BATCH):
        try:
            said.append(unseal(secret, found.pk, box))
        except Unreadable:
            unread += 1
    return Ballots(said, unread)


def _give_up(found: AwardRound, now: datetime) -> None:
    """The key is gone for good: the jury alone decides, if there is one."""
    AwardRound.objects.filter(pk=found.pk).update(lost=True)
    found.lost = True
    decide(found, None, now=now)


def _sweep() -> None:
    """Destroy the keys of what was counted, given up or called off.

    Last, so that a worker killed before it does it the next time.
    """
    here = list(keys.kept(_folder()))
    known = AwardRound.objects.defer("codes").in_bulk([pk for pk, _file in here])
    for pk, file in here:
        row = known.get(pk)
        waits = row and row.state == State.VOTING
        ours = row and (not row.key or keys.is_of(file, pk, row.key))
        if not (waits and ours):
            keys.destroy(file)
