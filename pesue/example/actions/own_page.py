"""A page of one's own: switched on, shaped and switched off by its member alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from pesue.content.models import Story
from pesue.example.models import GivenSlug, OwnPage
from pesue.people.models import Member
from pesue.sharing.models import Share


class SlugTaken(Exception):
    """The address is another's, or was: it is given to nobody else."""


@dataclass(frozen=True)
class Wanted:
    """How the member wants the page."""

    shown: bool
    slug: str
    about: str
    titled: bool
    followed: bool
    left_out: Iterable[Story]
    posts: Iterable[Share]


def keep(member: Member, wanted: Wanted, *, now: datetime) -> OwnPage:
    """Keep it as wanted, whole or not at all. Raises SlugTaken."""
    try:
        with transaction.atomic():
            _give(wanted.slug, member, for_good=wanted.shown)
            page = OwnPage.objects.filter(member=member).first()
            page = page or OwnPage(member=member)
            if wanted.shown and not page.shown:
                page.shown_since = now
            page.shown, page.slug = wanted.shown, wanted.slug
            page.about, page.titled = wanted.about, wanted.titled
            page.followed = wanted.followed
            page.save()
            page.left_out.set(wanted.left_out)
            page.posts.set(wanted.posts)
    except IntegrityError as error:  # somebody took it a moment ago
        raise SlugTaken from error
    return page


def _give(slug: str, member: Member, *, for_good: bool) -> None:
    """An address that was never shown is nobody's. Raises SlugTaken."""
    mac = GivenSlug.mac_of(slug)
    given = GivenSlug.objects.filter(mac=mac).first()
    others = OwnPage.objects.filter(slug=slug).exclude(member=member)
    if (given and given.member_id != member.pk) or others.exists():
        raise SlugTaken
    if for_good and not given:
        GivenSlug.objects.create(mac=mac, member=member)
