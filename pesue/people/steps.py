"""What the worker does in this room. Each step may be run again at any time."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from pesue.foundation.moves import LostRace
from pesue.people.actions import imports
from pesue.people.models import ImportRow, Invitation, PeopleImport

State = PeopleImport.State
AT_ONCE = 10.0  # seconds of one turn, so that a worker that is to end can end
ROWS_KEPT = timedelta(days=14)  # of an import that is over
FILES_KEPT = timedelta(hours=1)  # longer than an upload takes
SOME = 1000  # rows of one table that one turn deletes
LATELY = timedelta(days=1)


def work_imports(now: datetime) -> int:
    """Read, judge and take in lists of people, a while at a time."""
    waiting = PeopleImport.objects.filter(state__in=[State.UPLOADED, State.CONFIRMED])
    worked = 0
    for batch in waiting.order_by("pk"):
        try:
            worked += imports.work(batch, now=now, seconds=AT_ONCE)
        except LostRace:  # another worker has it, or somebody withdrew it
            continue
    return worked


def forget_imports(now: datetime) -> int:
    """Delete the rows of lists that are over, lists that nobody answered, and files
    that nobody will read."""
    old = now - ROWS_KEPT
    for batch in PeopleImport.objects.filter(state=State.CHECKED, state_since__lt=old):
        imports.withdraw(batch, now=now)
    over = PeopleImport.objects.filter(
        state__in=[State.DONE, State.WITHDRAWN, State.REFUSED], state_since__lt=old
    )
    rows = ImportRow.objects.filter(batch__in=over).values_list("pk", flat=True)[:5000]
    gone, _each = ImportRow.objects.filter(pk__in=list(rows)).delete()
    return gone + imports.sweep(before=now - FILES_KEPT)


def forget_ways_in(now: datetime) -> int:
    """Delete sessions that are over, what told of them, and old invitations.

    An invitation holds the name and address of somebody who may never have come.
    The tables are looked through in the first minute of an hour, not every second.
    """
    if now.minute:
        return 0
    over = Session.objects.filter(expire_date__lt=now)
    going_on = Session.objects.filter(session_key=OuterRef("session_key"))
    ended = UserSession.objects.filter(~Exists(going_on), created_at__lt=now - LATELY)
    old = Invitation.objects.filter(ends_at__lt=now - Invitation.HELD.keep)
    gone = 0
    for rows in (over, ended, old):
        some = list(rows.values_list("pk", flat=True)[:SOME])
        gone += rows.model._default_manager.filter(pk__in=some).delete()[0]
    return gone
