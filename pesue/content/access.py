"""Which items, stories and sources a member may reach."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from pesue.content.levers import HOLD_OUT
from pesue.content.models import Item, Picture, Source, Story, Video
from pesue.foundation.gone import Gone
from pesue.foundation.numbers import row_number
from pesue.guidance.models import Prompt
from pesue.people.access import Role, may, teams_of, within
from pesue.people.models import Member, Team
from pesue.trials.queries import held

CURATES = (Role.CURATOR.value, Role.LEAD.value)


def curated_paths(member: Member) -> list[str] | None:
    """Paths of the subtrees whose content the member looks after; None means all."""
    found: list[str] = []
    for role in CURATES:
        paths = teams_of(member, role)
        if paths is None:
            return None
        found += paths
    return found


def curates(member: Member, team: Team | None) -> bool:
    """Whether the member looks after content of `team`; without one, of everybody."""
    if team is None:
        return curated_paths(member) is None
    return any(may(member, role, team) for role in CURATES)


def team_for(member: Member) -> Team | None:
    """The team that what the member adds belongs to; None: it is everybody's.

    Their own where they look after it, else the uppermost that they do.
    """
    paths = curated_paths(member)
    if paths is None:
        return None
    if member.team is not None and curates(member, member.team):
        return member.team
    return Team.objects.filter(path__in=paths).order_by("path").first()


def _within(member: Member, field: str) -> Q:
    """Rows whose team, by the path in `field`, the member looks after."""
    return within(curated_paths(member), field)


def meant_for(member: Member) -> "QuerySet[Item]":
    """Items in the library for the member's team, or for all."""
    return for_team_of(member).filter(state=Item.State.READY)


def offered_to(member: Member, *, today: date) -> "QuerySet[Item]":
    """Of those, what is offered for telling: a few wait some days, by lot."""
    waiting = held(HOLD_OUT.key, today=today, member=member)
    return meant_for(member).filter(~Exists(waiting.filter(unit=OuterRef("pk"))))


def for_team_of(member: Member) -> "QuerySet[Item]":
    """Items for the member's team, or for all, however they stand."""
    through = Item.audience.through.objects.filter(item=OuterRef("pk"))
    mine = member.team.above() if member.team else []
    return Item.objects.filter(~Exists(through) | Exists(through.filter(team__in=mine)))


def item_for(member: Member, item_id: int) -> Item:
    """An item the member may read; 404 for others, as if it did not exist.

    One may read what the library holds for one's team, what one suggested or owns,
    and what one looks after.
    """
    rows = Item.objects.select_related("picture", "concept", "owner", "source", "team")
    item = get_object_or_404(rows, pk=item_id)
    if member.pk in {item.owner_id, item.suggested_by_id} or curates(member, item.team):
        return item
    return get_object_or_404(
        rows.filter(pk__in=meant_for(member).filter(pk=item_id).values("pk"))
    )


def items_to_curate(member: Member) -> "QuerySet[Item]":
    return Item.objects.filter(_within(member, "team__path"))


def item_to_curate(member: Member, item_id: int) -> Item:
    return get_object_or_404(items_to_curate(member), pk=item_id)


def sources_of(member: Member) -> "QuerySet[Source]":
    return Source.objects.filter(_within(member, "team__path"))


def source_of(member: Member, source_id: int) -> Source:
    return get_object_or_404(sources_of(member), pk=source_id)


def own_stories(member: Member) -> "QuerySet[Story]":
    return Story.objects.filter(author=member)


def own_story(member: Member, story_id: int) -> Story:
    return get_object_or_404(own_stories(member), pk=story_id)


def stories_to_review(member: Member) -> "QuerySet[Story]":
    return Story.objects.filter(
        _within(member, "author__team__path"), state=Story.State.SENT
    )


def story_for(member: Member, story_id: int) -> Story:
    """A story one wrote, or one that was sent to those who look after its team."""
    hidden = Q(state__in=[Story.State.DRAFT, Story.State.WITHDRAWN])
    return get_object_or_404(
        Story.objects.select_related("author__team", "item", "reviewer"),
        Q(author=member) | (_within(member, "author__team__path") & ~hidden),
        pk=story_id,
    )


def may_review(member: Member, story: Story) -> bool:
    """Whether the member looks after what the author's team tells."""
    return curates(member, story.author.team if story.author else None)


def story_to_review(member: Member, story_id: int) -> Story:
    story = story_for(member, story_id)
    if not may_review(member, story):
        raise Http404
    return story


def stories_on_the_web() -> "QuerySet[Story]":
    """Accepted, and their authors agreed and are here: with a leaver, their stories
    leave the web at once, and with one who comes back they are there again."""
    return Story.objects.filter(
        state=Story.State.ACCEPTED, public=True, author__state=Member.State.ACTIVE
    )


def public_story(slug: str) -> Story:
    """A story on the web. Raises Gone for one that was there; others get 404."""
    rows = stories_on_the_web().select_related(
        "author", "item", "concept", "video__poster"
    )
    found = rows.filter(slug=slug).first()
    if found is None:
        get_object_or_404(Story, slug=slug, was_public=True)
        raise Gone
    return found


def kept_picture(
    member: Member, item: Item, picture_id: str | int | None
) -> Picture | None:
    """A picture that a form remembers: the member's own, or the one the item has."""
    number = row_number(str(picture_id or ""))
    mine = Q(by=member) | Q(pk=item.picture_id)
    return Picture.objects.filter(mine, pk=number).first() if number else None


def video_of(story: Story) -> Video | None:
    """The video of a story one may see, with its poster."""
    return Video.objects.filter(story=story).select_related("poster").first()


def video_to_take_off(member: Member, story_id: int) -> Video:
    """One of the member's own, or of a story they look after; 404 for others."""
    rows = Video.objects.filter(story=story_for(member, story_id))
    standing = rows.exclude(state=Video.State.OFF)
    return get_object_or_404(standing.select_related("poster", "story__author__team"))


def saved_text(story: Story) -> str:
    """What is saved of one's own story now, whatever this instance holds."""
    return (
        Story.objects.values_list("text", flat=True).filter(pk=story.pk).first() or ""
    )


def prompt_of(number: str) -> str:
    """What a concept asks for, by the number in an address; "" if there is none."""
    row = row_number(number)
    found = Prompt.objects.filter(pk=row).first() if row else None
    return found.text if found else ""


def file_is_public(name: str) -> bool:
    """Whether a file of the media folder belongs to a story on the web.

    `name` is the full file's, "<sha256>.webp". Others need a sign-in.
    """
    shown = stories_on_the_web()
    videos = Video.objects.filter(story__in=shown).exclude(state=Video.State.OFF)
    return (
        Picture.objects.filter(file=name, story__in=shown).exists()
        or videos.filter(file=name).exists()
        or videos.filter(poster__file=name).exists()
    )


def was_taken_off(name: str) -> bool:
    """Whether a file was a video that somebody in it did not want any more."""
    rows = Video.objects.filter(file=name)
    off = rows.filter(state=Video.State.OFF).exists()
    return off and not rows.exclude(state=Video.State.OFF).exists()
