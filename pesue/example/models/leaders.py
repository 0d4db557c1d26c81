"""A leader's own plan, who prepares texts for them, and what they told inside."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Item
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.guidance.models import Topic
from pesue.people.models import Member
from pesue.sharing.models import Share


class LeaderPlan(models.Model):
    """How often a leader would like to be asked for a few words, and where they tell.

    For nobody but the leader: there is no row of what was not done.
    """

    HELD = Held(
        _("to ask you for a few words as often as you chose"), timedelta(0), "erase"
    )

    class Every(models.TextChoices):
        NONE = "none", _("do not write to me")
        WEEK = "week", _("every week")
        TWO = "two", _("every other week")
        MONTH = "month", _("once a month")

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("on Mondays")
        TUESDAY = 1, _("on Tuesdays")
        WEDNESDAY = 2, _("on Wednesdays")
        THURSDAY = 3, _("on Thursdays")
        FRIDAY = 4, _("on Fridays")

    member = models.OneToOneField(Member, models.CASCADE, related_name="leader_plan")
    every = models.CharField(
        _("how often"), max_length=6, choices=Every, default=Every.NONE
    )
    weekday = models.PositiveSmallIntegerField(
        _("on which day"), choices=Weekday, default=Weekday.TUESDAY
    )
    inside = models.JSONField(default=list)  # of Inside.Place
    outside = models.JSONField(default=list)  # keys of channels
    next_on = models.DateField(null=True)  # when we write next

    def __str__(self) -> str:
        return f"plan of {self.member_id}"


class Assistant(Stateful):
    """Whom a leader lets prepare texts, until a day; either of them ends it at once."""

    HELD = Held(
        _("so that only those whom you named prepare texts for you"),
        timedelta(0),
        "erase",
    )

    class State(models.TextChoices):
        GOING = "going", _("under way")
        ENDED = "ended", _("has ended")

    MOVES = {State.GOING: frozenset({State.ENDED}), State.ENDED: frozenset[str]()}

    leader = models.ForeignKey(Member, models.CASCADE, related_name="assistants")
    assistant = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="assists"
    )
    until = models.DateField(_("until"))  # the last day

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["leader"],
                name="one_assistant_at_a_time",
                condition=Q(state="going"),
            ),
            models.CheckConstraint(
                name="nobody_assists_oneself", condition=~Q(leader=F("assistant"))
            ),
        ]
        indexes = [models.Index(fields=["assistant", "state"], name="assisted_by")]

    def __str__(self) -> str:
        return f"{self.assistant_id} for {self.leader_id}"


class Handover(Stateful):
    """One draft that a leader handed to their assistant to prepare.

    The assistant reads what is in this row and writes into it. The draft itself stays
    the leader's: only they take the prepared text into it, and only they publish.
    """

    HELD = Held(
        _("so that you see what was prepared for you, and what was changed"),
        timedelta(0),
        "erase",
    )

    class State(models.TextChoices):
        ASKED = "asked", _("being prepared")
        PREPARED = "prepared", _("prepared: it waits for its leader")
        TAKEN = "taken", _("taken into the draft")
        ENDED = "ended", _("has ended")

    MOVES = {
        State.ASKED: frozenset({State.PREPARED, State.ENDED}),
        State.PREPARED: frozenset({State.ASKED, State.TAKEN, State.ENDED}),
        State.TAKEN: frozenset({State.ASKED}),
        State.ENDED: frozenset({State.ASKED}),
    }

    share = models.OneToOneField(Share, models.CASCADE, related_name="handover")
    leader = models.ForeignKey(Member, models.CASCADE, related_name="handed")
    assistant = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="prepares"
    )
    said = models.TextField(blank=True)  # the leader's words, as they were handed over
    note = models.CharField(_("what you would like"), max_length=500, blank=True)
    voices = models.BooleanField(_("with my voice notes"), default=False)
    asked_at = models.DateTimeField()  # notes kept later are not handed over
    text = models.TextField(blank=True)  # as the assistant wrote it

    class Meta:
        indexes = [
            models.Index(fields=["assistant", "state"], name="handed_to"),
            models.Index(fields=["leader", "state"], name="handed_by"),
        ]

    def __str__(self) -> str:
        return f"handover of share {self.share_id}"


class Inside(models.Model):
    """What a leader told inside the organisation, noted by themselves."""

    HELD = Held(
        _("so that what you tell inside counts as much as what you post"),
        timedelta(0),
        "erase",
    )

    class Place(models.TextChoices):
        INTRANET = "intranet", _("the intranet")
        SLACK = "slack", _("Slack")
        TEAMS = "teams", _("Microsoft Teams")
        HALL = "hall", _("a meeting of all staff")

    member = models.ForeignKey(Member, models.CASCADE, related_name="told_inside")
    place = models.CharField(_("where"), max_length=8, choices=Place)
    topic = models.ForeignKey(
        Topic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("topic"),
    )
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("your words"), max_length=5000)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["member", "-at"], name="told_inside_by"),
            models.Index(fields=["topic", "-at"], name="told_inside_of"),
        ]

    def __str__(self) -> str:
        return f"told in {self.place}"


class Echo(models.Model):
    """How many saw a leader's examples in a month, and told something in two weeks.

    Only of five and more, counted once, for the leader alone. It names none of them,
    and says nothing of why.
    """

    HELD = Held(
        _("so that you see, without names, what followed your example"),
        timedelta(0),
        "erase",
    )

    member = models.ForeignKey(Member, models.CASCADE, related_name="echoes")
    month = models.DateField()  # its first day
    saw = models.PositiveIntegerField()  # people
    told = models.PositiveIntegerField(null=True)  # of those; None: too few to say

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "month"], name="an_echo_once_a_month"
            )
        ]

    def __str__(self) -> str:
        return f"echo of {self.month}"
