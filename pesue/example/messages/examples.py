"""What we write to people in this room."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.example.models import Pictured, Showcase
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

EXAMPLE = declare(
    Kind("example", gettext_lazy("When a post of mine could be shown as an example"))
)
PICTURED = declare(
    Kind("pictured", gettext_lazy("When a picture of me could be shown to colleagues"))
)


def asked(showcase: Showcase, *, now: datetime) -> None:
    """Ask the author whether colleagues may see the post; once."""
    author = showcase.author
    if not author.is_active:
        return
    with translation.override(author.language):
        title = showcase.title
        found = (
            _(
                "A colleague found your post about “%(title)s” good. May we show it to "
                "others here as an example?"
            )
            if showcase.share
            else _(
                "A colleague found your story “%(title)s” good. May we show it to "
                "others here as an example?"
            )
        ) % {"title": title}
        free = _(
            "It is shown only if you say yes, and you can end it whenever you like. "
            "Nobody is told what you answer."
        )
        tell(
            EXAMPLE,
            f"example:{showcase.pk}",
            to=author,
            subject=_("May we show what you told to colleagues?"),
            words=[found, free],
            page=reverse("showcase", args=[showcase.pk]),
            now=now,
        )


def pictured(asked: Pictured, *, now: datetime) -> None:
    """Ask somebody who can be recognised in a picture; once."""
    person, showcase = asked.member, asked.showcase
    if person is None or not person.is_active:
        return
    with translation.override(person.language):
        found = _(
            "%(name)s lets colleagues see what they told about “%(title)s”, with a "
            "picture in which you can be recognised. May we show the picture?"
        ) % {"name": showcase.author.name, "title": showcase.title}
        free = _(
            "It is shown only if you say yes, inside the organisation, and you can "
            "take your yes back whenever you like. Without an answer it is not shown."
        )
        tell(
            PICTURED,
            f"pictured:{asked.pk}",
            to=person,
            subject=_("May we show a picture of you to colleagues?"),
            words=[found, free],
            page=reverse("pictured", args=[asked.pk]),
            now=now,
        )
