"""What is tried, who was drawn into what, who met it, and who stays out.

Nothing here says how it went: that is read elsewhere, from the outcome's name.
"""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.people.models import Member

DAY = timedelta(days=1)


class Frozen(Exception):
    """It has begun: nothing that decides its reading may change any more."""

    def __str__(self) -> str:
        return str(
            _(
                "This trial has begun. Nothing that decides how it is read may change "
                "now; it can only be ended early, with a reason."
            )
        )


class Trial(Stateful):
    """One question, tried with a lot instead of an opinion."""

    HELD = Held(_("so that a trial has somebody to ask"), timedelta(0), "unname")

    class State(models.TextChoices):
        DRAFT = "draft", _("being planned")
        RUNNING = "running", _("running")
        ENDED = "ended", _("ended as planned")
        STOPPED = "stopped", _("ended early")

    MOVES = {
        State.DRAFT: frozenset({State.RUNNING}),
        State.RUNNING: frozenset({State.ENDED, State.STOPPED}),
        State.ENDED: frozenset[str](),
        State.STOPPED: frozenset[str](),
    }

    class Kind(models.TextChoices):
        ROLLOUT = "rollout", _("all get it, in drawn order")
        ARMS = "arms", _("fixed groups, drawn")
        HOLDOUT = "holdout", _("a few items, drawn by lot, wait")

    class Unit(models.TextChoices):
        TEAM = "team", _("teams")
        MEMBER = "member", _("members")
        ITEM = "item", _("items")

    name = models.CharField(_("name"), max_length=80)
    question = models.TextField(_("what we want to know"), max_length=500)
    lever = models.CharField(max_length=40)  # key of levers.LEVERS
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ROLLOUT)
    unit = models.CharField(
        _("drawn by"), max_length=8, choices=Unit, default=Unit.TEAM
    )
    seed = models.BigIntegerField()  # drawn once
    begins = models.DateField(_("begins"))
    ends = models.DateField(_("ends"))  # the last day
    days = models.PositiveSmallIntegerField(  # of a wave, or that an item is held
        _("days"), default=7
    )
    waves = models.PositiveSmallIntegerField(default=0)  # of a roll-out, once drawn
    removal = models.PositiveSmallIntegerField(  # days after its end, read as well
        _("days followed after the end"), default=0
    )
    strata = models.JSONField(default=list, blank=True)  # names of queries.units.STRATA
    outcome = models.CharField(_("what is measured"), max_length=40)
    guards = models.JSONField(default=list, blank=True)  # outcomes not to get worse
    looks = models.JSONField(default=list, blank=True)  # days of planned readings
    mechanism = models.JSONField(default=dict)  # of assignment.Mechanism; empty: draft
    sealed = models.CharField(max_length=64, blank=True)  # sealing.seal, at its start
    made_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    why_stopped = models.CharField(_("why it ends early"), max_length=300, blank=True)
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    stopped_by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lever"],
                name="one_trial_a_lever_at_a_time",
                condition=Q(state="running"),
            ),
            models.CheckConstraint(
                name="a_trial_ends_after_it_begins", condition=Q(ends__gte=F("begins"))
            ),
            models.CheckConstraint(
                name="items_are_held_out_and_nothing_else_is",
                condition=Q(kind="holdout", unit="item")
                | (~Q(kind="holdout") & ~Q(unit="item")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_draft(self) -> bool:
        return bool(self.state == self.State.DRAFT)

    @property
    def is_running(self) -> bool:
        return bool(self.state == self.State.RUNNING)

    @property
    def followed_until(self) -> date | None:
        """The last day of the time after its planned end that is read, too."""
        if not self.removal or self.state == self.State.STOPPED:
            return None
        return self.ends + self.removal * DAY

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Drafts only. What has begun changes by its moves alone."""
        _need_draft(self.pk)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _need_draft(self.pk)
        return super().delete(*args, **kwargs)


def _need_draft(trial_id: int | None) -> None:
    if trial_id is None:
        return
    begun = Trial.objects.filter(pk=trial_id).exclude(state=Trial.State.DRAFT)
    if begun.exists():
        raise Frozen


class Arm(models.Model):
    """One of the things that are compared. Exactly one is what was there before."""

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="arms")
    key = models.SlugField(max_length=20)
    name = models.CharField(_("name"), max_length=60)
    share = models.PositiveSmallIntegerField(default=1)  # its weight among the others
    payload = models.JSONField(default=dict, blank=True)  # as the lever's form has it
    is_control = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["trial", "key"], name="an_arm_has_its_key"),
            models.UniqueConstraint(
                fields=["trial"],
                name="one_control_a_trial",
                condition=Q(is_control=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        _need_draft(self.trial_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _need_draft(self.trial_id)
        return super().delete(*args, **kwargs)


class Assignment(models.Model):
    """What one unit was drawn into. Added, never changed.

    A unit is a kind and a number. Only a member's row points to the member, so that
    it goes with them; how many there were stays in the trial's mechanism.
    """

    HELD = Held(
        _("to know which of the things being tried you get"),
        timedelta(days=30),  # coming back loses nothing
        "erase",
    )

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="assignments")
    kind = models.CharField(max_length=8, choices=Trial.Unit)
    unit = models.PositiveBigIntegerField()  # its id; team 0: those without a team
    member = models.ForeignKey(
        Member, models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    arm = models.ForeignKey(  # none: left out of the trial, by `by`
        Arm, models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    stratum = models.CharField(max_length=120, blank=True)
    wave = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)  # when it gets what is tried
    late = models.BooleanField(default=False)  # it came after the draw
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trial", "kind", "unit"], name="a_unit_is_drawn_once"
            ),
            models.CheckConstraint(
                name="a_members_row_is_the_members",
                condition=Q(kind="member", member__isnull=False, member=F("unit"))
                | (~Q(kind="member") & Q(member__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "unit", "starts_on"], name="drawn_units")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit} in {self.trial_id}"

    @property
    def key(self) -> str:
        """The unit's name in the draw."""
        return f"{self.kind}:{self.unit}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Frozen
        super().save(*args, **kwargs)


class Exposure(models.Model):
    """That somebody really met an arm, the first time; or that an item was wanted."""

    HELD = Held(
        _("to know what you met of the things being tried, and when first"),
        timedelta(days=30),
        "erase",
    )

    trial = models.ForeignKey(Trial, models.CASCADE, related_name="exposures")
    arm = models.ForeignKey(Arm, models.CASCADE, related_name="exposures")
    member = models.ForeignKey(
        Member, models.CASCADE, null=True, blank=True, related_name="exposures"
    )
    item = models.PositiveBigIntegerField(null=True, blank=True)  # its id
    first_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trial", "member"],
                name="a_member_meets_a_trial_once",
                condition=Q(member__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["trial", "item"],
                name="an_item_meets_a_trial_once",
                condition=Q(item__isnull=False),
            ),
            models.CheckConstraint(
                name="a_member_or_an_item_met_it",
                condition=Q(member__isnull=True, item__isnull=False)
                | Q(member__isnull=False, item__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arm_id} was met"


class OptOut(models.Model):
    """A member who stays out of trials. Once back, they are in those that begin later:
    one who changes sides in the midst of a trial would blur it."""

    HELD = Held(_("so that you stay out of trials"), timedelta(days=30), "erase")

    member = models.OneToOneField(Member, models.CASCADE, related_name="opt_out")
    at = models.DateTimeField()
    back_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.member_id} stays out"

    @property
    def is_out(self) -> bool:
        return self.back_at is None
