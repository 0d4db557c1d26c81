"""How trials went here and in other organisations."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from pesue.measurement.advice import Tried
from pesue.measurement.exchange import LARGEST_EFFECT, Finding
from pesue.measurement.models import HouseTrials, ToldTrials
from pesue.measurement.pooled import OURS, About, Common, Study, common
from pesue.trials.models import Trial


def ours(found: Sequence[Tried]) -> Iterator[tuple[Tried, float, float]]:
    """Our trials of people that can be relied on, with estimate and error."""
    for one in found:
        of_people = one.outcome in LARGEST_EFFECT and one.kind != Trial.Kind.HOLDOUT
        if of_people and one.sound and one.measured and one.measured.error > 0:
            yield one, one.measured.estimate, one.measured.error


def findings(found: Sequence[Tried]) -> list[Finding]:
    """What we tell others of our trials: all of it, whatever it came to."""
    units = dict(Trial.objects.values_list("pk", "unit"))
    return [
        Finding(
            one.lever,
            one.kind,
            units[one.trial],
            one.outcome,
            f"{one.over:%Y-%m}",
            estimate,
            error,
        )
        for one, estimate, error in ours(found)
    ]


def told() -> "QuerySet[ToldTrials]":
    return ToldTrials.objects.defer("text")


def houses() -> "QuerySet[HouseTrials]":
    return HouseTrials.objects.all()


def in_common(found: Sequence[Tried]) -> list[Common]:
    """What our trials and those of others say together, a lever at a time."""
    mine = [
        Study(OURS, About(one.lever, one.kind, one.outcome), estimate, error)
        for one, estimate, error in ours(found)
    ]
    theirs: Any = HouseTrials.objects.values_list("public", "findings")
    return common(
        mine
        + [
            Study(
                public,
                About(row["lever"], row["kind"], row["outcome"]),
                row["estimate"],
                row["error"],
            )
            for public, rows in theirs
            for row in rows
        ]
    )
