"""A roll-out read again wave by wave, from what was kept of it."""

import csv
import io
from collections.abc import Sequence

import numpy as np
from django.utils.translation import gettext as _

from pesue.measurement.calibrated import Measured
from pesue.measurement.models import TrialReading
from pesue.measurement.periods import Month
from pesue.measurement.report.known import WavePoint, Waves
from pesue.measurement.words import IN_POINTS
from pesue.stats.estimates import Refusal
from pesue.stats.rollouts import Panel, roth_santanna
from pesue.stats.rollouts.neyman import Adjust
from pesue.trials.levers import OUTCOMES
from pesue.trials.models import Trial

BEFORE, AFTER = 4, 8  # periods drawn


def latest(month: Month) -> Waves | None:
    """The newest roll-out that was over by the month's end and can be drawn."""
    rows = TrialReading.objects.filter(
        trial__kind=Trial.Kind.ROLLOUT, trial__begins__lt=month.ends
    ).exclude(units="")
    for row in rows.select_related("trial").order_by("-at")[:3]:
        if row.trial.ends >= month.ends:
            continue
        in_points = row.trial.outcome in IN_POINTS
        points = by_wave(row.units, 100 if in_points else 1)
        if points:
            of = _("percentage points") if in_points else OUTCOMES[row.trial.outcome]
            return Waves(row.trial.name, str(of), points)
    return None


def by_wave(text: str, times: float = 1) -> Sequence[WavePoint]:
    """The effect so many periods after the start; what cannot be told is left out."""
    rows = list(csv.DictReader(io.StringIO(text)))
    names = [name for name in (rows[0] if rows else {}) if name.startswith("period_")]
    if not names:
        return ()
    width, starts = len(names), np.array([int(row["starts"]) for row in rows])
    try:
        panel = Panel.of(
            np.repeat(np.arange(len(rows)), width),
            np.tile(np.arange(1, width + 1), len(rows)),
            np.array([float(row[name]) for row in rows for name in names]),
            np.repeat(np.where(starts < width, starts + 1, 0), width),
        )
    except Refusal:
        return ()
    found = []
    for at in range(-BEFORE, AFTER + 1):
        try:
            adjust: Adjust = "did" if at < 0 else "efficient"
            one = roth_santanna(panel, "event", event_time=at, adjust=adjust).estimate
        except Refusal:
            continue
        measured = Measured(one.estimate, one.low, one.high).times(times)
        found.append(WavePoint(at, measured))
    return found if any(point.at >= 0 for point in found) else ()
