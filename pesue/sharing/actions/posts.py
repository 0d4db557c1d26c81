"""A share as its channel will post it."""

from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Picture
from pesue.sharing.channels import base
from pesue.sharing.models import Link, Share
from pesue.sharing.queries.links import short_address

TYPES = {".webp": "image/webp", ".jpg": "image/jpeg", ".png": "image/png"}


def post_of(share: Share) -> base.Post:
    """The share's text, link, picture and card. Raises Refused if a file is gone."""
    link = link_of(share)
    item = share.item
    pictures = (_needed(share),) if share.picture else ()
    card = None
    if link and not pictures:
        picture = _read(item.picture) if item.picture else None
        card = base.Card(link, item.title, item.summary[:300], picture)
    return base.Post(
        share.text, share.key, share.language, link, card, pictures, item.title
    )


def link_of(share: Share) -> str:
    """The share's short link, in full; empty if it has none."""
    try:
        return short_address(share.link)
    except Link.DoesNotExist:
        return ""


def _needed(share: Share) -> base.Picture:
    """The share's picture, with its author's words for it where there are some."""
    assert share.picture
    found = _read(share.picture)
    if found is None:
        raise base.Refused(_("The picture is gone. Choose another, or share without."))
    return replace(found, alt=share.alt) if share.alt else found


def _read(picture: Picture) -> base.Picture | None:
    """The picture as it is kept; None if its file is gone."""
    path = Path(settings.MEDIA_ROOT) / picture.file
    try:
        data = path.read_bytes()
    except OSError:
        return None
    mime = TYPES.get(path.suffix, "image/webp")
    return base.Picture(data, mime, picture.alt, picture.width, picture.height)
