from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from pesue.content.canonical import host_of
from pesue.content.models import Source
from pesue.foundation.http import Unfetchable
from pesue.people.models import Member

State = Source.State


def add_source(url: str, *, by: Member | None, now: datetime, **fields: Any) -> Source:
    """Read this feed from now on; the same address twice is one source.

    Raises Unfetchable for what is not a web address; the rest shows at the first
    reading, on the source's page.
    """
    url = url.strip().partition("#")[0]
    url = f"https://{url.partition('://')[2]}" if url.startswith("feed://") else url
    if not url.startswith(("https://", "http://")):
        raise Unfetchable("scheme")
    host = host_of(url)
    if not host or len(url) > 1000:
        raise Unfetchable("address", url=url[:100])
    try:
        with transaction.atomic():
            return Source.objects.create(
                url=url,
                host=host,
                by=by,
                state=State.WAITING,
                state_since=now,
                added_at=now,
                next_at=now,
                **fields,
            )
    except IntegrityError:
        return Source.objects.get(url=url)


def stop(source: Source, *, now: datetime) -> None:
    """Read it no more; its items stay. Raises ForbiddenMove, LostRace."""
    source.move(State.STOPPED, now=now)


def read_soon(source: Source, *, now: datetime) -> None:
    """Read it at the worker's next turn, also after it was stopped.

    Raises ForbiddenMove, LostRace.
    """
    if source.state == State.STOPPED:
        source.move(State.WAITING, now=now, next_at=now, failures=0)
    else:
        Source.objects.filter(pk=source.pk, state=State.WAITING).update(next_at=now)
