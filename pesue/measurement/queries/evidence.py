"""What the house's own trials came to, in words that mean the same everywhere."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.utils.timezone import localdate

from pesue.foundation.counts import Count
from pesue.measurement.advice import Advice, Ground, Tried, advise
from pesue.measurement.calibrated import Measured, judge
from pesue.measurement.models import CoveredDay, PutAside, TrialReading
from pesue.measurement.queries.exchange import in_common
from pesue.measurement.queries.readings import OVER
from pesue.people.models import Member
from pesue.sharing.statistics import TELLERS
from pesue.trials.models import Trial

LATELY = timedelta(days=62)  # web statistics of longer ago are not had any more


def tried(*, before: date | None = None) -> list[Tried]:
    """Every arm of every trial that was read, newest first, also those with no figure.

    Each is judged beside all others of its outcome, so none may be left out. With
    `before`, those that were over by then.
    """
    rows = TrialReading.objects.filter(trial__state__in=OVER)
    rows = rows.select_related("trial").prefetch_related("trial__arms")
    found = [one for row in rows.order_by("-at", "-pk") for one in _arms(row)]
    if before is not None:
        found = [one for one in found if one.over < before]
    return _judged(found)


def _arms(row: TrialReading) -> Iterator[Tried]:
    trial: Trial = row.trial
    names = {arm.key: arm.name for arm in trial.arms.all()}
    arms = row.found.get("arms", {})
    sound = not row.found.get("broken") and row.found.get("as_started", True)
    for one in row.found.get("compared", ()):
        effect = one["effect"]
        arm = arms.get(one["arm"], {})
        yield Tried(
            trial=trial.pk,
            name=trial.name,
            arm=one["arm"],
            arm_name=names.get(one["arm"], one["arm"]),
            lever=trial.lever,
            kind=trial.kind,
            outcome=trial.outcome,
            over=localdate(trial.over_at) if trial.over_at else trial.ends,
            units=sum(each["units"] for each in arms.values()),
            people=arm.get("people", 0),
            measured=_measured(effect) if effect else None,
            why=one["why"],
            sound=bool(sound),
            harmed=tuple(
                guard["name"]
                for guard in row.found.get("guards", ())
                if guard["harms"] and guard["arm"] == one["arm"]
            ),
            arms=len(row.found["compared"]),
        )


def _measured(effect: dict[str, float]) -> Measured:
    return Measured(effect["estimate"], effect["low"], effect["high"])


def _judged(found: list[Tried]) -> list[Tried]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        if one.measured and one.sound:
            items = one.kind == "holdout"
            places[f"items {one.lever}" if items else one.outcome].append(place)
    for those in places.values():
        measured = [m for place in those if (m := found[place].measured)]
        for place, judged in zip(those, judge(measured), strict=True):
            found[place] = replace(
                found[place],
                said=judged.said,
                believed=judged.found if judged.shrunken else None,
            )
    return found


def ground(today: date) -> Ground:
    running = Trial.objects.filter(state=Trial.State.RUNNING)
    found = tried()
    return Ground(
        today=today,
        tried=found,
        common=in_common(found),
        told=Count.objects.filter(statistic=TELLERS.name, number__gt=0).exists(),
        running=frozenset(running.values_list("lever", flat=True)),
        has_web=CoveredDay.objects.filter(day__gte=today - LATELY).exists(),
    )


def put_aside(member: Member) -> frozenset[str]:
    """Keys of the advice that the member does not want to see again."""
    rows = PutAside.objects.filter(member=member)
    return frozenset(rows.values_list("key", flat=True))


def advice(member: Member, *, today: date) -> list[Advice]:
    """What to do next; without what the member put aside."""
    return advise(ground(today), put_aside(member))
