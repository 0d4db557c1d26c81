"""A story's way: written, sent, sent back with a note or taken in, withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from pesue.content.actions.items import add_item
from pesue.content.actions.pictures import describe
from pesue.content.actions.refusals import ChangedElsewhere
from pesue.content.canonical import canonical, url_key
from pesue.content.models import Item, Story, Video
from pesue.content.plain import clipped
from pesue.content.queries.search import index
from pesue.guidance.models import Concept
from pesue.people.models import Member

State = Story.State

UNREADY: dict[str, Promise] = {
    "empty": _("Write something, or add a picture, before you send it."),
    "alt": _("Say what each picture and the video show, for those who cannot see."),
    "video": _("The video cannot be used. Take it away, or choose another."),
    "checking": _("The video is still being checked. Try again in a minute."),
    "people": _(
        "Say who can be recognised in the video, and name those who agreed. Without "
        "that it is shown to nobody."
    ),
    "note": _("Write a few words on what would make the story ready."),
}


class NotReady(Exception):
    """The story lacks something. str() says what."""

    def __init__(self, lack: str) -> None:
        super().__init__(lack)
        self.lack = lack

    def __str__(self) -> str:
        return str(UNREADY[self.lack])


@dataclass(frozen=True)
class Words:
    """What the author has written: the story itself, and what its pictures show."""

    title: str
    text: str
    language: str
    public: bool
    pictures: Mapping[int, tuple[str, str]]  # by picture: what it shows, and people
    video_alt: str
    concept: Concept | None = None
    may_wait: bool = False  # in a hold-out
    video_people: str = ""  # as of Picture.People; empty: what was said stays
    video_names: str = ""


def begin_story(
    author: Member, *, title: str, now: datetime, concept: Concept | None = None
) -> Story:
    """A new draft."""
    return Story.objects.create(
        author=author,
        title=title,
        language=author.language,
        concept=concept,
        state=State.DRAFT,
        state_since=now,
        made_at=now,
    )


def save_story(story: Story, words: Words, *, edition: int) -> None:
    """Save a draft. Raises ChangedElsewhere if it was saved since `edition`."""
    with transaction.atomic():
        rows = Story.objects.filter(pk=story.pk, edition=edition, state=State.DRAFT)
        if not rows.update(
            edition=F("edition") + 1,
            title=words.title,
            text=words.text,
            language=words.language,
            public=words.public,
            may_wait=words.may_wait,
            concept=words.concept,
            reviewer=None,  # who read it has not read this
        ):
            raise ChangedElsewhere
        for picture in story.pictures.all():
            kept = (picture.alt, picture.people)
            describe(picture, *words.pictures.get(picture.pk, kept))
        if words.video_alt:
            Video.objects.filter(story=story).update(alt=words.video_alt)
        if words.video_people:
            said = {"people": words.video_people, "names": words.video_names}
            Video.objects.filter(story=story).update(**said)
    story.refresh_from_db()


def rename(story: Story, title: str) -> None:
    """Another title of a draft, if it is one. Other windows notice."""
    rows = Story.objects.filter(pk=story.pk, state=State.DRAFT).exclude(title=title)
    rows.update(title=title, edition=F("edition") + 1)


def send(story: Story, *, now: datetime) -> None:
    """Ask for a look. Raises NotReady, ForbiddenMove, LostRace."""
    pictures = list(story.pictures.all())
    video = _video(story)
    if not (story.text.strip() or pictures or video):
        raise NotReady("empty")
    if not all(picture.alt.strip() for picture in pictures):
        raise NotReady("alt")
    if video and not video.alt.strip():
        raise NotReady("alt")
    if video and video.state == Video.State.REFUSED:
        raise NotReady("video")
    if video and not video.is_said:
        raise NotReady("people")
    story.move(State.SENT, now=now)


def _video(story: Story) -> Video | None:
    """The story's video, unless somebody in it had it taken off."""
    rows = Video.objects.filter(story=story).exclude(state=Video.State.OFF)
    return rows.select_related("poster").first()


def take_back(story: Story, *, now: datetime) -> None:
    """The author goes on writing. Raises ForbiddenMove, LostRace."""
    story.move(State.DRAFT, now=now)


def send_back(story: Story, *, note: str, by: Member, now: datetime) -> None:
    """Back to the author, with a note. Raises NotReady, ForbiddenMove, LostRace."""
    if not note.strip():
        raise NotReady("note")
    story.move(State.DRAFT, now=now, note=note.strip(), reviewer=by)


def accept_story(story: Story, *, by: Member, now: datetime) -> Item:
    """Into the library, and on the web if the author agreed.

    Raises NotReady, ForbiddenMove, LostRace.
    """
    video = _video(story)
    if video and not video.is_said:
        raise NotReady("people")
    if video and video.state != Video.State.READY:
        refused = video.state == Video.State.REFUSED
        raise NotReady("video" if refused else "checking")
    with transaction.atomic():
        # The move first: of two curators who accept at once, one makes the item.
        story.move(
            State.ACCEPTED,
            now=now,
            reviewer=by,
            note="",
            accepted_at=now,
            slug=story.slug or _slug(story),
            was_public=story.was_public or story.public,
        )
        picture = story.pictures.first() or (video.poster if video else None)
        if story.item is None:
            story.item = add_item(
                now=now,
                state=Item.State.READY,
                may_wait=story.may_wait,
                owner=story.author,
                team=_team(story),
            )
            story.save(update_fields=["item"])
        elif story.item.state != Item.State.READY:
            story.item.move(Item.State.READY, now=now)
        _mirror(story, picture=picture)
    return story.item


def _mirror(story: Story, **also: Any) -> None:
    """Let the library's card say what the story says."""
    item = story.item
    assert item is not None
    item.title, item.language = story.title, story.language
    item.concept = story.concept
    item.summary, item.text = clipped(story.text, 2000), story.text
    item.url = canonical(public_address(story)) if story.is_on_the_web else ""
    item.url_key = url_key(item.url)
    for name, value in also.items():
        setattr(item, name, value)
    item.save()
    index([item])


def _team(story: Story) -> Any:
    return story.author.team if story.author else None


def _slug(story: Story) -> str:
    return f"{slugify(story.title)[:60].strip('-') or 'story'}-{story.pk}"


def public_address(story: Story) -> str:
    """The story's page for everybody, whole."""
    return f"{settings.ADDRESS}{reverse('story-public', args=[story.slug])}"


def show_to_all(story: Story, *, public: bool) -> None:
    """The author agrees that an accepted story is on the web, or no longer does.

    Raises NotReady while nobody has said who is in its video.
    """
    video = _video(story)
    if public and video and not video.is_said:
        raise NotReady("people")
    with transaction.atomic():
        seen = story.was_public or (public and story.state == State.ACCEPTED)
        Story.objects.filter(pk=story.pk).update(public=public, was_public=seen)
        story.public, story.was_public = public, seen
        if story.state == State.ACCEPTED and story.item:
            _mirror(story)


def withdraw(story: Story, *, now: datetime) -> None:
    """Off the library and the web; the words stay with their author.

    Raises ForbiddenMove, LostRace.
    """
    with transaction.atomic():
        story.move(State.WITHDRAWN, now=now)
        if story.item and story.item.state != Item.State.DROPPED:
            story.item.move(Item.State.DROPPED, now=now)
