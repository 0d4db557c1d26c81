"""What we write to people in this room."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def impact(people: int) -> str:
    """What a post brought. Each person is counted once a day, and so it is said."""
    return ngettext(
        "Your words brought %(people)d person to read.",
        "Your words brought %(people)d people to read.",
        people,
    ) % {"people": people}


def thanks_title(giver: str) -> str:
    return _("%(name)s thanks you") % {"name": giver}


def thanks_text(title: str, words: str) -> str:
    """The mail about a thanks for a post about `title`, with the giver's `words`."""
    about = _("Your post about “%(title)s” was worth a thank-you.") % {"title": title}
    return f"{about}\n\n“{words}”" if words else about
