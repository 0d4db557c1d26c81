"""What can be done with links."""

import secrets
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pesue.people.models import Organisation
from pesue.sharing.clicks.door import ALPHABET, LENGTH
from pesue.sharing.clicks.targets import BadTarget, tagged
from pesue.sharing.clicks.visitors import SALT_BYTES
from pesue.sharing.models import Share
from pesue.sharing.models.links import Link, Salt

TRIES = 8  # with a million links one slug in 500,000 is taken


class NothingToLink(Exception):
    """The item has no address that a link could lead to."""


def make_link(share: Share, *, now: datetime) -> Link:
    """The share's short link, made if it has none yet.

    Raises NothingToLink if the item has no address, or one that not everyone can
    follow; the text says what to do.
    """
    made = Link.objects.filter(share=share).first()
    if made is not None:
        return made
    for _attempt in range(TRIES):
        slug = "".join(secrets.choice(ALPHABET) for _each in range(LENGTH))
        fields = {
            "slug": slug,
            "target": target_of(share, slug),
            "created_at": now,
            "changed_at": now,
        }
        try:
            return Link.objects.get_or_create(share=share, defaults=fields)[0]
        except IntegrityError:  # the slug is taken
            continue
    raise NothingToLink(_("No short link could be made just now. Try again."))


def close_link(link: Link, *, now: datetime) -> None:
    """Let the link lead nowhere; running doors know within about a second."""
    open_ones = Link.objects.filter(pk=link.pk, closed_at=None)
    open_ones.update(closed_at=now, changed_at=now)
    link.refresh_from_db()


def target_of(share: Share, slug: str) -> str:
    """The item's address with tags by the organisation's template.

    The tags name the channel, the concept and the link, never the person.
    """
    item, organisation = share.item, Organisation.the()
    if not item.url:
        raise NothingToLink(_("This story has no link. Share it without one."))
    words = {
        "channel": share.channel,
        "concept": slugify(item.concept.name, allow_unicode=True)
        if item.concept
        else organisation.utm_campaign
        if organisation
        else "pesue",
        "link": slug,
    }
    try:
        return tagged(item.url, settings.UTM_TEMPLATE, words)
    except BadTarget as refusal:
        raise NothingToLink(_REFUSALS[refusal.why]()) from refusal


_REFUSALS = {
    BadTarget.NOT_WEB: lambda: _(
        "The story's link must begin with http:// or https://. Ask whoever added it "
        "to mend it."
    ),
    BadTarget.NAMES_SOMEONE: lambda: _(
        "The story's link holds a user name or a password. Ask whoever added it to "
        "take it out."
    ),
    BadTarget.TOO_LONG: lambda: _(
        "The story's link is too long to be followed everywhere. Ask whoever added "
        "it for a shorter one."
    ),
}


def salt_of(day: date) -> bytes:
    """The salt that all processes share for the day, made by who needs it first."""
    Salt.objects.bulk_create(
        [Salt(day=day, secret=secrets.token_bytes(SALT_BYTES))], ignore_conflicts=True
    )
    return bytes(Salt.objects.get(day=day).secret)
