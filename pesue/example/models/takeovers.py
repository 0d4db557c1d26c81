"""Days on which a colleague tells from a channel of the organisation's."""

from datetime import date, timedelta
from urllib.parse import urlsplit

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Story
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.guidance.models import Concept
from pesue.people.models import Member
from pesue.sharing.channels import CHANNELS

MOST_DAYS = 14


class Takeover(Stateful):
    """Offered by a lead or asked for by a member; it is on once both said yes."""

    HELD = Held(
        _("so that colleagues know who tells from which channel, and who helps"),
        timedelta(0),
        "unname",
    )

    class State(models.TextChoices):
        OFFERED = "offered", _("waiting for the one who would tell")
        ASKED = "asked", _("waiting for a lead")
        AGREED = "agreed", _("is settled")
        DECLINED = "declined", _("did not come about")
        ENDED = "ended", _("has ended early")
        DONE = "done", _("is over")

    MOVES = {
        State.OFFERED: frozenset({State.AGREED, State.DECLINED}),
        State.ASKED: frozenset({State.AGREED, State.DECLINED}),
        State.AGREED: frozenset({State.ENDED, State.DONE}),
        State.DECLINED: frozenset[str](),
        State.ENDED: frozenset[str](),
        State.DONE: frozenset[str](),
    }

    class Way(models.TextChoices):
        """How one posts there. No password ever changes hands."""

        ROLE = "role", _("a role of one's own in the network's tools, for these days")
        JOINT = "joint", _("from one's own account, and the channel joins the post")
        FILES = "files", _("files and words go to whoever keeps the channel")

    member = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="takeovers"
    )
    lead = models.ForeignKey(  # who offered it, or said yes
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    keeper = models.ForeignKey(  # of the channel: helps, posts, takes the role back
        Member, models.SET_NULL, null=True, blank=True, related_name="takeovers_kept"
    )
    channel = models.CharField(_("network"), max_length=32)  # a key of CHANNELS
    account = models.CharField(_("channel there"), max_length=100)  # as people know it
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    way = models.CharField(_("how one posts"), max_length=8, choices=Way, blank=True)
    says = models.TextField(_("what is told"), max_length=2000)
    leaves = models.TextField(_("what is left out"), max_length=2000, blank=True)
    helped = models.CharField(
        _("where the keeper is reached"), max_length=200, blank=True
    )
    story = models.ForeignKey(  # filmed for it; the keeper sees it once it is sent
        Story, models.SET_NULL, null=True, blank=True, related_name="takeovers"
    )
    concept = models.ForeignKey(
        Concept, models.SET_NULL, null=True, blank=True, related_name="takeovers"
    )
    told_at = models.DateTimeField(null=True, blank=True)  # when that was said here

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_takeover_ends_after_it_begins",
                condition=Q(ends__gte=F("starts")),
            )
        ]
        indexes = [models.Index(fields=["state", "starts"], name="takeovers_to_come")]

    def __str__(self) -> str:
        return f"{self.account} from {self.starts}"

    @property
    def network(self) -> str:
        """As people know it; the key itself if the channel is gone."""
        known = CHANNELS.get(self.channel)
        return str(known.name if known else self.channel)

    @property
    def days(self) -> list[date]:
        length = (self.ends - self.starts).days
        return [self.starts + timedelta(days=n) for n in range(length + 1)]


class TakeoverPost(models.Model):
    """Where something stands that was told in a takeover; said by those who told it."""

    HELD = Held(
        _("so that colleagues find what you told from our channel"),
        timedelta(0),
        "erase",
    )

    takeover = models.ForeignKey(Takeover, models.CASCADE, related_name="posts")
    member = models.ForeignKey(  # who told
        Member, models.CASCADE, related_name="takeover_posts"
    )
    url = models.URLField(max_length=500)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["takeover", "url"], name="a_post_of_a_takeover_is_named_once"
            )
        ]

    def __str__(self) -> str:
        return self.url

    @property
    def short(self) -> str:
        """As people read an address: without what machines need before and after."""
        parts = urlsplit(self.url)
        return f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/")


class TakeoverDay(models.Model):
    """A day that a channel is given away: once, the database sees to it."""

    takeover = models.ForeignKey(Takeover, models.CASCADE, related_name="taken")
    channel = models.CharField(max_length=32)
    account = models.CharField(max_length=100)  # folded: @Litter is litter
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "account", "day"],
                name="a_channel_is_taken_over_by_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} on {self.day}"
