from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from pesue.content.models.items import Item
from pesue.content.models.pictures import Picture
from pesue.content.models.troubles import Troubled
from pesue.content.plain import clipped
from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.guidance.models import Concept
from pesue.people.models import Member


class Story(Stateful):
    """What an employee made: words, pictures, a short video."""

    HELD = Held(_("to keep the story you wrote"), timedelta(days=30), "unname")

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        SENT = "sent", _("waiting for a look")
        ACCEPTED = "accepted", _("in the library")
        WITHDRAWN = "withdrawn", _("withdrawn")

    MOVES = {
        State.DRAFT: frozenset({State.SENT, State.WITHDRAWN}),
        State.SENT: frozenset({State.DRAFT, State.ACCEPTED, State.WITHDRAWN}),
        State.ACCEPTED: frozenset({State.WITHDRAWN}),
        State.WITHDRAWN: frozenset({State.DRAFT}),
    }

    author = models.ForeignKey(
        Member, models.SET_NULL, null=True, related_name="stories"
    )
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("your story"), max_length=20_000, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="fi"
    )
    public = models.BooleanField(
        _("anyone on the web may read it, with my name"), default=False
    )
    was_public = models.BooleanField(default=False)  # its page is gone, not unknown
    may_wait = models.BooleanField(
        _("it may wait some days for colleagues to tell it, if a lot says so"),
        help_text=_("So we learn what telling adds. Your page is there at once."),
        default=False,
    )
    slug = models.CharField(max_length=80, blank=True)  # of the public page
    note = models.TextField(max_length=2000, blank=True)  # back to the author
    reviewer = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    item = models.OneToOneField(
        Item, models.SET_NULL, null=True, blank=True, related_name="story"
    )
    concept = models.ForeignKey(
        Concept, models.SET_NULL, null=True, blank=True, related_name="stories"
    )
    made_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    edition = models.PositiveIntegerField(default=0)  # counts the edits

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slug"], name="a_slug_is_one_story", condition=~Q(slug="")
            )
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="story_review"),
            models.Index(
                fields=["state", "-accepted_at", "-id"], name="stories_in_the_library"
            ),
            models.Index(
                fields=["author", "state", "-accepted_at", "-id"],
                name="stories_of_author",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_on_the_web(self) -> bool:
        """Whether anybody may read it now: accepted, and the author agreed."""
        return self.state == self.State.ACCEPTED and self.public

    @cached_property
    def cover(self) -> Picture | None:
        """The first picture, or an early frame of the video."""
        pictures = list(self.pictures.all())
        video = getattr(self, "video", None)
        return pictures[0] if pictures else video.poster if video else None

    @property
    def beginning(self) -> str:
        """What stands of it in a list of stories."""
        return clipped(" ".join(self.text.split()), 320)

    def get_absolute_url(self) -> str:
        return reverse("story", args=[self.pk])


class Video(Stateful, Troubled):
    """A short video of a story; waits for the worker, who checks and repacks it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be checked")
        CHECKING = "checking", _("being checked")  # a worker holds it
        READY = "ready", _("ready")
        REFUSED = "refused", _("cannot be used")
        OFF = "off", _("was taken off, as somebody in it wished")

    MOVES = {
        State.WAITING: frozenset({State.CHECKING, State.OFF}),
        State.CHECKING: frozenset(
            {State.WAITING, State.READY, State.REFUSED, State.OFF}
        ),
        State.READY: frozenset({State.OFF}),
        State.REFUSED: frozenset({State.OFF}),
        State.OFF: frozenset[str](),
    }

    # Rows of which it is said that nobody else is in it, or who, and that they agreed.
    SAID = Q(people=Picture.People.NOBODY) | (
        Q(people=Picture.People.AGREED) & ~Q(names="")
    )

    story = models.OneToOneField(Story, models.CASCADE, related_name="video")
    alt = models.CharField(_("what is seen and said"), max_length=2000)
    captions = models.TextField(_("captions"), max_length=60_000, blank=True)  # WebVTT
    people = models.CharField(
        _("who can be recognised in it"),
        max_length=8,
        choices=Picture.People,
        blank=True,
    )
    names = models.CharField(_("their names"), max_length=300, blank=True)
    # What is to be kept of the upload, and the frame that stands for it; milliseconds.
    starts = models.PositiveIntegerField(default=0)
    ends = models.PositiveIntegerField(null=True)
    poster_at = models.PositiveIntegerField(null=True)
    upload = models.CharField(max_length=200)  # under DATA/uploads, until checked
    file = models.CharField(max_length=200, blank=True, db_index=True)
    poster = models.ForeignKey(Picture, models.SET_NULL, null=True, related_name="+")
    seconds = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"video of story {self.story_id}"

    @property
    def is_said(self) -> bool:
        """As SAID, of this row."""
        agreed = self.people == Picture.People.AGREED and bool(self.names)
        return agreed or self.people == Picture.People.NOBODY

    @property
    def url(self) -> str:
        return reverse("media", args=[self.file])

    @property
    def type(self) -> str:
        return "video/webm" if self.file.endswith(".webm") else "video/mp4"
