"""Readings that stay, when what they were made of has gone."""

from django.db import models

from pesue.trials.models import Trial


class TrialReading(models.Model):
    """How a trial went, read once when it was over; it is not read again.

    `units` is what was compared, for whoever wants to do it anew: teams without a name,
    or how many people did how much; nothing in it is of fewer than five people.
    """

    trial = models.OneToOneField(Trial, models.CASCADE, related_name="reading")
    at = models.DateTimeField()
    found = models.JSONField()  # queries.readings.told
    units = models.TextField(blank=True)  # CSV: archive.py
    after = models.JSONField(default=dict, blank=True)  # of the removal phase, as found
    left_out = models.PositiveIntegerField(default=0)  # teams too small to be in it

    def __str__(self) -> str:
        return f"reading of {self.trial_id}"
