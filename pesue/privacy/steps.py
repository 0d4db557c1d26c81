"""What the worker does in this room. Each step may be run again at any time."""

from datetime import datetime
from itertools import islice

from pesue.foundation.http import client
from pesue.foundation.moves import LostRace
from pesue.people.models import Member
from pesue.privacy.actions import erasing
from pesue.privacy.actions.export import media
from pesue.privacy.queries import HIDDEN, Holding, holdings
from pesue.sharing.models import Account

BATCH = 200  # rows or people of one turn and table
GONE = [Member.State.LEFT, Member.State.ERASED]


def expire(now: datetime) -> int:
    """Let go of what was held about those who left, each table in its time."""
    _close_accounts(now)
    done = sum(_expire(holding, now=now) for holding in holdings())
    over = Member.objects.filter(
        state=Member.State.LEFT, state_since__lt=now - Member.HELD.keep
    )
    for member in over.order_by("pk")[:BATCH]:
        files, unchecked = media(member), erasing.uploads(member)
        try:
            erasing.drafts(member)
            erasing.empty(member, now=now)
        except LostRace:  # they have just come back
            continue
        erasing.remove_files(files, unchecked)
        done += 1
    return done


def _expire(holding: Holding, *, now: datetime) -> int:
    """Up to BATCH rows of one table, by each field that tells whose they are."""
    if holding.model is Member:
        return 0
    done = _expire_hidden(holding, now=now) if holding.model in HIDDEN else 0
    for name in (*holding.mine, *holding.named):
        if name in holding.mine and holding.held.then == "unname":
            continue  # stays, and points to an empty shell
        rows = holding.model._default_manager.filter(
            **{
                f"{name}__state__in": GONE,
                f"{name}__state_since__lt": now - holding.held.keep,
            }
        )
        ids = list(rows.values_list("pk", flat=True)[:BATCH])
        found = holding.model._default_manager.filter(pk__in=ids)
        if name in holding.mine:
            found.delete()
        else:
            found.update(**{name: None})
        done += len(ids)
    return done


def _expire_hidden(holding: Holding, *, now: datetime) -> int:
    """Rows that name nobody: of all who left and whose page stands still."""
    left = Member.objects.filter(
        state=Member.State.LEFT, state_since__lt=now - holding.held.keep
    )
    done = 0
    ids = left.values_list("pk", flat=True).iterator(BATCH)
    while some := list(islice(ids, BATCH)):
        done += erasing.let_go(holding, some)
    return done


def _close_accounts(now: datetime) -> None:
    """Tell the networks before the tokens are erased with their rows."""
    left = Account.objects.filter(
        member__state__in=GONE,
        member__state_since__lt=now - Account.HELD.keep,
        state=Account.State.CONNECTED,
    )
    some = list(left[:BATCH])
    if some:
        with client(seconds=10) as http:
            erasing.let_go_of_accounts(some, now=now, http=http)
