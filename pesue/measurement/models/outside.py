"""Numbers that leads bring in from outside: counts by day, and nothing about people."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.measurement.outside.found import Found
from pesue.measurement.outside.words import REFUSALS
from pesue.people.models import Member
from pesue.sharing.models import Link


class OutsideFile(Stateful):
    """A file of numbers that somebody brought: read, shown, and kept after a yes.

    The file itself is deleted as soon as it has been read. What was read lies on disk
    in sums, until somebody says yes or no.
    """

    HELD = Held(_("to know who brought which numbers"), timedelta(days=30), "unname")

    class What(models.TextChoices):
        VISITS = "visits", _("visits to pages")
        AFTERWARDS = "afterwards", _("what happened after a visit")
        CHANNELS = "channels", _("the brand's own channels")

    class State(models.TextChoices):
        READ = "read", _("waiting for your yes")
        REFUSED = "refused", _("could not be read")
        KEPT = "kept", _("kept")
        WITHDRAWN = "withdrawn", _("not kept")

    MOVES = {
        State.READ: frozenset({State.KEPT, State.WITHDRAWN, State.REFUSED}),
        State.REFUSED: frozenset[str](),
        State.KEPT: frozenset[str](),
        State.WITHDRAWN: frozenset[str](),
    }

    what = models.CharField(max_length=10, choices=What)
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    name = models.CharField(max_length=200)  # of the file, as it was called
    sums = models.CharField(max_length=100, blank=True)  # under DATA/uploads
    found = models.JSONField(default=dict, blank=True)  # of outside.found.Found
    reason = models.CharField(max_length=20, blank=True)  # key of words.REFUSALS
    about = models.CharField(max_length=200, blank=True)  # fills its sentence

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "state_since"], name="outside_by_state")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def why(self) -> str:
        """Why it was refused and what to do; empty when it was not."""
        words = REFUSALS.get(self.reason)
        return str(words).format(about=self.about) if words else ""

    @property
    def told(self) -> Found:
        return Found.from_json(self.found)


class VisitedPage(models.Model):
    """A page that some source counts visits to, in the spelling of the library."""

    key = models.CharField(max_length=64, unique=True)  # as Item.url_key
    address = models.CharField(max_length=1000)
    site = models.CharField(max_length=255)

    def __str__(self) -> str:
        return self.address


class PageVisits(models.Model):
    """How often everybody, ours or not, visited a page on a day, by one source."""

    source = models.CharField(max_length=24)  # "matomo/visits", "weblog/views"
    page = models.ForeignKey(
        VisitedPage, models.CASCADE, related_name="visits", db_index=False
    )
    day = models.DateField()
    visits = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "day", "source"], name="visits_counted_once"
            )
        ]
        indexes = [models.Index(fields=["source", "day"], name="page_visits_by_day")]

    def __str__(self) -> str:
        return f"{self.visits} on {self.day} by {self.source}"


class CoveredDay(models.Model):
    """A day of a site of which a source has told."""

    source = models.CharField(max_length=24)
    site = models.CharField(max_length=255)  # the host without www.
    day = models.DateField()
    whole = models.BooleanField()  # a page that is not in it had no visits
    at = models.DateTimeField()  # when it was kept

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "day", "source"], name="a_day_is_covered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.site} on {self.day} by {self.source}"


class Happened(models.Model):
    """How often something came of the visits that a link brought, on a day."""

    class Kind(models.TextChoices):
        APPLICATION = "application", _("applications")
        LEAD = "lead", _("leads")
        TICKET = "ticket", _("tickets")
        PURCHASE = "purchase", _("purchases")

    kind = models.CharField(max_length=12, choices=Kind)
    link = models.ForeignKey(
        Link, models.CASCADE, related_name="happened", db_index=False
    )
    day = models.DateField(db_index=True)
    number = models.BigIntegerField()
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link", "day", "kind"], name="what_happened_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} on {self.day}"


class BrandDay(models.Model):
    """What the organisation's own posts on a channel did on a day."""

    channel = models.CharField(max_length=40)  # a key of CHANNELS, or a name
    day = models.DateField()
    posts = models.PositiveIntegerField()
    reach = models.BigIntegerField(null=True, blank=True)  # null: not told
    impressions = models.BigIntegerField(null=True, blank=True)
    clicks = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "channel"], name="a_channels_day_is_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} on {self.day}"
