"""Bringing a list of people in: read, judged, shown, and taken in after a yes."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.foundation.tables import NotReadable
from pesue.people import tables
from pesue.people.actions import taking_in
from pesue.people.actions.refusals import Refused
from pesue.people.models import ImportRow, Member, PeopleImport

State = PeopleImport.State
Kind = ImportRow.Kind
BATCH = 1000  # rows of one transaction
HELD_FOR = timedelta(minutes=2)  # by a worker, from its last batch on
MOST_BYTES = 200_000_000


def uploads() -> Path:
    folder = Path(settings.DATA) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def upload(
    pieces: Iterable[bytes], *, name: str, by: Member | None, now: datetime
) -> PeopleImport:
    """Keep the file; a worker reads it. Raises Refused when it is too large."""
    file = f"people-{secrets.token_hex(12)}.csv"
    path, size = uploads() / file, 0
    with path.open("wb") as kept:
        for piece in pieces:
            size += len(piece)
            if size > MOST_BYTES:
                break
            kept.write(piece)
    if size > MOST_BYTES:
        path.unlink()
        raise Refused(_("The file is over 200 MB. Split it into smaller ones."))
    return PeopleImport.objects.create(
        by=by,
        at=now,
        name=name[:200],
        file=file,
        size=size,
        state=State.UPLOADED,
        state_since=now,
    )


def confirm(batch: PeopleImport, *, invite: bool, now: datetime) -> None:
    """Yes: take the good rows in. Raises Refused when it has been answered before."""
    try:
        batch.move(State.CONFIRMED, now=now, invite=invite, taken_until=None)
    except (LostRace, ForbiddenMove) as error:
        raise Refused(_("This list has been answered already.")) from error


def withdraw(batch: PeopleImport, *, now: datetime) -> None:
    """Not now: nothing of it is imported. Raises Refused when it is too late."""
    try:
        batch.move(State.WITHDRAWN, now=now)
    except (LostRace, ForbiddenMove) as error:
        raise Refused(_("This list has been answered already.")) from error
    forget_file(batch)


def work(batch: PeopleImport, *, now: datetime, seconds: float) -> bool:
    """Work on it for about so long; False when there is nothing to do for us.

    Safe to be killed anywhere and to be run again: each batch of rows is stored
    together with how far we are, and only by the worker who holds the import.
    """
    if batch.state not in (State.UPLOADED, State.CONFIRMED):
        return False
    free = Q(taken_until__isnull=True) | Q(taken_until__lt=now)
    mine = PeopleImport.objects.filter(free, pk=batch.pk, state=batch.state)
    if not mine.update(taken_until=now + HELD_FOR):
        return False
    batch.refresh_from_db()
    begun = monotonic()
    act = _check if batch.state == State.UPLOADED else taking_in.take_in
    for over in act(batch, now=now):
        if over or monotonic() - begun > seconds:
            break
        _keep_holding(batch, now=now + timedelta(seconds=monotonic() - begun))
    PeopleImport.objects.filter(pk=batch.pk, taken_until=batch.taken_until).update(
        taken_until=None
    )
    batch.refresh_from_db()
    return True


def _keep_holding(batch: PeopleImport, *, now: datetime) -> None:
    """Hold it a little longer. Raises LostRace when another worker has it."""
    until = now + HELD_FOR
    mine = PeopleImport.objects.filter(pk=batch.pk, taken_until=batch.taken_until)
    if not mine.update(taken_until=until):
        raise LostRace(f"{batch} is worked on elsewhere")
    batch.taken_until = until


def _check(batch: PeopleImport, *, now: datetime) -> Iterator[bool]:
    """Read and judge the next rows, batch by batch; True when that was the last."""
    path = uploads() / batch.file
    try:
        encoding = batch.encoding or tables.encoding_of(path)
        rows = islice(tables.read(path, encoding), batch.rows, None)
        while some := list(islice(rows, BATCH)):
            _store(batch, some, encoding=encoding)
            yield False
        if not batch.rows:
            raise NotReadable("empty")
    except (NotReadable, FileNotFoundError) as no:
        reason = no.reason if isinstance(no, NotReadable) else "gone"
        about = no.about if isinstance(no, NotReadable) else ""
        batch.move(State.REFUSED, now=now, reason=reason, about=about[:200])
        ImportRow.objects.filter(batch=batch).delete()
    else:
        batch.move(State.CHECKED, now=now)
    forget_file(batch)
    yield True


def _store(batch: PeopleImport, some: list[tables.Row], *, encoding: str) -> None:
    """One transaction: the judged rows, and how far we have read."""
    emails = [row.email for row in some]
    with transaction.atomic():
        known = dict(
            Member.objects.filter(email__in=emails).values_list("email", "state")
        )
        seen = dict(
            ImportRow.objects.filter(batch=batch, email__in=emails)
            .exclude(kind=Kind.BAD)
            .values_list("email", "line")
        )
        judged = []
        for row in some:
            stored = _judged(batch, row, known=known, seen=seen)
            judged.append(stored)
            if stored.kind != Kind.BAD:
                seen[stored.email] = stored.line
        ImportRow.objects.bulk_create(judged)
        batch.rows += len(some)
        batch.bad += sum(row.kind == Kind.BAD for row in judged)
        batch.encoding = encoding
        mine = PeopleImport.objects.filter(pk=batch.pk, taken_until=batch.taken_until)
        if not mine.update(rows=batch.rows, bad=batch.bad, encoding=encoding):
            raise LostRace(f"{batch} is worked on elsewhere")


def _judged(
    batch: PeopleImport, row: tables.Row, *, known: dict[str, str], seen: dict[str, int]
) -> ImportRow:
    """The row as it will be stored: new, known, or bad and why."""
    problem, about = _problem(row, known=known, seen=seen)
    kind = Kind.BAD if problem else Kind.KNOWN if row.email in known else Kind.NEW
    return ImportRow(
        batch=batch,
        number=row.number,
        line=row.line,
        kind=kind,
        email=row.email[:254],
        name=row.name[:100],
        title=row.title[:100],
        team=row.team[:500],
        language=tables.LANGUAGES.get(row.language.casefold(), ""),
        problem=problem,
        about=about[:200],
    )


def _problem(
    row: tables.Row, *, known: dict[str, str], seen: dict[str, int]
) -> tuple[str, str]:
    """A key of PROBLEMS and what fills its sentence; two empty texts if all is well."""
    if not row.email:
        return "no email", ""
    try:
        validate_email(row.email)
    except ValidationError:
        return "bad email", row.email
    if not row.name:
        return "no name", ""
    for text, most in [(row.name, 100), (row.title, 100), (row.email, 254)]:
        if len(text) > most:
            return "long", text[:60]
    if any(len(name) > 100 for name in tables.team_names(row.team)):
        return "long", row.team[:60]
    if row.language and row.language.casefold() not in tables.LANGUAGES:
        return "language", row.language
    if row.email in seen:
        return "twice", str(seen[row.email])
    if known.get(row.email) == Member.State.LEFT:
        return "left", ""
    return "", ""


def forget_file(batch: PeopleImport) -> None:
    (uploads() / batch.file).unlink(missing_ok=True)


def sweep(*, before: datetime) -> int:
    """Delete files written before that moment which no list waits to be read from.

    Whoever is killed after a file is written, or before it is forgotten, leaves one.
    """
    # Files first: one that comes now is young, and its row may come in a moment.
    old = [
        path
        for path in uploads().glob("people-*.csv")
        if path.stat().st_mtime < before.timestamp()
    ]
    if not old:
        return 0
    waiting = PeopleImport.objects.filter(state=State.UPLOADED)
    needed = set(waiting.values_list("file", flat=True))
    over = [path for path in old if path.name not in needed]
    for path in over:
        path.unlink(missing_ok=True)
    return len(over)
