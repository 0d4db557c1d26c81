"""One time an award is given: who is nominated, who judges, and who won."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Story
from pesue.encouragement.models.awards import Award, AwardCategory
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.guidance.models import Value
from pesue.people.models import Member, Team


class AwardRound(Stateful):
    """From the call to the result. Its dates move it on; whoever leads may earlier."""

    HELD = Held(_("so that an award has somebody to ask"), timedelta(0), "unname")

    class State(models.TextChoices):
        CALL = "call", _("being prepared")
        NOMINATING = "nominating", _("colleagues nominate")
        JUDGING = "judging", _("the jury scores")
        VOTING = "voting", _("colleagues vote")
        DECIDED = "decided", _("decided; the winners are told first")
        PUBLISHED = "published", _("published")
        OFF = "off", _("called off")

    MOVES = {
        State.CALL: frozenset({State.NOMINATING, State.OFF}),
        State.NOMINATING: frozenset({State.JUDGING, State.VOTING, State.OFF}),
        State.JUDGING: frozenset({State.VOTING, State.DECIDED, State.OFF}),
        State.VOTING: frozenset({State.DECIDED, State.OFF}),
        State.DECIDED: frozenset({State.PUBLISHED}),
        State.PUBLISHED: frozenset[str](),
        State.OFF: frozenset[str](),
    }
    OVER = (State.PUBLISHED, State.OFF)

    award = models.ForeignKey(Award, models.CASCADE, related_name="rounds")
    begins = models.DateField(_("nominations open"))
    nominate_until = models.DateField(_("the last day to nominate"))
    judge_until = models.DateField(_("the last day for the jury"))
    vote_until = models.DateField(_("the last day to vote"))
    publish_on = models.DateField(_("the result is published"))
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    told = models.CharField(max_length=16, blank=True)  # state of which all were told
    # The ballot: its public key, made by the worker together with the roll.
    key = models.CharField(max_length=200, blank=True)
    on_roll = models.PositiveIntegerField(default=0)  # who could vote, as it opened
    closed_at = models.DateTimeField(null=True, blank=True)  # no ballot after that
    lost = models.BooleanField(default=False)  # its key is gone: nothing was counted
    # Kept of the ballot: how many voted, their codes in alphabetical order, and how
    # many chose whom where that may be shown.
    voted = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)  # boxes that could not be opened
    codes = models.JSONField(default=list, blank=True)
    votes = models.JSONField(default=dict, blank=True)  # {category: people, others}
    outcome = models.JSONField(default=dict, blank=True)  # {category: why nobody won}
    decided_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begins", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="an_award_has_its_days_in_order",
                condition=Q(nominate_until__gte=F("begins"))
                & Q(judge_until__gte=F("nominate_until"))
                & Q(vote_until__gte=F("judge_until"))
                & Q(publish_on__gt=F("vote_until")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.award}: {self.title}"

    @property
    def title(self) -> str:
        """Its month or its year, in the reader's language."""
        yearly = self.award.rhythm == Award.Rhythm.YEAR
        return date_format(self.publish_on, "Y" if yearly else "F Y").capitalize()

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER

    def ends_on(self) -> date | None:
        """The last day of what happens now; None where nothing is waited for."""
        return {
            self.State.NOMINATING: self.nominate_until,
            self.State.JUDGING: self.judge_until,
            self.State.VOTING: self.vote_until,
            self.State.DECIDED: self.publish_on - timedelta(days=1),
        }.get(self.State(self.state))


class Aside(models.Model):
    """Somebody's "not this" to a call or a vote: Today speaks of it no more."""

    HELD = Held(
        _("so that an award you would rather let be is not offered to you again"),
        timedelta(0),
        "erase",
    )

    round = models.ForeignKey(AwardRound, models.CASCADE, related_name="asides")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    state = models.CharField(max_length=16)  # of the round then: which part of it
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "member", "state"], name="an_award_let_be_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}, {self.state}: not {self.member_id}"


class AwardNominee(Stateful):
    """Who was named by colleagues, and whether they stand.

    Somebody who says no is not shown anywhere, and nobody is told that they said so.
    """

    HELD = Held(
        _("so that you can be asked whether you stand for an award"),
        timedelta(days=30),
        "erase",
    )

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        STANDING = "standing", _("stands")
        DECLINED = "declined", _("said no")
        WITHDRAWN = "withdrawn", _("stands no more")

    MOVES = {
        State.ASKED: frozenset({State.STANDING, State.DECLINED}),
        State.STANDING: frozenset({State.WITHDRAWN}),
        State.DECLINED: frozenset({State.STANDING}),
        State.WITHDRAWN: frozenset[str](),
    }

    round = models.ForeignKey(AwardRound, models.CASCADE, related_name="nominees")
    category = models.ForeignKey(AwardCategory, models.CASCADE, related_name="+")
    member = models.ForeignKey(
        Member, models.CASCADE, null=True, blank=True, related_name="award_nominees"
    )
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, related_name="+"
    )
    story = models.ForeignKey(  # of the member's, where it is what was named
        Story, models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "category", "member"],
                name="a_person_stands_once",
                condition=Q(story__isnull=True, member__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["round", "category", "story"],
                name="a_story_stands_once",
                condition=Q(story__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["round", "category", "team"],
                name="a_team_stands_once",
                condition=Q(team__isnull=False),
            ),
            models.CheckConstraint(
                name="a_person_or_a_team_stands",
                condition=Q(member__isnull=False, team__isnull=True)
                | Q(member__isnull=True, team__isnull=False, story__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        if self.story:
            return f"{self.story.title} ({self.member})"
        return str(self.member or self.team)


class Nomination(models.Model):
    """Why one colleague named them, in that colleague's words."""

    HELD = Held(_("so that good work is told of"), timedelta(days=30), "unname")

    nominee = models.ForeignKey(
        AwardNominee, models.CASCADE, related_name="nominations"
    )
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="nominations_made"
    )
    why = models.TextField(_("why, in your words"), max_length=1000)
    value = models.ForeignKey(
        Value, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nominee", "by"], name="nominated_once_by_each"
            )
        ]

    def __str__(self) -> str:
        return self.why[:60]


class Win(models.Model):
    """Who won, or came next, and how they want that shown."""

    HELD = Held(
        _("so that the gallery remembers who was honoured"),
        timedelta(days=365),
        "unname",
    )

    round = models.ForeignKey(AwardRound, models.CASCADE, related_name="wins")
    category = models.ForeignKey(AwardCategory, models.CASCADE, related_name="+")
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="wins"
    )
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    story = models.ForeignKey(
        Story, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    runner_up = models.BooleanField(default=False)
    why = models.TextField(max_length=1000, blank=True)  # a nomination's words
    votes = models.PositiveIntegerField(null=True, blank=True)  # where it may be told
    # Named to colleagues: winners unless they say no, runners-up only if they say yes.
    named = models.BooleanField(default=False)
    public = models.BooleanField(default=False)  # whoever has the address may look
    code = models.CharField(max_length=32, unique=True)  # of that address
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["runner_up", "category__position", "pk"]

    def __str__(self) -> str:
        return str(self.member or self.team or _("Someone who has left"))
