"""Who read the stories that we show ourselves: numbers, and nobody's name."""

from django.db import models
from django.db.models import Q

from pesue.content.models import Item
from pesue.sharing.models.links import Visit


class Landing(models.Model):
    """A story's page was shown. Kept as long as a visit is; the tallies stay."""

    item = models.ForeignKey(
        Item, models.CASCADE, related_name="landings", db_index=False
    )
    day = models.DateField()  # by the organisation's clock
    robot = models.CharField(max_length=8, choices=Visit.Kind, blank=True)
    visitor = models.BigIntegerField()  # means nothing once the day's salt is gone
    first = models.BooleanField()  # this visitor's first of the day on this page

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "visitor", "item"],
                condition=Q(first=True),
                name="lands_first_only_once",
            )
        ]
        indexes = [
            models.Index(fields=["item", "day"], name="landings_of_item"),
            models.Index(fields=["day"], name="landings_by_day"),
        ]

    def __str__(self) -> str:
        return f"landing on {self.item_id} on {self.day}"


class LandingDay(models.Model):
    """How often a story's page was shown on a day, by whatever way people came."""

    item = models.ForeignKey(
        Item, models.CASCADE, related_name="landing_days", db_index=False
    )
    day = models.DateField()
    people = models.PositiveIntegerField(default=0)  # different ones
    hits = models.PositiveIntegerField(default=0)  # by people, each time counted
    robots = models.PositiveIntegerField(default=0)  # robots, previews, prefetches

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "day"], name="a_page_tally_a_day")
        ]
        indexes = [models.Index(fields=["day"], name="page_tallies_by_day")]

    def __str__(self) -> str:
        return f"{self.people} people on {self.item_id} on {self.day}"


class LandingsKnown(models.Model):
    """From when until when all landings are stored: in between nobody is nobody."""

    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="landings_known_once", condition=Q(pk=1))
        ]

    def __str__(self) -> str:
        return f"landings from {self.since} until {self.until}"
