"""What we write to people in this room."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.example.models import Showcase
from pesue.reach.actions.line import queue
from pesue.reach.kinds import Kind, declare

EXAMPLE = declare(
    Kind("example", gettext_lazy("When a post of mine could be shown as an example"))
)


def asked(showcase: Showcase, *, now: datetime) -> None:
    """Ask the author whether colleagues may see the post; once."""
    author = showcase.author
    if not author.is_active:
        return
    with translation.override(author.language):
        title = showcase.share.item.title
        found = _(
            "A colleague found your post about “%(title)s” good. May we show it to "
            "others here as an example?"
        ) % {"title": title}
        free = _(
            "It is shown only if you say yes, and you can end it whenever you like. "
            "Nobody is told what you answer."
        )
        address = f"{settings.ADDRESS}{reverse('showcase', args=[showcase.pk])}"
        queue(
            EXAMPLE,
            f"example:{showcase.pk}",
            to=author,
            language=author.language,
            subject=_("May we show your post to colleagues?"),
            text="\n\n".join([found, free, address]),
            now=now,
        )
