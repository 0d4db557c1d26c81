"""What a member says of an item, and how it goes out."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Item, Picture
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.guidance.models import Topic
from pesue.people.models import Member, Team
from pesue.sharing.channels import CHANNELS


class Share(Stateful):
    """One member's telling of one item on one channel."""

    HELD = Held(_("to post what you asked us to post"), timedelta(days=30), "erase")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("waiting for its time")
        SENDING = "sending", _("on its way")  # a worker holds it
        HANDED = "handed", _("handed over to you")  # did you post it?
        SHARED = "shared", _("shared")
        REFUSED = "refused", _("refused")  # the channel said no; edit and try again
        UNKNOWN = "unknown", _("not certain")  # the channel never answered
        WITHDRAWN = "withdrawn", _("withdrawn")
        DELETED = "deleted", _("deleted")  # was public, and is no more

    MOVES = {
        State.DRAFT: frozenset({State.SCHEDULED, State.HANDED, State.WITHDRAWN}),
        State.SCHEDULED: frozenset({State.DRAFT, State.SENDING, State.WITHDRAWN}),
        State.SENDING: frozenset(
            {State.SHARED, State.SCHEDULED, State.REFUSED, State.UNKNOWN}
        ),
        State.HANDED: frozenset({State.SHARED, State.DRAFT, State.WITHDRAWN}),
        State.UNKNOWN: frozenset({State.SHARED, State.SCHEDULED, State.WITHDRAWN}),
        State.REFUSED: frozenset({State.DRAFT, State.SCHEDULED, State.WITHDRAWN}),
        State.SHARED: frozenset({State.DELETED}),
        State.WITHDRAWN: frozenset[str](),
        State.DELETED: frozenset[str](),
    }

    member = models.ForeignKey(Member, models.CASCADE, related_name="shares")
    item = models.ForeignKey(Item, models.PROTECT, related_name="shares")
    account = models.ForeignKey(
        "pesue.Account", models.SET_NULL, null=True, blank=True, related_name="shares"
    )
    channel = models.CharField(max_length=32)  # a key of channels.CHANNELS
    way = models.CharField(max_length=8)  # a channels.base.Way
    key = models.CharField(max_length=13, unique=True)  # a TID, kept for every attempt
    text = models.TextField(blank=True)  # all of it, `disclosure` first
    disclosure = models.CharField(max_length=300, blank=True)  # the line in `text`
    undisclosed_why = models.CharField(max_length=300, blank=True)  # an ad without it
    left = models.JSONField(
        default=list
    )  # findings of the check that the member lets be
    other_text = models.TextField(blank=True)  # written meanwhile in another window
    window = models.CharField(max_length=16, blank=True)  # where it was last saved
    edition = models.PositiveIntegerField(default=0)  # counts the saves
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    picture = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True)
    alt = models.CharField(max_length=1500, blank=True)  # in the member's own words
    server = models.URLField(max_length=300, blank=True)  # of a hand-off that needs one
    drafted_at = models.DateTimeField(db_index=True)
    send_at = models.DateTimeField(null=True)  # as the member chose, or by lot
    pressed_at = models.DateTimeField(null=True)  # only of one that waits by lot
    try_at = models.DateTimeField(null=True)  # not before; set when an attempt failed
    unanswered_since = models.DateTimeField(null=True)  # it may be public since then
    shared_at = models.DateTimeField(null=True)
    # Where it is counted: as it was when it went out, whatever is moved later.
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="shares"
    )
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="shares"
    )
    url = models.URLField(max_length=500, blank=True)  # where it can be seen
    ref = models.CharField(max_length=300, blank=True)  # the channel's own id of it
    why = models.CharField(max_length=300, blank=True)  # reason for REFUSED

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "item"],
                name="one_draft_of_an_item",
                condition=Q(state="draft"),
            ),
            models.CheckConstraint(
                name="scheduled_share_has_a_time",
                condition=~Q(state="scheduled") | Q(send_at__isnull=False),
            ),
            models.CheckConstraint(
                name="shared_share_has_a_time",
                condition=~Q(state__in=["shared", "deleted"])
                | Q(shared_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "state", "-drafted_at"], name="shares_mine"),
            models.Index(
                fields=["state", "send_at"],
                name="shares_due",
                condition=Q(state__in=["scheduled", "sending", "unknown"]),
            ),
            models.Index(fields=["item", "-shared_at"], name="shares_of_item"),
            # Who told something in some days, without reading what.
            models.Index(fields=["shared_at", "state", "member"], name="posts_by_day"),
            models.Index(fields=["state_since"], name="shares_moved"),
            models.Index(fields=["url"], name="shares_by_url", condition=~Q(url="")),
        ]

    @property
    def channel_name(self) -> str:
        """As people know it; the key itself if the channel is gone."""
        known = CHANNELS.get(self.channel)
        return str(known.name if known else self.channel)

    def move(self, to: str, *, now: datetime, **also: Any) -> None:
        """As Stateful.move; a share that goes out also keeps where it is counted."""
        if to == self.State.SHARED:
            member = Member.objects.filter(pk=self.member_id)
            also |= {"team": member.values("team")[:1], "topic": self._topic()}
        super().move(to, now=now, **also)

    def _topic(self) -> Topic | None:
        """The oldest that the item had when first told: all its shares have one."""
        told = Share.objects.filter(item=self.item_id, shared_at__isnull=False)
        first = told.select_related("topic").order_by("shared_at", "pk").first()
        return first.topic if first else self.item.topics.order_by("pk").first()

    def __str__(self) -> str:
        return f"share {self.pk} on {self.channel}"
