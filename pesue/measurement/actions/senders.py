"""Systems that send what happened after a visit: let in, ended, and heard."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from pesue.measurement.actions.outside import asked_of
from pesue.measurement.models import Happened, Heard, Sender
from pesue.measurement.outside import called
from pesue.measurement.outside.called import Outcome
from pesue.measurement.outside.tables import Bad
from pesue.people.models import Member
from pesue.sharing.models import Link

REMEMBERED = timedelta(days=90)


@dataclass(frozen=True)
class Taken:
    """What became of a call."""

    counted: int
    repeated: int  # counted before
    left: list[Bad]  # not counted; `line` is the place in the call, from 1


def let_in(name: str, *, by: Member, now: datetime) -> tuple[Sender, str]:
    """A system and its token, which nobody can be told again."""
    with transaction.atomic():
        sender = Sender.objects.create(name=name, by=by, made_at=now)
        token = sender.new_token()
        sender.save(update_fields=["hash"])
    return sender, token


def end(sender: Sender, *, now: datetime) -> None:
    """Its token opens nothing more; what it sent stays. Done twice, nothing changes."""
    Sender.objects.filter(pk=sender.pk, ended_at=None).update(ended_at=now)


def receive(sender: Sender, body: bytes, *, now: datetime) -> Taken:
    """Count what a system sends, each outcome once: all that can be counted, or none.

    Raises called.NotTaken where the call as a whole is refused.
    """
    said = called.read(body, settings.UTM_TEMPLATE, asked_of(now))
    slugs = {one.slug for one in said.outcomes}
    made = Link.objects.filter(slug__in=slugs).values_list("slug", "pk", "created_at")
    links = {slug: (pk, localdate(at)) for slug, pk, at in made}
    ours, left = [], said.bad
    for one in said.outcomes:
        if one.slug not in links:
            left.append(Bad(one.place, "unknown link", one.slug))
        elif one.day < links[one.slug][1]:
            left.append(Bad(one.place, "early", str(one.day)))
        else:
            ours.append(one)
    today = localdate(now)
    with transaction.atomic():
        fresh, others = _first_time(sender, ours, today)
        _add(fresh, {slug: pk for slug, (pk, _day) in links.items()}, now)
        Sender.objects.filter(pk=sender.pk).exclude(used_on=today).update(used_on=today)
    left = sorted([*left, *(Bad(one.place, "other", "") for one in others)])
    return Taken(len(fresh), len(ours) - len(fresh) - len(others), left)


def _first_time(
    sender: Sender, outcomes: list[Outcome], today: date
) -> tuple[list[Outcome], list[Outcome]]:
    """Those whose key is new, and those whose key came with something else before.

    Of two calls with one key at the same time the database lets one in: the other
    waits for it and finds the call of the first. In order, lest two wait in a ring.
    """
    call, first = uuid4(), dict[str, Outcome]()
    marks = [(_hash(sender.pk, one.key), one) for one in outcomes]
    for mark, one in marks:
        first.setdefault(mark, one)
    Heard.objects.bulk_create(
        [
            Heard(sender=sender, mark=mark, said=_said(one), call=call, on=today)
            for mark, one in sorted(first.items())
        ],
        ignore_conflicts=True,
    )
    known = Heard.objects.filter(sender=sender, mark__in=first)
    heard = {row.mark: row for row in known}
    fresh = [one for mark, one in first.items() if heard[mark].call == call]
    others = [one for mark, one in marks if heard[mark].said != _said(one)]
    return fresh, others


def _said(one: Outcome) -> str:
    return _hash(one.key, one.kind, one.slug, one.day, one.number)


def _hash(*parts: object) -> str:
    text = "\0".join(map(str, parts))
    return sha256(text.encode(errors="surrogatepass")).hexdigest()


def _add(outcomes: Iterable[Outcome], links: dict[str, int], now: datetime) -> None:
    """Add to what is known of each day, kind and link, in the order of files."""
    cells = Counter[tuple[date, str, str]]()
    for one in outcomes:
        cells[one.day, one.kind, one.slug] += one.number
    sums = sorted(cells.items())
    Happened.objects.bulk_create(
        [
            Happened(day=day, kind=kind, link_id=links[slug], number=0, changed_at=now)
            for (day, kind, slug), _number in sums
        ],
        ignore_conflicts=True,
    )
    for (day, kind, slug), number in sums:
        Happened.objects.filter(day=day, kind=kind, link_id=links[slug]).update(
            number=F("number") + number, changed_at=now
        )


def forget_heard(*, before: date) -> int:
    """Keys that no system repeats any more."""
    return Heard.objects.filter(on__lt=before).delete()[0]
