"""What the worker remembers of its own work."""

from collections.abc import Callable
from datetime import datetime

from django.db import models

Step = Callable[[datetime], int]


def name_of(step: Step) -> str:
    return f"{step.__module__}.{step.__name__}"


class Run(models.Model):
    """How one step of the worker last went; one row a step, whoever ran it."""

    step = models.CharField(max_length=120, unique=True)  # module and function
    # The `now` that the last finished run was given: what was stored before it has
    # been seen. A run that did not finish leaves it as it is.
    finished_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)  # null: the last run went well
    error = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.step

    @classmethod
    def last_finished(cls, step: Step, *, now: datetime) -> datetime | None:
        """When the last finished run of `step` began; None: never, so read all.

        Never after `now`, so that a clock that was set back skips nothing. Take a
        margin off it: rows are stored a little after the time they bear.
        """
        found = cls.objects.filter(step=name_of(step)).values_list("finished_at")
        [at] = found.first() or [None]
        return min(at, now) if at else None
