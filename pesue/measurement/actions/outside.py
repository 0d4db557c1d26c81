"""Bringing numbers in from outside: read, shown, and kept after a yes."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext as _

from pesue.content.models import Item
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.measurement.actions import keeping
from pesue.measurement.models import OutsideFile
from pesue.measurement.outside import afterwards, channels, visits, weblog
from pesue.measurement.outside.addresses import Addresses, site_of
from pesue.measurement.outside.found import Asked, Found
from pesue.measurement.outside.sums import Kept, Sums
from pesue.measurement.outside.tables import NotReadable
from pesue.people.models import Member
from pesue.sharing.channels import CHANNELS
from pesue.sharing.models import Link

What, State = OutsideFile.What, OutsideFile.State
UNPACKED = 5  # times the largest upload that a packed file may hold, brought by a page


class Refused(Exception):
    """It cannot be done; the text says why, in words for the one who asked."""


def folder() -> Path:
    place = Path(settings.DATA) / "uploads"
    place.mkdir(parents=True, exist_ok=True)
    return place


def brought(
    what: str,
    pieces: Iterable[bytes],
    said: dict[str, Any],
    *,
    name: str,
    by: Member,
    now: datetime,
) -> OutsideFile:
    """Read an uploaded file. It is on our disk only while it is read."""
    path = folder() / f"outside-{secrets.token_hex(12)}.file"
    asked = asked_of(now, most_bytes=UNPACKED * settings.MOST_UPLOAD_BYTES, **said)
    try:
        with path.open("wb") as kept:
            kept.writelines(pieces)
        return bring(what, [path], asked, name=name, by=by, now=now)
    finally:
        path.unlink(missing_ok=True)


def bring(
    what: str,
    paths: list[Path],
    asked: Asked,
    *,
    name: str,
    by: Member | None,
    now: datetime,
) -> OutsideFile:
    """Read the file, or several logs as one; what it holds waits for a yes.

    A file that cannot be read is noted with the reason. It is left where it is.
    """
    sums = folder() / f"outside-{secrets.token_hex(12)}.sums"
    fields = {"what": what, "name": name[:200], "by": by, "at": now, "state_since": now}
    try:
        with Sums(sums) as added:
            found = READERS[what](paths, added, asked)
        found.ours = _ours(found, sums)
    except NotReadable as no:
        sums.unlink(missing_ok=True)
        return OutsideFile.objects.create(
            **fields, state=State.REFUSED, reason=no.reason, about=no.about
        )
    return OutsideFile.objects.create(
        **fields, state=State.READ, sums=sums.name, found=found.as_json()
    )


def keep(file: OutsideFile, *, now: datetime) -> None:
    """Yes. Days, or days of a link or channel, that were known are replaced.

    Safe to be killed anywhere, and done again: each day is replaced whole. Raises
    Refused when it was answered before, or lies on another computer.
    """
    if file.state != State.READ:
        raise Refused(_("This file has been answered already."))
    path = folder() / file.sums
    try:
        KEEPERS[file.what](Kept(path), file.told, now)
        file.move(State.KEPT, now=now)
    except FileNotFoundError as error:
        file.move(State.REFUSED, now=now, reason="gone")
        raise Refused(file.why) from error
    except LostRace as error:
        raise Refused(_("This file has been answered already.")) from error
    path.unlink(missing_ok=True)


def withdraw(file: OutsideFile, *, now: datetime) -> None:
    """Not now: nothing of it is kept. Raises Refused when it is too late."""
    try:
        file.move(State.WITHDRAWN, now=now)
    except (LostRace, ForbiddenMove) as error:
        raise Refused(_("This file has been answered already.")) from error
    (folder() / file.sums).unlink(missing_ok=True)


def sweep(*, before: datetime) -> int:
    """Let go of files that nobody answered since, and of what nobody will read."""
    for file in OutsideFile.objects.filter(state=State.READ, state_since__lt=before):
        withdraw(file, now=before)
    waiting = OutsideFile.objects.filter(state=State.READ)
    needed = set(waiting.values_list("sums", flat=True))
    over = [
        path
        for path in folder().glob("outside-*")
        if path.stat().st_mtime < before.timestamp() and path.name not in needed
    ]
    for path in over:
        path.unlink(missing_ok=True)
    return len(over)


def asked_of(now: datetime, **said: Any) -> Asked:
    """What one said of a file, with the organisation's day and clock."""
    return Asked(today=localdate(now), zone=get_default_timezone(), **said)


def _read_visits(paths: list[Path], sums: Sums, asked: Asked) -> Found:
    addresses = Addresses(_own_addresses(), asked.site or _own_site())
    if weblog.looks_like(paths):
        return weblog.read(paths, sums, addresses, asked)
    if weblog.is_packed(paths[0]):
        raise NotReadable("packed")
    return visits.read(paths[0], sums, addresses, asked)


def _own_addresses() -> Iterator[str]:
    """Those of items that a query string belongs to."""
    asked = Item.objects.filter(url__contains="?").order_by()
    yield from asked.values_list("url", flat=True).iterator(5000)


def _own_site() -> str:
    """The one site that all items are on; where there are more, one has to say it."""
    urls = Item.objects.exclude(url="").order_by().values_list("url", flat=True)
    here = site_of(settings.ADDRESS)
    sites = {site_of(url) for url in urls.iterator(5000)} - {"", here}
    return sites.pop() if len(sites) == 1 else ""


def _read_afterwards(paths: list[Path], sums: Sums, asked: Asked) -> Found:
    @lru_cache(maxsize=10_000)
    def made(slug: str) -> date | None:
        at = Link.objects.values_list("created_at", flat=True).filter(slug=slug).first()
        return localdate(at) if at else None

    return afterwards.read(paths[0], sums, made, settings.UTM_TEMPLATE, asked)


def _read_channels(paths: list[Path], sums: Sums, asked: Asked) -> Found:
    known = {str(channel.name).casefold(): key for key, channel in CHANNELS.items()}
    known |= {key: key for key in CHANNELS}
    return channels.read(paths[0], sums, known, asked)


def _ours(found: Found, sums: Path) -> int:
    """How many of our items are on a page that was visited."""
    if found.kind in ("afterwards", "channels"):
        return found.ours
    names, ours = Kept(sums).names(), 0
    while keys := list(islice(names, 500)):
        ours += Item.objects.filter(url_key__in=keys).count()
    return ours


Reader = Callable[[list[Path], Sums, Asked], Found]
READERS: dict[str, Reader] = {
    What.VISITS: _read_visits,
    What.AFTERWARDS: _read_afterwards,
    What.CHANNELS: _read_channels,
}
KEEPERS: dict[str, Callable[[Kept, Found, datetime], None]] = {
    What.VISITS: keeping.visits,
    What.AFTERWARDS: keeping.afterwards,
    What.CHANNELS: keeping.channels,
}
