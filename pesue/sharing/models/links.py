"""A share's short link and what came of it. Nothing here tells who followed it."""

from django.db import models
from django.db.models import Q

from pesue.sharing.models.shares import Share


class Link(models.Model):
    """The short link of one share."""

    share = models.OneToOneField(Share, models.CASCADE, related_name="link")
    slug = models.CharField(max_length=16, unique=True)
    target = models.URLField(max_length=2000)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.slug


class Salt(models.Model):
    """What makes the day's visitor numbers; destroyed soon after the day is over."""

    day = models.DateField(primary_key=True)
    secret = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"salt of {self.day}"


class Visit(models.Model):
    """One following of a link. Kept for some weeks; the tallies stay."""

    class Kind(models.TextChoices):
        PERSON = "", "person"
        ROBOT = "robot", "robot"
        PREVIEW = "preview", "preview"  # a network made the card under the link
        PREFETCH = "prefetch", "prefetch"  # a browser guessed that one would follow
        HEAD = "head", "head"  # somebody looked whether the link still leads on

    link = models.ForeignKey(
        Link, models.CASCADE, related_name="visits", db_index=False
    )
    at = models.DateTimeField()
    day = models.DateField()  # of `at`, by the organisation's clock
    source = models.CharField(max_length=16)  # a key of clicks.robots.SOURCES, ...
    device = models.CharField(max_length=8)
    robot = models.CharField(max_length=8, choices=Kind, blank=True)
    visitor = models.BigIntegerField()  # means nothing once the day's salt is gone
    first = models.BooleanField()  # this visitor's first of the day on this link

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "visitor", "link"],
                condition=Q(first=True),
                name="first_only_once",
            )
        ]
        indexes = [
            models.Index(fields=["link", "day"], name="visits_of_link"),
            models.Index(fields=["day"], name="visits_by_day"),
        ]

    def __str__(self) -> str:
        return f"visit of {self.link_id} at {self.at}"


class LinkDay(models.Model):
    """How often a link was followed on a day: made of visits, outlives them."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="days", db_index=False)
    day = models.DateField()
    people = models.PositiveIntegerField(default=0)  # different ones
    hits = models.PositiveIntegerField(default=0)  # by people, each time counted
    robots = models.PositiveIntegerField(default=0)  # robots, previews, prefetches
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "day"], name="a_tally_a_day")
        ]
        indexes = [models.Index(fields=["day"], name="tallies_by_day")]

    def __str__(self) -> str:
        return f"{self.people} people by link {self.link_id} on {self.day}"


class ClickSegment(models.Model):
    """How far a segment of the click log has been stored."""

    name = models.CharField(max_length=80, unique=True)
    offset = models.BigIntegerField(default=0)  # bytes
    bad = models.PositiveIntegerField(default=0)  # lines that were not whole
    lost = models.PositiveIntegerField(default=0)  # clicks of links erased since
    read_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name} to {self.offset}"
