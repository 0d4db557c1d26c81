"""Numbers that rooms declare and show. Only measurement fills them.

The table can be dropped at any time: it is filled again from the rows themselves.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise

if TYPE_CHECKING:  # Ibis is for the worker alone
    from ibis.expr.types import IntegerScalar, Table

    from pesue.foundation.rows import Rows

K = 5  # a figure is shown only if the acts of at least so many people are in it

Basis = Literal["measured", "estimated", "unknown"]
Adds = Literal[
    "up",  # as sums do
    "once",  # of people: each is once in any figure
    "never",  # nothing tells who is the same on two days: there are days alone
]


@dataclass(frozen=True)
class Counted:
    """What a statistic is, said once in Ibis for every database.

    `acts` has a row for each act: its `day` (a number of Rows.days), `member`, `item`,
    `channel`, `team` and `topic`, and what else `number` reads. Team and topic are
    those kept with the post: were they today's, whoever moved somebody between two
    counts of a month would learn their part in it.
    """

    acts: "Callable[[Rows], Table]"
    number: "Callable[[Table], IntegerScalar]"  # of any of the acts
    adds: Adds = "up"


@dataclass(frozen=True)
class Statistic:
    """A number with its meaning. One whose basis is unknown has no counts."""

    name: str  # "visits.people"
    label: str | Promise
    unit: str | Promise
    basis: Basis
    definition: str | Promise  # in one sentence, for everybody
    acts: str | Promise = ""  # whose acts are in it: the people that k counts
    counted: Counted | None = None  # None: unknown
    k: int = K
    cuts: Literal["leads"] | None = "leads"  # who sees it by place; totals are for all
    beware: str | Promise = ""  # what else one should know before one trusts it
    one: str | Promise = ""  # the unit of a single one: "person"


class Count(models.Model):
    """A statistic's number for one value of a cut in one period."""

    class Grain(models.TextChoices):
        DAY = "day"
        WEEK = "week"
        MONTH = "month"  # of whole weeks

    statistic = models.CharField(max_length=40)
    cut = models.CharField(max_length=12)  # "all", "item", "topic", "channel", "team"
    key = models.CharField(max_length=40, blank=True)  # empty for "all"
    grain = models.CharField(max_length=5, choices=Grain)
    begins = models.DateField()
    number = models.BigIntegerField()
    people = models.PositiveIntegerField()  # whose acts are in the number
    shown = models.BooleanField()  # false: too few people in it, or in what it betrays

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grain", "begins", "cut", "statistic", "key"],
                name="counted_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["grain", "begins", "cut", "statistic", "-number"],
                name="counts_largest",
                condition=models.Q(shown=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.statistic} by {self.cut} {self.key} from {self.begins}"


def shown(statistics: Iterable[Statistic], **which: object) -> QuerySet[Count]:
    """The counts that may be shown; `which` narrows by the fields of Count."""
    names = [statistic.name for statistic in statistics]
    return Count.objects.filter(shown=True, statistic__in=names, **which)
