from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.people.models import Member


class Topic(models.Model):
    """Something one may speak about, who may, and whom to ask."""

    HELD = Held(_("so that colleagues know whom to ask"), timedelta(0), "erase")
    HELD_IN = {  # by field, where people stand for another reason
        "followers": Held(
            _("to show you more of the topics you follow"), timedelta(0), "erase"
        )
    }

    class Who(models.TextChoices):
        EVERYONE = "everyone", _("everyone may speak")
        CARE = "care", _("everyone, with care")
        OWNERS = "owners", _("the owners of the topic")
        SPOKESPERSONS = "spokespersons", _("named spokespersons")

    name = models.CharField(_("name"), max_length=80)
    about = models.TextField(_("what it covers"), max_length=1000, blank=True)
    who = models.CharField(
        _("who may speak"), max_length=16, choices=Who, default=Who.EVERYONE
    )
    owners = models.ManyToManyField(Member, blank=True, related_name="topics_owned")
    followers = models.ManyToManyField(Member, blank=True, related_name="topics")

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Ask(Stateful):
    """What a member asked the owners of a topic, and what they said."""

    HELD = Held(_("so that you get an answer to what you asked"), timedelta(0), "erase")

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ANSWERED = "answered", _("answered")
        WITHDRAWN = "withdrawn", _("taken back")

    MOVES = {
        State.OPEN: frozenset({State.ANSWERED, State.WITHDRAWN}),
        State.ANSWERED: frozenset[str](),  # one who asks on asks anew
        State.WITHDRAWN: frozenset[str](),
    }

    class Verdict(models.TextChoices):
        GO = "go", _("Go ahead")
        CHANGE = "change", _("Yes, with a change")
        NOT_NOW = "not_now", _("Not now, and why")

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="asks")
    asker = models.ForeignKey(Member, models.CASCADE, related_name="asks")
    words = models.TextField(_("your question"), max_length=1000)
    draft = models.TextField(max_length=5000, blank=True)  # the text asked about
    back = models.CharField(max_length=200, blank=True)  # the page it was asked on
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verdict = models.CharField(max_length=8, choices=Verdict, blank=True)
    answer = models.TextField(_("your answer"), max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_answered_ask_has_a_verdict",
                condition=~Q(state="answered") | ~Q(verdict=""),
            )
        ]
        indexes = [models.Index(fields=["state", "topic"], name="asks_by_state")]

    def __str__(self) -> str:
        return self.words[:60]


class Known(models.Model):
    """What was asked about a topic before, for all to read; it names nobody.

    Nothing leads from it to the ask: it stays when the asker and their ask are gone.
    """

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="known")
    question = models.CharField(max_length=300)
    verdict = models.CharField(max_length=8, choices=Ask.Verdict)
    answer = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.question[:60]
