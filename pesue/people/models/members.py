from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.people.models.organisation import Team


class Members(BaseUserManager["Member"]):
    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email=(username or "").lower())


class Member(Stateful, AbstractBaseUser):
    """A person of the organisation. Leaving is a move, not a deletion."""

    HELD = Held(
        _("so that you can sign in and be reached"), timedelta(days=30), "unname"
    )

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        ACTIVE = "active", _("active")
        LEFT = "left", _("left")
        ERASED = "erased", _("erased")  # an empty shell that unnamed rows may point to

    MOVES = {
        State.INVITED: frozenset({State.ACTIVE, State.LEFT, State.ERASED}),
        State.ACTIVE: frozenset({State.LEFT, State.ERASED}),
        State.LEFT: frozenset({State.ACTIVE, State.INVITED, State.ERASED}),
        State.ERASED: frozenset[str](),
    }

    class Part(models.TextChoices):
        """How much one wants to do, by one's own choice."""

        READER = "reader", _("I read")
        COMMENTER = "commenter", _("I comment")
        SHARER = "sharer", _("I share")
        WRITER = "writer", _("I write")
        COACH = "coach", _("I help others begin")

    email = models.EmailField(_("e-mail"), unique=True)  # in lower case
    name = models.CharField(_("name"), max_length=100, db_index=True)
    title = models.CharField(_("title"), max_length=100, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="fi"
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("team"),
    )
    part = models.CharField(
        _("my part"), max_length=12, choices=Part, default=Part.READER
    )
    leader = models.BooleanField(default=False)  # of the organisation, by its own word
    joined_at = models.DateTimeField(null=True)
    # No nudges before that day.
    paused_until = models.DateField(_("leave me alone until"), null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[Members] = Members()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="address_in_lower_case",
                condition=models.Q(email=Lower("email")),
            )
        ]
        indexes = [
            models.Index(fields=["state", "state_since"], name="members_by_state"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Someone who has left"))

    @property
    def state_words(self) -> str:
        return str(self.State(self.state).label)

    @property
    def device_key(self) -> str:
        """By it a device knows whose the things are that wait on it, and not who."""
        return salted_hmac("pesue.device", str(self.pk)).hexdigest()[:20]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.state == self.State.ACTIVE


class Grant(models.Model):
    """A role over a team and all below it; without a team, over the organisation."""

    HELD = Held(
        _("so that you can do what you were trusted with"),
        timedelta(days=30),  # coming back loses nothing
        "erase",
    )

    class Role(models.TextChoices):
        CURATOR = "curator", _("curator")
        LEAD = "lead", _("programme lead")
        JUROR = "juror", _("juror")
        PRIVACY = "privacy", _("privacy officer")
        ADMIN = "admin", _("administrator")

    member = models.ForeignKey(Member, models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    team = models.ForeignKey(
        Team, models.CASCADE, null=True, blank=True, verbose_name=_("over")
    )

    class Meta:
        constraints = [
            # Two, as SQLite knows no NULLS NOT DISTINCT.
            models.UniqueConstraint(
                fields=["member", "role", "team"], name="granted_once"
            ),
            models.UniqueConstraint(
                fields=["member", "role"],
                name="granted_once_over_all",
                condition=models.Q(team__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} over {self.team_id or 'all'}"
