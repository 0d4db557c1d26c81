"""How our newest surveys stand beside those of other organisations."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language

from pesue.surveys.comparing import Compared, compare
from pesue.surveys.figures import Figure, Key, figures
from pesue.surveys.instruments import INSTRUMENTS, texts
from pesue.surveys.models import Exported, Neighbour, Survey
from pesue.surveys.queries.asked import newest_counted, surveys, whole_by_item
from pesue.surveys.scales import SCALES


@dataclass(frozen=True)
class Row:
    """An item of the comparison, as it is asked."""

    text: str
    answer: str  # of a question with answers to choose from
    found: Compared


@dataclass(frozen=True)
class Place:
    """A questionnaire: ours, and how many others told of it."""

    name: str
    title: str
    ours: Survey | None
    others: int


def exports() -> QuerySet[Exported]:
    return Exported.objects.select_related("survey").defer("text")


def can_be_exported() -> QuerySet[Survey]:
    rows = surveys().filter(kind__in=INSTRUMENTS, counted_at__isnull=False)
    return rows.filter(exported=None, people__gt=0)


def neighbours() -> QuerySet[Neighbour]:
    return Neighbour.objects.defer("figures")


def places() -> list[Place]:
    words = texts(get_language() or "en")
    counted: dict[str, int] = {}
    for name in Neighbour.objects.values_list("questionnaire", flat=True):
        counted[name] = counted.get(name, 0) + 1
    return [
        Place(name, words.get(name, name), newest_counted(name), counted.get(name, 0))
        for name in INSTRUMENTS
    ]


def compared(name: str) -> tuple[Place, list[Row]]:
    """Ours of that questionnaire beside others; no row where we have none."""
    words = texts(get_language() or "en")
    others = [
        _read(one.figures) for one in Neighbour.objects.filter(questionnaire=name)
    ]
    ours = newest_counted(name)
    place = Place(name, words.get(name, name), ours, len(others))
    if ours is None:
        return place, []
    mine = {one.key: one for one in figures(name, whole_by_item(ours))}
    scales = {item.key: SCALES.get(item.scale) for item in INSTRUMENTS[name]}
    return place, [
        Row(words[found.item], _answer(scales[found.item], found.option), found)
        for found in compare(mine, others)
    ]


def _answer(scale: object, option: str) -> str:
    choices = getattr(scale, "choices", ())
    return str(dict(choices).get(option, ""))


def _read(rows: Sequence[dict[str, object]]) -> dict[Key, Figure]:
    found = [Figure(**row) for row in rows]  # type: ignore[arg-type]
    return {figure.key: figure for figure in found}
