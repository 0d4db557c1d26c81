"""The organisation, its tree of teams, its members, and what each may do."""

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful

FOREVER = timedelta(days=36500)


class Organisation(models.Model):
    """The one organisation of this installation, and its look."""

    name = models.CharField(max_length=100)
    language = models.CharField(max_length=2, default="fi")
    accent = models.CharField(max_length=7, default="#9c3d21")  # "#rrggbb"
    demo = models.BooleanField(default=False)  # a filled example, for looking around
    utm_campaign = models.CharField(max_length=60, default="pesue")

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_organisation", condition=models.Q(pk=1))
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def the(cls) -> "Organisation | None":
        """The organisation, or None before the first run."""
        return cls.objects.filter(pk=1).first()


class Team(models.Model):
    """A node of the tree: a team, a brand, a country."""

    name = models.CharField(_("name"), max_length=100)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=255, db_index=True)  # "/1/4/", own id last

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="siblings_have_names_of_their_own",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the path in step; moving a whole subtree is an action's affair."""
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self.path = path
            super().save(update_fields=["path"])

    def subtree(self) -> "models.QuerySet[Team]":
        """This team and all below it."""
        return Team.objects.filter(path__startswith=self.path)

    def above(self) -> list[int]:
        """Ids of this team and all above it, the root first."""
        return [int(part) for part in self.path.strip("/").split("/") if part]


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

    MOVES = {
        State.INVITED: frozenset({State.ACTIVE, State.LEFT}),
        State.ACTIVE: frozenset({State.LEFT}),
        State.LEFT: frozenset({State.ACTIVE}),
    }

    class Part(models.TextChoices):
        """How much one wants to do, by one's own choice."""

        READER = "reader", _("I read")
        COMMENTER = "commenter", _("I comment")
        SHARER = "sharer", _("I share")
        WRITER = "writer", _("I write")
        COACH = "coach", _("I help others begin")

    email = models.EmailField(_("e-mail"), unique=True)  # in lower case
    name = models.CharField(_("name"), max_length=100)
    title = models.CharField(_("title"), max_length=100, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="fi"
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="members"
    )
    part = models.CharField(max_length=12, choices=Part, default=Part.READER)
    leader = models.BooleanField(default=False)  # of the organisation, by its own word
    joined_at = models.DateTimeField(null=True)
    paused_until = models.DateField(null=True, blank=True)  # no nudges before that day

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

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.state == self.State.ACTIVE


class Grant(models.Model):
    """A role over a team and all below it; without a team, over the organisation."""

    HELD = Held(
        _("so that you can do what you were trusted with"), timedelta(0), "erase"
    )

    class Role(models.TextChoices):
        CURATOR = "curator", _("curator")
        LEAD = "lead", _("programme lead")
        JUROR = "juror", _("juror")
        PRIVACY = "privacy", _("privacy officer")
        ADMIN = "admin", _("administrator")

    member = models.ForeignKey(Member, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=12, choices=Role)
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "role", "team"],
                name="granted_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} over {self.team_id or 'all'}"


class Invitation(models.Model):
    """A way in for those who are not members yet. The token itself is not kept."""

    HELD = Held(_("to know who invited whom"), timedelta(days=30), "unname")

    token_hash = models.CharField(max_length=64, unique=True)  # sha256, hex
    email = models.EmailField(blank=True)  # for one person; empty: by link
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True)
    language = models.CharField(max_length=2, default="fi")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    ends_at = models.DateTimeField()
    uses_left = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"invitation {self.pk}"
