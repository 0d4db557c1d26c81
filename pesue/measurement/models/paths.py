"""How people went their way until a month's end, kept as it may be shown."""

from django.db import models


class MonthPaths(models.Model):
    """Made once, when the month is over; nothing in it is of fewer than five people."""

    begins = models.DateField(unique=True)  # the month's first day
    at = models.DateTimeField()
    found = models.JSONField()  # paths.Paths: {"begun": [...], "stages": ..., ...}

    def __str__(self) -> str:
        return f"paths until the end of the month from {self.begins}"
