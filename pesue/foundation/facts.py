"""What the rooms tell the rest of the world: each fact declared once."""

from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise


@dataclass(frozen=True)
class Fact:
    """Something that happened, readable from a row.

    `at` and `by` name the model's fields for the time and the member; `by` is
    empty where the fact has no person. `what` is one sentence for people.
    """

    name: str  # e.g. "share.published"
    model: type[models.Model]
    at: str
    by: str
    what: str | Promise
    where: models.Q = field(default_factory=models.Q)

    def rows(self) -> "models.QuerySet[models.Model]":
        """The rows that are this fact, oldest first."""
        rows = self.model._default_manager.filter(self.where)
        return rows.filter(**{f"{self.at}__isnull": False}).order_by(self.at, "pk")
