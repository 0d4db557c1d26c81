"""Whom one could learn from, and how a pair stands. A fixed number of queries each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from pesue.example.choosing import Candidate, nearest
from pesue.example.models import Pair, PairTask, RoleModel
from pesue.example.pairing import MOST_GUIDED, TASKS, Task
from pesue.example.queries.examples import reader
from pesue.people.models import Member

OPEN = (Pair.State.ASKED, Pair.State.GOING)
AMONG = 500  # role models near or not, among whom one is looked for
SHOWN = 12


@dataclass(frozen=True)
class Together:
    """A pair as one of the two sees it."""

    pair: Pair
    other: Member | None  # None: has left
    tasks: Sequence[tuple[Task, bool]]


def role_models(member: Member, *, today: date, form: str = "") -> list[RoleModel]:
    """Some who agreed to be found, near first and drawn anew each day: no ranks."""
    rows = RoleModel.objects.filter(
        state=RoleModel.State.AGREED, member__state=Member.State.ACTIVE
    ).exclude(member=member)
    if form:
        rows = rows.filter(form=form)
    here = rows.order_by("-pk")
    found = _of(here[:AMONG])
    if member.team_id:
        found |= _of(here.filter(member__team_id=member.team_id)[:AMONG])
    chosen = nearest(found, reader(member), today.toordinal(), SHOWN)
    by_id = rows.select_related("member__team", "topic").in_bulk([c.id for c in chosen])
    return [by_id[one.id] for one in chosen]


def with_room(found: Sequence[RoleModel]) -> set[int]:
    """The ids of those members who can take one more beginner."""
    open_pairs = Count("guided", filter=Q(guided__state__in=OPEN))
    ids = {one.member_id for one in found}
    rows = Member.objects.filter(pk__in=ids).annotate(has=open_pairs)
    return set(rows.filter(has__lt=MOST_GUIDED).values_list("pk", flat=True))


def own(member: Member) -> "QuerySet[RoleModel]":
    """What the member shows, or was asked to."""
    mine = RoleModel.objects.filter(member=member)
    return mine.select_related("topic").order_by("form")


def pairs(member: Member) -> list[Together]:
    """Open pairs of the member on either side, and the last that ended."""
    mine = Pair.objects.filter(Q(beginner=member) | Q(guide=member))
    rows = mine.select_related("beginner__team", "guide__team").order_by("-asked_at")
    found = list(rows[:6])
    done = set(PairTask.objects.filter(pair__in=found).values_list("pair_id", "key"))
    return [
        Together(
            pair,
            pair.guide if pair.beginner_id == member.pk else pair.beginner,
            [(task, (pair.pk, task.key) in done) for task in TASKS],
        )
        for pair in found
    ]


def _of(rows: "QuerySet[RoleModel]") -> set[Candidate]:
    columns = rows.values_list(
        "pk", "member_id", "member__team__path", "member__language", "form"
    )
    return {
        Candidate(pk, author, path or "", language, form)
        for pk, author, path, language, form in columns
    }
