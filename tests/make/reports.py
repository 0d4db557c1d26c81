"""What a report is made of: known by hand, or really there."""

from datetime import date, timedelta
from random import Random
from typing import Any

from pesue.measurement.advice import Tried
from pesue.measurement.calibrated import Measured, Said, judge
from pesue.measurement.models import (
    CoveredDay,
    MonthCost,
    PageVisits,
    TrialReading,
    VisitedPage,
)
from pesue.measurement.periods import Month
from pesue.measurement.report.known import HoldOut, Known
from pesue.people.models import Member
from pesue.trials.models import Trial
from tests.make import NOON
from tests.make.content import an_item
from tests.make.trials import LESSON, MAIL, a_trial

DAY = timedelta(days=1)
MARCH = Month(2026, 3)


def a_tried(said: Said = Said.CANNOT_TELL, **fields: Any) -> Tried:
    return Tried(
        **{
            "trial": 7,
            "name": "Shorter subject",
            "arm": "new",
            "arm_name": "Shorter",
            "lever": "mail.impact",
            "kind": "arms",
            "outcome": "shares.people",
            "over": MARCH.ends - 5 * DAY,
            "units": 24,
            "people": 120,
            "measured": Measured(0.02, -0.03, 0.07),
            "said": said,
            **fields,
        }
    )


def a_hold_out(measured: Measured | None, **fields: Any) -> HoldOut:
    judged = judge([measured])[0] if measured else None
    about = {"offered": 40, "days": 28, **fields}
    return HoldOut(9, "Wait a week", MARCH.ends - DAY, judged, **about)


def a_known(**fields: Any) -> Known:
    return Known(**{"month": MARCH, "home": "Saariston Leipä", **fields})


def a_reading(
    effect: tuple[float, float, float] | None = (0.05, 0.01, 0.09),
    *,
    over: date = MARCH.ends - 5 * DAY,
    why: str = "",
    **fields: Any,
) -> TrialReading:
    """A trial that was over on a day, with what it came to."""
    trial = a_trial(MAIL, **fields)
    over_at = NOON + (over - NOON.date())
    Trial.objects.filter(pk=trial.pk).update(
        state=Trial.State.ENDED, ends=over, began_at=NOON, over_at=over_at
    )
    names = ("estimate", "low", "high")
    compared = {
        "arm": "new",
        "effect": dict(zip(names, effect, strict=True)) if effect else None,
        "why": why,
        "plain": None,
        "lot": None,
        "cannot_tell": effect is not None and effect[1] <= 0 <= effect[2],
    }
    arms = {
        key: {"key": key, "units": 12, "people": 60, "mean": 0.2}
        for key in ("now", "new")
    }
    found = {"always": False, "broken": False, "arms": arms, "compared": [compared]}
    return TrialReading.objects.create(trial=trial, at=over_at, found=found)


def some_costs(by: Member | None = None, **fields: Any) -> MonthCost:
    return MonthCost.objects.create(
        **{
            "begins": MARCH.begins,
            "content_hours": 10,
            "content_rate": 50,
            "people_minutes": 600,
            "people_rate": 40,
            "rewards": 100,
            "by": by,
            "at": NOON,
            **fields,
        }
    )


def web_statistics(visits: int = 100, items: int = 3) -> None:
    """All visits to the pages of some items on the second day of March."""
    for number in range(items):
        url = f"https://news.example/{number}"
        item = an_item(url=url, url_key=f"k{number}")
        page = VisitedPage.objects.create(
            key=item.url_key, address=url, site="news.example"
        )
        PageVisits.objects.create(
            source="csv/visits", page=page, day=MARCH.begins + DAY, visits=visits
        )
    for day in range(28):
        CoveredDay.objects.create(
            source="csv/visits",
            site="news.example",
            day=MARCH.begins + day * DAY,
            whole=True,
            at=NOON,
        )


def a_roll_out(**fields: Any) -> TrialReading:
    """Four waves of six teams, with four weeks before; it helps from the first on."""
    trial = a_trial(LESSON, **{"name": "The next lesson", **fields})
    over = MARCH.ends - 2 * DAY
    Trial.objects.filter(pk=trial.pk).update(
        state=Trial.State.ENDED,
        began_at=NOON,
        ends=over,
        over_at=NOON + (over - NOON.date()),
    )
    chance = Random(5)
    head = "unit,people,starts," + ",".join(f"period_{n}" for n in range(8))
    lines = [head]
    for unit in range(24):
        starts = 4 + unit // 6
        told = (
            0.3 + 0.15 * (n >= starts) + chance.uniform(-0.1, 0.1) for n in range(8)
        )
        lines.append(f"{unit},8,{starts}," + ",".join(f"{y:.3f}" for y in told))
    arms = {
        key: {"key": key, "units": units, "people": 8 * units, "mean": None}
        for key, units in (("later", 0), ("on", 24))
    }
    effect = {"estimate": 0.14, "low": 0.05, "high": 0.23}
    found = {"arms": arms, "compared": [{"arm": "on", "effect": effect, "why": ""}]}
    return TrialReading.objects.create(
        trial=trial, at=NOON, found=found, units="\n".join(lines) + "\n"
    )
