"""Who can be drawn into a trial, and by what the draw is blocked."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pesue.people.models import Member
from pesue.trials.assignment import Unit
from pesue.trials.models import Assignment, OptOut, Trial
from pesue.trials.queries.given import staying_out

STRATA: dict[str, str | Promise] = {
    "size": _("size of the team"),
    "branch": _("branch of the organisation"),
    "language": _("language"),
}


@dataclass(frozen=True)
class Person:
    id: int
    team: int  # 0: none
    branch: str  # id of the uppermost team
    language: str


@dataclass(frozen=True)
class Pool:
    """All units, and how many people are in them."""

    units: tuple[Unit, ...]
    people: int


def pool(trial: Trial) -> Pool:
    """Those who can be drawn now. None of a hold-out: its items are yet to come.

    Who stays out is no unit; their team is one, and they meet the ordinary product.
    """
    if trial.unit == Trial.Unit.ITEM:
        return Pool((), 0)
    people = _people()
    groups: dict[int, list[Person]] = defaultdict(list)
    for person in people:
        is_own = trial.unit == Trial.Unit.MEMBER
        groups[person.id if is_own else person.team].append(person)
    sizes = Counter(person.team for person in people)
    middle = median(sizes.values()) if sizes else 0
    units = tuple(
        Unit(f"{trial.unit}:{key}", _stratum(trial.strata, group, sizes, middle))
        for key, group in sorted(groups.items())
    )
    return Pool(units, len(people))


def newcomers(trial: Trial) -> list[int]:
    """Ids of members, or of teams, that have no lot in a trial that has begun."""
    unit = F("pk") if trial.unit == Trial.Unit.MEMBER else Coalesce("team", 0)
    drawn = Assignment.objects.filter(
        trial=trial, kind=trial.unit, unit=OuterRef("number")
    )
    rows = _here(staying_out(trial.began_at)).annotate(number=unit)
    new = rows.filter(~Exists(drawn)).order_by("number")
    return list(new.values_list("number", flat=True).distinct())


def _here(out: "QuerySet[OptOut]") -> "QuerySet[Member]":
    rows = Member.objects.filter(state=Member.State.ACTIVE)
    return rows.exclude(pk__in=out.values("member"))


def _people() -> list[Person]:
    rows = _here(OptOut.objects.filter(back_at=None))
    fields = rows.order_by("pk").values_list("pk", "team", "team__path", "language")
    return [
        Person(pk, team or 0, (path or "").strip("/").split("/")[0], language)
        for pk, team, path, language in fields.iterator(chunk_size=2000)
    ]


def _stratum(
    names: list[str], group: list[Person], sizes: Counter[int], middle: float
) -> str:
    """What a unit is, by each name: "size=large language=fi"."""
    languages = Counter(person.language for person in group)
    is_ = {
        "size": "large" if sizes[group[0].team] > middle else "small",
        "branch": group[0].branch or "none",
        "language": min(languages, key=lambda one: (-languages[one], one)),
    }
    return " ".join(f"{name}={is_[name]}" for name in sorted(names))
