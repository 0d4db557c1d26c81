"""Experts from outside who name next year's trends and rank them, by invitation.

They are no members: all that is known of them is here, and goes some time after the
panel is over, or at once when they ask.
"""

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.foundation.secrets import hashed
from pesue.people.models import Member
from pesue.surveys.models.asked import Survey


class Panel(Stateful):
    """One question to some experts: named in round one, ranked in round two.

    The result is counted once, when the panel closes; who ranked how is then gone.
    """

    HELD = Held(_("so that a panel has somebody to ask"), timedelta(0), "unname")

    class State(models.TextChoices):
        NAMING = "naming", _("round one: trends are named")
        LISTING = "listing", _("between the rounds: the list is made")
        RANKING = "ranking", _("round two: trends are ranked")
        CLOSED = "closed", _("closed")
        PUBLISHED = "published", _("published")

    MOVES = {
        State.NAMING: frozenset({State.LISTING, State.CLOSED}),
        State.LISTING: frozenset({State.RANKING, State.CLOSED}),
        State.RANKING: frozenset({State.CLOSED}),
        State.CLOSED: frozenset({State.PUBLISHED}),
        State.PUBLISHED: frozenset({State.CLOSED}),
    }
    OPEN = (State.NAMING, State.LISTING, State.RANKING)

    title = models.CharField(_("title"), max_length=120)
    question = models.CharField(_("question"), max_length=300)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="fi"
    )
    opens = models.DateField(_("begins"))
    closes = models.DateField(_("ends"))  # the last day to rank
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    slug = models.SlugField(max_length=80, unique=True)  # of the public page
    result = models.JSONField(default=dict, blank=True)  # of borda.Result, once closed
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    beside = models.ForeignKey(  # the staff's own survey, shown with the result
        Survey, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-opens", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_panel_closes_after_it_opens",
                condition=Q(closes__gt=F("opens")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, today: date) -> bool:
        return self.state in self.OPEN and self.opens <= today <= self.closes


class Expert(models.Model):
    """Somebody from outside who was asked, and what they agreed to.

    A link is kept as a hash: a stolen database opens none. There are as many as mails
    went out since the last time they were made new.
    """

    HELD = Held(
        _("so that an expert from outside can be asked, and quoted as they agreed"),
        timedelta(days=180),  # from the day the panel closes
        "erase",
    )

    class Quoting(models.TextChoices):
        NAMED = "named", _("Yes, under my name")
        UNNAMED = "unnamed", _("Yes, without my name")
        NOT = "not", _("No, do not publish it")

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="experts")
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="fi"
    )
    who = models.CharField(_("who they are, in a line"), max_length=160, blank=True)
    hashes = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()
    letters = models.PositiveSmallIntegerField(default=0)  # mails put in line
    to_mail = models.BooleanField(default=True)
    edition = models.PositiveIntegerField(default=0)  # of what they said
    named_on = models.DateField(null=True, blank=True)  # the hour is nobody's business
    ranked_on = models.DateField(null=True, blank=True)
    ranks = models.JSONField(default=list, blank=True)  # trends, best first
    quote = models.CharField(max_length=500, blank=True)
    quoting = models.CharField(max_length=8, choices=Quoting, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "email"],
                name="an_expert_is_asked_once",
                condition=~Q(email=""),
            )
        ]

    def __str__(self) -> str:
        return f"expert {self.pk}"

    def new_link(self) -> str:
        """One more token; only its hash is kept, by whoever saves the row."""
        token = f"{self.pk}-{secrets.token_hex(16)}"
        self.hashes = [*self.hashes, hashed(token)]
        return token

    def is_opened_by(self, token_hash: str) -> bool:
        """All are compared, each in the same time."""
        same = [constant_time_compare(token_hash, kept) for kept in self.hashes]
        return any(same)


class Trend(models.Model):
    """One of the list that is ranked, as the lead worded it."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="trends")
    words = models.CharField(_("trend"), max_length=120)
    why = models.CharField(_("why, in a sentence"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words


class Idea(models.Model):
    """A trend as an expert named it. Whose it is, only leads see."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="ideas")
    expert = models.ForeignKey(
        Expert, models.SET_NULL, null=True, blank=True, related_name="ideas"
    )
    words = models.CharField(max_length=120)
    why = models.CharField(max_length=300, blank=True)
    trend = models.ForeignKey(  # null: not on the list
        Trend, models.SET_NULL, null=True, blank=True, related_name="ideas"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words
