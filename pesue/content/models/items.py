from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pesue.content.models.pictures import Picture
from pesue.content.models.sources import Source
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.guidance.check.quiet import Quiet
from pesue.guidance.models import Concept, Topic
from pesue.people.models import Member, Team

# Asked when an item has no questions of its own, in the language of the writing.
DEFAULT_QUESTIONS: dict[str, tuple[str, str, str]] = {
    "fi": (
        "Mikä tässä on sinusta tärkeää?",
        "Mitä olet itse tehnyt tai nähnyt?",
        "Mitä toivoisit muiden tietävän tästä?",
    ),
    "sv": (
        "Vad tycker du är viktigt i det här?",
        "Vad har du själv gjort eller sett?",
        "Vad hoppas du att andra får veta om det här?",
    ),
    "en": (
        "What matters to you in this?",
        "What have you done or seen yourself?",
        "What would you like others to know about it?",
    ),
}


class Item(Stateful):
    """A fact card: what happened, a picture, a link, questions to answer."""

    HELD = Held(_("so that colleagues know whom to ask"), timedelta(0), "unname")

    class State(models.TextChoices):
        INBOX = "inbox", _("waiting for a look")
        READY = "ready", _("in the library")
        EXPIRED = "expired", _("expired")
        DROPPED = "dropped", _("left out")

    MOVES = {
        State.INBOX: frozenset({State.READY, State.DROPPED}),
        State.READY: frozenset({State.EXPIRED, State.DROPPED}),
        State.EXPIRED: frozenset({State.READY, State.DROPPED}),
        State.DROPPED: frozenset({State.READY, State.INBOX}),
    }

    class Disclosure(models.TextChoices):
        EMPLOYEE = "employee", _("say that you work here")
        AD = "ad", _("mark as advertising")
        NONE = "none", _("no mark needed")

    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what happened"), max_length=5000, blank=True)
    text = models.TextField(blank=True)  # of the page, for search; at most 20,000
    url = models.URLField(_("link"), max_length=1000, blank=True)
    url_key = models.CharField(max_length=64, blank=True, db_index=True)
    """SHA-256 of the canonical address: the same article from two feeds is one."""
    site = models.CharField(max_length=100, blank=True)
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="items"
    )
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="fi"
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="items")
    concept = models.ForeignKey(
        Concept, models.SET_NULL, null=True, blank=True, related_name="items"
    )
    owner = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="items"
    )
    suggested_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="suggestions"
    )
    team = models.ForeignKey(  # whose curators look after it; empty: everybody's
        Team, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    disclosure = models.CharField(
        _("disclosure"), max_length=10, choices=Disclosure, default=Disclosure.EMPLOYEE
    )
    audience = models.ManyToManyField(Team, blank=True, related_name="items")
    finance = models.BooleanField(_("about finances or outlook"), default=False)
    # Its owner's lock: not to be told before that day, and why.
    locked_until = models.DateField(_("not to be told before"), null=True, blank=True)
    locked_why = models.CharField(_("why not before"), max_length=200, blank=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, db_index=True
    )
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="items"
    )
    source_key = models.CharField(max_length=500, blank=True)  # the feed's own id
    published_at = models.DateTimeField(null=True, blank=True)  # as the source says
    added_at = models.DateTimeField(db_index=True)
    ready_at = models.DateTimeField(null=True, blank=True)  # into the library
    edition = models.PositiveIntegerField(default=0)  # counts the edits
    quiet: "Quiet | None" = None  # for whom it is shown to; queries.quiet sets it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                name="an_entry_comes_once",
                condition=~Q(source_key=""),
            ),
            models.UniqueConstraint(
                fields=["url_key"],
                name="an_article_comes_once",
                condition=Q(source__isnull=False) & ~Q(url_key=""),
            ),
            models.CheckConstraint(
                name="a_ready_item_has_its_time",
                condition=~Q(state="ready") | Q(ready_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-ready_at", "-id"], name="item_library")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("item", args=[self.pk])

    def locked_on(self, day: date) -> date | None:
        """From when on it may be told, if on that day it may not."""
        locked = self.locked_until is not None and day < self.locked_until
        return self.locked_until if locked else None


class Question(models.Model):
    """A question that gets one writing."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="questions")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Starter(models.Model):
    """A first sentence to continue, or a whole text for those in a hurry."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="starters")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField(max_length=3000)
    whole = models.BooleanField(default=False)  # a ready text, offered last

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]
