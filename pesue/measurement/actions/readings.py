"""A trial that is over is read once, and what was found stays."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from pesue.measurement import archive
from pesue.measurement.models import TrialReading
from pesue.measurement.queries import readings, trials
from pesue.trials.models import Trial
from pesue.trials.queries import is_as_started


def keep_reading(trial: Trial, *, now: datetime) -> bool:
    """Read it and keep what was found; whether this did so.

    A trial whose outcome this version cannot measure is kept as unread.
    """
    until = localdate(trial.over_at or now)
    found, kept = {}, archive.Kept("", 0)
    if trials.can_read(trial):
        reading, compared = readings.fresh(trial, until=until)
        found = {**readings.told(reading), "as_started": is_as_started(trial)}
        if trial.kind == Trial.Kind.ROLLOUT:
            kept = archive.of_rows(compared, trial.unit)
        else:
            kept = archive.of_units(compared, trial.unit)
        again = archive.again(kept.text, readings.design(trial)) if kept.text else None
        if again:
            found["in_file"] = readings.told(again)["compared"]
    try:
        with transaction.atomic():
            TrialReading.objects.create(
                trial=trial,
                at=now,
                found=found,
                units=kept.text,
                left_out=kept.left_out,
            )
    except IntegrityError:  # another worker was the first
        return False
    return True


def keep_afterwards(kept: TrialReading) -> bool:
    """Read once what came after the end of a trial; whether this did so."""
    found = readings.afterwards(kept.trial)
    rows = TrialReading.objects.filter(pk=kept.pk, after={})
    return bool(found) and bool(rows.update(after=found))
