"""How people go their way, read from all rows: for the worker, once a month."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet

from pesue.content.models import Story
from pesue.encouragement.models import Thanks
from pesue.example.models import Seen
from pesue.foundation.days import midnight
from pesue.guidance.models import Attempt
from pesue.measurement.models import MonthPaths
from pesue.measurement.paths import (
    Begun,
    Paths,
    Stage,
    Thanked,
    begun,
    between,
    stages,
)
from pesue.measurement.periods import Month
from pesue.people.models import Member, Team
from pesue.sharing.models import LinkDay, Share
from pesue.sharing.statistics import POSTED

WEEK = timedelta(weeks=1)
State = Member.State
Firsts = dict[int, datetime]


def kept(month: Month) -> Paths:
    """What was kept of a month; nothing where nothing was."""
    row = MonthPaths.objects.filter(begins=month.begins).first()
    if row is None:
        return Paths()
    return Paths(
        [Begun(**one) for one in row.found["begun"]],
        [Stage(**one) for one in row.found["stages"]],
        [Thanked(**one) for one in row.found["thanked"]],
    )


def found(month: Month) -> dict[str, Any]:
    """All of it until the month's end, as MonthPaths keeps it."""
    end = midnight(month.ends)
    firsts = _first_posts(end)
    return asdict(
        Paths(
            begun(*_weeks(firsts, end)),
            stages(_reached(firsts, month, end)),
            _thanked(month),
        )
    )


def _first_posts(end: datetime) -> Firsts:
    posts = Share.objects.filter(state__in=POSTED, shared_at__lt=end).order_by()
    return dict(posts.values_list("member").annotate(Min("shared_at")))


def _weeks(firsts: Firsts, end: datetime) -> tuple[list[int], list[bool]]:
    """The week of each one's first post, or how many whole weeks they were here."""
    weeks, did = [], []
    joined = Member.objects.filter(joined_at__lt=end).exclude(state=State.ERASED)
    rows: Any = joined.values_list("pk", "joined_at", "state", "state_since")
    for pk, came, state, since in rows.iterator(5000):
        gone = min(since, end) if state == State.LEFT else end
        first = firsts.get(pk)
        until = max(first or gone, came)  # a post brought along is of the first day
        weeks.append((until - came) // WEEK + (first is not None))
        did.append(first is not None)
    return weeks, did


def _reached(
    firsts: Firsts, month: Month, end: datetime
) -> list[tuple[str, frozenset[int]]]:
    """Who of those who are here came to which stage, whenever that was."""
    here = _here(end)
    done = {
        "invited": here,
        "signed_in": _ids(Member.objects.filter(joined_at__lt=end), "pk"),
        "read": _ids(Attempt.objects.filter(question="", at__lt=end), "member")
        | _ids(Seen.objects.all(), "member"),
        "wrote": _ids(Share.objects.filter(drafted_at__lt=end), "member")
        | _ids(Story.objects.filter(made_at__lt=end), "author"),
        "told": firsts.keys(),
        "read_by": _ids(
            LinkDay.objects.filter(people__gt=0, day__lt=month.ends),
            "link__share__member",
        ),
    }
    return [(key, here.intersection(who)) for key, who in done.items()]


def _here(end: datetime) -> frozenset[int]:
    """Invited or here at the month's end."""
    invited = Q(state=State.INVITED, state_since__lt=end)
    active = Q(state=State.ACTIVE, joined_at__lt=end)
    left_since = Q(state=State.LEFT, state_since__gte=end, joined_at__lt=end)
    rows = Member.objects.filter(invited | active | left_since)
    return frozenset(rows.values_list("pk", flat=True))


def _ids(rows: "QuerySet[Any]", member: str) -> frozenset[int]:
    return frozenset(rows.order_by().values_list(member, flat=True).distinct())


def _thanked(month: Month) -> list[Thanked]:
    """Between the uppermost teams of which there are two or more."""
    names = dict(Team.objects.values_list("pk", "name"))
    tops = _tops()
    members = Member.objects.filter(state=State.ACTIVE, team__isnull=False)
    of = members.order_by().values_list("team", flat=True)
    sizes = Counter(tops[team] for team in of)
    return [
        Thanked(names[giver], names[receiver], people)
        for giver, receiver, people in between(_thanks(month, tops), sizes)
    ]


def _thanks(month: Month, tops: dict[int, int]) -> Iterator[tuple[int, int, int]]:
    rows = Thanks.objects.filter(
        at__gte=midnight(month.begins),
        at__lt=midnight(month.ends),
        giver__team__isnull=False,
        receiver__team__isnull=False,
    )
    fields = rows.values_list("giver", "giver__team", "receiver__team")
    for giver, team, other in fields.iterator(5000):
        yield giver, tops[team], tops[other]


def _tops() -> dict[int, int]:
    """By each team the one above it, or itself, at the depth at which teams begin."""
    lines = {
        pk: [int(part) for part in path.strip("/").split("/")]
        for pk, path in Team.objects.values_list("pk", "path")
    }
    depth = 1
    while len({tuple(line[:depth]) for line in lines.values()}) < 2 <= len(lines):
        depth += 1
    return {pk: line[:depth][-1] for pk, line in lines.items()}
