from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.content.models.troubles import Troubled
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.guidance.models import Topic
from pesue.people.models import Member, Team


class Source(Stateful, Troubled):
    """A feed that brings items by itself."""

    HELD = Held(_("so that colleagues know who added it"), timedelta(0), "unname")

    class State(models.TextChoices):
        WAITING = "waiting", _("read regularly")
        READING = "reading", _("being read")  # a worker holds it
        STOPPED = "stopped", _("stopped")

    MOVES = {
        State.WAITING: frozenset({State.READING, State.STOPPED}),
        State.READING: frozenset({State.WAITING, State.STOPPED}),
        State.STOPPED: frozenset({State.WAITING}),
    }

    url = models.URLField(_("address"), max_length=1000, unique=True)
    host = models.CharField(max_length=255)  # asked by one worker at a time
    title = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="fi"
    )
    straight = models.BooleanField(_("into the library without a look"), default=False)
    topics = models.ManyToManyField(Topic, blank=True, related_name="sources")
    team = models.ForeignKey(  # whose curators look after it; empty: everybody's
        Team, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()
    next_at = models.DateTimeField()  # when it is polite to ask again
    read_at = models.DateTimeField(null=True)  # last answer that made sense
    failures = models.PositiveIntegerField(default=0)  # since then
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["host"],
                name="a_host_is_asked_by_one",
                condition=Q(state="reading"),
            )
        ]
        indexes = [models.Index(fields=["state", "next_at"], name="source_due")]

    def __str__(self) -> str:
        return self.title or self.url


class Reading(Stateful, Troubled):
    """A page or a picture that the worker is to read for an item."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READING = "reading", _("being read")
        DONE = "done", _("read")
        FAILED = "failed", _("could not be read")

    MOVES = {
        State.WAITING: frozenset({State.READING}),
        State.READING: frozenset({State.WAITING, State.DONE, State.FAILED}),
        State.DONE: frozenset({State.WAITING}),
        State.FAILED: frozenset({State.WAITING}),
    }

    item = models.OneToOneField("pesue.Item", models.CASCADE, related_name="reading")
    picture_url = models.CharField(max_length=2000, blank=True)
    picture_alt = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "next_at"], name="reading_due")]

    def __str__(self) -> str:
        return f"reading of item {self.item_id}"
