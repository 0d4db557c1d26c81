"""What a panel of experts has come to, for leads and for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from django.db.models import QuerySet

from pesue.reach.models import Message
from pesue.surveys.borda import Result
from pesue.surveys.models import Expert, Idea, Panel, Survey, Trend
from pesue.surveys.queries.asked import newest_counted, results

Quoting = Expert.Quoting


@dataclass(frozen=True)
class Asked:
    """An expert as leads see them, and how the last mail to them went."""

    expert: Expert
    letter: Message | None

    @property
    def bounced(self) -> bool:
        return self.letter is not None and self.letter.state == Message.State.FAILED


@dataclass(frozen=True)
class Beside:
    """What the staff said to one question, as the results of their survey tell it."""

    text: str
    label: str
    share: int  # per cent, as low and high
    low: int
    high: int


def panels() -> QuerySet[Panel]:
    return Panel.objects.order_by("-opens", "-pk")


def experts(panel: Panel) -> list[Asked]:
    """Nobody who has gone and left a quote only."""
    rows = list(panel.experts.exclude(email=""))
    last = {f"panel:{one.pk}:{one.letters}": one.pk for one in rows}
    letters = Message.objects.filter(once__in=last)
    by_expert = {last[letter.once]: letter for letter in letters}
    return [Asked(one, by_expert.get(one.pk)) for one in rows]


def trends(panel: Panel) -> list[Trend]:
    return list(panel.trends.prefetch_related("ideas__expert"))


def left_out(panel: Panel) -> QuerySet[Idea]:
    """What was named and is not on the list."""
    return panel.ideas.filter(trend=None).select_related("expert")


def shuffled(panel: Panel, expert: Expert) -> list[Trend]:
    """The list in an order of this expert's own: what stands first is ranked higher."""
    rows = list(panel.trends.all())
    Random(f"{panel.pk} {expert.pk}").shuffle(rows)  # the same each time they look
    return rows


def result(panel: Panel) -> Result:
    return Result.from_json(panel.result)


def quotes(panel: Panel) -> Sequence[Expert]:
    """Those that may be published, by name before without."""
    rows = panel.experts.exclude(quote="")
    return [
        *rows.filter(quoting=Quoting.NAMED).order_by("name", "pk"),
        *rows.filter(quoting=Quoting.UNNAMED).order_by("quote"),
    ]


def to_stand_beside() -> Survey | None:
    """The staff's own yearly survey, where it has something to show."""
    return newest_counted("annual")


def beside(panel: Panel) -> list[Beside]:
    """Shares of the whole staff; no team, no words."""
    if panel.beside is None:
        return []
    return [
        Beside(
            row.text,
            str(row.good_label),
            round(100 * round(row.good.share / 0.05) * 0.05),
            row.low,
            row.high,
        )
        for row in results(panel.beside).rows
        if row.good
    ]
