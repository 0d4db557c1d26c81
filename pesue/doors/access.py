"""Which of our actors and posts strangers may reach, and who looks after them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve

from pesue.content.access import stories_on_the_web
from pesue.content.models import Story
from pesue.doors.models import Actor, Follower, Inbox, Post
from pesue.doors.queries.actors import open_actors
from pesue.doors.queries.actors import the_house as the_house
from pesue.doors.queries.posts import live, with_story
from pesue.example.models import GivenSlug
from pesue.foundation.gone import Gone
from pesue.people.models import Member


def actor(name: str) -> Actor:
    """One that can be followed. Raises Gone for a name that was; others get 404."""
    rows = open_actors().filter(name=name)
    found = rows.select_related("member__own_page").first()
    if found is None or not _may_be_seen(found):
        if not Actor.objects.filter(name=name).exists():
            get_object_or_404(GivenSlug, mac=GivenSlug.mac_of(name))
        raise Gone
    return found


def _may_be_seen(one: Actor) -> bool:
    """What a member said counts at once, before the worker has closed anything."""
    page = getattr(one.member, "own_page", None)
    if one.house or page is None:
        return one.house
    wanted = page.is_on_the_web and page.followed
    return bool(wanted and page.slug == one.name)


def post(name: str, number: int) -> Post:
    """One that stands. Raises Gone; 404 for what never was."""
    found = get_object_or_404(Post.objects.filter(actor__name=name), pk=number)
    on_the_web = live().filter(pk=found.pk, story__in=stories_on_the_web())
    shown = with_story(on_the_web).first()
    if shown is None or not _may_be_seen(shown.actor):
        raise Gone
    return shown


def told_by(one: Actor) -> "QuerySet[Post]":
    """Its posts, the newest first."""
    return with_story(live().filter(actor=one)).order_by("-at", "-pk")


def at(resource: str) -> Actor:
    """Whom "acct:name@host", or an address of ours, means. 404 for others'; Gone."""
    ours = urlsplit(settings.ADDRESS)
    scheme, _, rest = resource.partition(":")
    if scheme == "acct":
        name, _, host = rest.lstrip("@").rpartition("@")
        if host.lower() != ours.netloc.lower() or not name:
            raise Http404
        return actor(name.lower())
    if not resource.startswith(f"{settings.ADDRESS}/"):
        raise Http404
    try:
        match = resolve(urlsplit(resource).path)
    except (ValueError, Resolver404) as error:
        raise Http404 from error
    if match.url_name not in ("actor", "public-person"):
        raise Http404
    return actor(match.kwargs.get("name") or match.kwargs["slug"].lower())


def of(member: Member) -> Actor | None:
    """A member, while they can be followed."""
    return open_actors().filter(member=member).first()


def note_of(story: Story) -> str:
    """The address of a story's note; empty before it has one."""
    note = live().filter(story=story, note=None).select_related("actor").first()
    return note.id_ if note else ""


def follower_count(one: Actor | None = None) -> int:
    """Of one, or of all of ours."""
    rows = Follower.objects.filter(actor=one) if one else Follower.objects.all()
    return rows.count()


def failing() -> "QuerySet[Inbox]":
    """Inboxes that do not answer, the longest first, with how much waits for each."""
    rows = Inbox.objects.filter(failing_since__isnull=False)
    waiting = Count("deliveries", filter=Q(deliveries__activity__over=False))
    return rows.annotate(waiting=waiting).order_by("failing_since")
