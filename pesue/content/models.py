"""The library: where stories come from, and the fact cards people tell them from."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.guidance.models import Concept, Topic
from pesue.people.models import Member, Team


class Source(models.Model):
    """A feed that brings items by itself."""

    url = models.URLField(max_length=1000, unique=True)
    title = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="fi")

    def __str__(self) -> str:
        return self.title or self.url


class Picture(models.Model):
    """A picture we re-encoded and keep, with the words that stand for it."""

    HELD = Held(_("to show what you added"), timedelta(days=30), "unname")

    file = models.CharField(max_length=200)  # under MEDIA_ROOT, named by its content
    alt = models.CharField(_("what the picture shows"), max_length=500, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.alt or self.file


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
        State.EXPIRED: frozenset({State.READY}),
        State.DROPPED: frozenset({State.READY}),
    }

    class Disclosure(models.TextChoices):
        EMPLOYEE = "employee", _("say that you work here")
        AD = "ad", _("mark as advertising")
        NONE = "none", _("no mark needed")

    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("what happened"), max_length=5000, blank=True)
    url = models.URLField(_("link"), max_length=1000, blank=True)
    picture = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True)
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
    disclosure = models.CharField(
        _("disclosure"), max_length=10, choices=Disclosure, default=Disclosure.EMPLOYEE
    )
    audience = models.ManyToManyField(Team, blank=True, related_name="items")
    finance = models.BooleanField(_("about finances or outlook"), default=False)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="items"
    )
    source_key = models.CharField(max_length=500, blank=True)  # the feed's own id
    added_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"],
                name="an_entry_comes_once",
                condition=~models.Q(source_key=""),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """A question that gets one writing."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="questions")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.text


class Starter(models.Model):
    """A first sentence to continue, or a whole text for those in a hurry."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="starters")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField(max_length=3000)
    whole = models.BooleanField(default=False)  # a ready text, offered last

    def __str__(self) -> str:
        return self.text[:60]
