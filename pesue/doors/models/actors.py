"""Those of us who can be followed, and those who follow."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pesue.example.models.own_page import LONGEST_SLUG
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.foundation.secrets import seal, unseal
from pesue.foundation.site import host, whole
from pesue.people.models import Member

LONGEST_ADDRESS = 500


class Actor(Stateful):
    """The house, or a member with a page of their own, as other servers know them.

    One that is closed stays for some weeks, so that every server can be told.
    """

    HELD = Held(
        _("so that people elsewhere can follow your page, if you let them"),
        timedelta(days=30),
        "unname",
    )

    class State(models.TextChoices):
        OPEN = "open", _("can be followed")
        CLOSED = "closed", _("gone")

    MOVES = {
        State.OPEN: frozenset({State.CLOSED}),
        State.CLOSED: frozenset[str](),
    }

    house = models.BooleanField(default=False)
    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="actors"
    )
    name = models.SlugField(_("name"), max_length=LONGEST_SLUG)  # before the @
    public_key = models.TextField()  # PEM
    sealed = models.TextField()  # the private half, by foundation.secrets
    made_at = models.DateTimeField()
    told = models.CharField(max_length=64, blank=True)  # hash of how servers know it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="one_of_a_name_is_open",
                condition=Q(state="open"),
            ),
            models.UniqueConstraint(
                fields=["house"],
                name="one_house_is_open",
                condition=Q(state="open", house=True),
            ),
            models.UniqueConstraint(
                fields=["member"],
                name="a_member_is_one_actor",
                condition=Q(state="open"),
            ),
        ]

    def __str__(self) -> str:
        return f"@{self.name}"

    @property
    def id_(self) -> str:
        """The address by which other servers know it."""
        return whole(reverse("actor", args=[self.name]))

    @property
    def handle(self) -> str:
        """As people write it."""
        return f"@{self.name}@{host()}"

    @property
    def key_id(self) -> str:
        return f"{self.id_}#main-key"

    def seal(self, private_key: str) -> str:
        """The row must have its id."""
        return seal(private_key, row=f"actor:{self.pk}")

    def private_key(self) -> str:
        """Raises CannotUnseal."""
        return unseal(self.sealed, row=f"actor:{self.pk}")


class Inbox(models.Model):
    """Where a server takes what we send: one for many followers, where it has one.

    It stays when its last follower goes, so that what is taken back is taken back
    there, too.
    """

    address = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    failing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "inboxes"
        indexes = [
            models.Index(
                fields=["failing_since"],
                name="inboxes_failing",
                condition=Q(failing_since__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.address


class Follower(models.Model):
    """Somebody on another server who follows one of ours."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="followers")
    uri = models.CharField(max_length=LONGEST_ADDRESS, db_index=True)  # who
    inbox = models.ForeignKey(Inbox, models.CASCADE, related_name="followers")
    key_id = models.CharField(max_length=LONGEST_ADDRESS)
    public_key = models.TextField()  # PEM, as last seen
    follow = models.CharField(max_length=LONGEST_ADDRESS, blank=True)  # its id
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "uri"], name="followed_once")
        ]

    def __str__(self) -> str:
        return self.uri
