"""A rule tried on the past: what it would have cost, and for whom it would have been.

No Django, no database: the organisation's own deeds of the last months are played
through the terms, in the order in which they happened.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from pesue.stats.inequality import gini, share_of_most
from pesue.stats.protection import Node, may_be_shown

K = 5  # a figure holds the acts of at least so many people
FEW = 3  # people whose share of the whole is looked at


@dataclass(frozen=True)
class Deed:
    """A piece of own work, as far as the laboratory has to know it."""

    fact: str
    member: int
    team: int  # 0: none
    day: date
    office: bool  # on a weekday from 8 to 16, by the organisation's clock


@dataclass(frozen=True)
class Try:
    """Terms to be tried for one kind of own work."""

    fact: str
    amount: int
    cap: int


@dataclass(frozen=True)
class Figure:
    """What a part of the whole would have got; None where too few people are in it."""

    key: date | int  # the month's first day, or the team
    cost: int | None
    people: int | None


@dataclass
class Replay:
    """What came of it. Nothing here tells who; `paid` never leaves this file's
    callers but as figures of k people."""

    paid: dict[int, int] = field(default_factory=dict)  # by member
    capped: set[int] = field(default_factory=set)  # who came to the most of a month
    months: list[Figure] = field(default_factory=list)
    teams: list[Figure] = field(default_factory=list)
    out_on: int | None = None  # the earliest day of its own on which the budget ended

    @property
    def enough(self) -> bool:
        """Whether anything may be told of it at all."""
        return len(self.paid) >= K

    @property
    def people(self) -> int | None:
        return len(self.paid) if self.enough else None

    @property
    def cost(self) -> int | None:
        return sum(self.paid.values()) if self.enough else None

    @property
    def concentration(self) -> float | None:
        """Gini among those who would have got something."""
        return gini(list(self.paid.values())) if self.enough else None

    @property
    def share_of_few(self) -> float | None:
        """The share of the whole that the three with the most would have had."""
        return share_of_most(list(self.paid.values()), FEW) if self.enough else None


def replay(
    deeds: Iterable[Deed], tries: Sequence[Try], *, fund: int, days: int, begins: date
) -> Replay:
    """Play the deeds through the terms.

    The budget holds `fund` and lasts `days`; from `begins` on it is opened anew
    whenever its days are over. As the real one, it pays nothing more once a deed would
    cost more than it has left, and nobody gets a half.
    """
    terms = {each.fact: each for each in tries if each.amount}
    in_month: dict[tuple[str, int, date], int] = defaultdict(int)
    left: dict[int, int] = defaultdict(lambda: fund)  # by the budget's number
    out: set[int] = set()
    found, paid_by = Replay(), Parts()
    for deed in sorted(deeds, key=lambda deed: deed.day):
        each = terms.get(deed.fact)
        number, day = divmod((deed.day - begins).days, days)
        if each is None or number in out:
            continue
        month = deed.day.replace(day=1)
        had = in_month[deed.fact, deed.member, month]
        if had + each.amount > each.cap:
            found.capped.add(deed.member)
            continue
        if left[number] < each.amount:
            out.add(number)
            found.out_on = min(found.out_on or days, day + 1)
            continue
        left[number] -= each.amount
        in_month[deed.fact, deed.member, month] += each.amount
        found.paid[deed.member] = found.paid.get(deed.member, 0) + each.amount
        paid_by.add(deed, month, each.amount)
    found.months, found.teams = (
        paid_by.figures(paid_by.month),
        paid_by.figures(paid_by.team),
    )
    return found


@dataclass
class Parts:
    """Cost and people by month and by team."""

    month: dict[date | int, dict[int, int]] = field(default_factory=dict)
    team: dict[date | int, dict[int, int]] = field(default_factory=dict)

    def add(self, deed: Deed, month: date, amount: int) -> None:
        for parts, key in ((self.month, month), (self.team, deed.team)):
            people = parts.setdefault(key, {})
            people[deed.member] = people.get(deed.member, 0) + amount

    def figures(self, parts: dict[date | int, dict[int, int]]) -> list[Figure]:
        """Each part; too small ones are hidden, and what would betray them."""
        leaves = tuple(Node(key, frozenset(people)) for key, people in parts.items())
        shown = may_be_shown(Node("all", parts=leaves), K)
        return [
            Figure(key, sum(people.values()), len(people))
            if key in shown
            else Figure(key, None, None)
            for key, people in sorted(parts.items(), key=lambda part: str(part[0]))
        ]
