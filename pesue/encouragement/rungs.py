"""The rungs of the ladder, what counts as having been on one, and their words.

No Django but words.
"""

from enum import IntEnum, StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Rung(IntEnum):
    """What one may be offered, the lightest first."""

    READ = 0
    REACT = 1  # thank, or "I would tell this too"
    COMMENT = 2  # on a colleague's public post; we only open it
    ANSWER = 3  # one question on a card
    LINE = 4  # told, with a line of one's own
    WRITE = 5
    FILM = 6
    HELP = 7  # a colleague begin


RUNGS = tuple(Rung)  # by their numbers


class Why(StrEnum):
    """Why just this rung; each is a sentence for the person."""

    FIRST = "first"
    LAST = "last"  # by what was done last
    AGAIN = "again"  # nothing was said of the last one
    SMALLER = "smaller"
    OTHER = "other"
    BACK = "back"


class Deed(StrEnum):
    """Something good of one's own, as rows tell it."""

    READ = "read"
    THANKED = "thanked"
    COMMENTED = "opened"  # a colleague's post to comment on it; more we do not know
    ADVISED = "advised"  # answered what a colleague asked of a topic
    ANSWERED = "answered"
    TOLD = "told"
    WROTE = "wrote"
    FILMED = "filmed"
    HELPED = "helped"


# How heavy each was. To answer for a topic is somebody's task: it lifts nobody far.
WEIGHTS = {
    Deed.READ: Rung.READ,
    Deed.THANKED: Rung.REACT,
    Deed.COMMENTED: Rung.COMMENT,
    Deed.ADVISED: Rung.COMMENT,
    Deed.ANSWERED: Rung.ANSWER,
    Deed.TOLD: Rung.LINE,
    Deed.WROTE: Rung.WRITE,
    Deed.FILMED: Rung.FILM,
    Deed.HELPED: Rung.HELP,
}
# The rungs of which no row tells but the offer itself: the press is all there is.
PRESSED = {
    Rung.READ: Deed.READ,
    Rung.COMMENT: Deed.COMMENTED,
    Rung.HELP: Deed.HELPED,
}

GOOD: dict[Deed, str | Promise] = {
    Deed.READ: gettext_lazy("You read"),
    Deed.THANKED: gettext_lazy("You thanked a colleague"),
    Deed.COMMENTED: gettext_lazy("You were there for a colleague's post"),
    Deed.ADVISED: gettext_lazy("You answered a colleague's question"),
    Deed.ANSWERED: gettext_lazy("You answered a question"),
    Deed.TOLD: gettext_lazy("You told something"),
    Deed.WROTE: gettext_lazy("You wrote a story"),
    Deed.FILMED: gettext_lazy("You made a video"),
    Deed.HELPED: gettext_lazy("You helped a colleague begin"),
}
TAKES: dict[Rung, str | Promise] = {
    Rung.READ: gettext_lazy("reading it takes two minutes"),
    Rung.REACT: gettext_lazy("a thank-you is one tap"),
    Rung.COMMENT: gettext_lazy("a comment is a sentence or two"),
    Rung.ANSWER: gettext_lazy("one question takes two minutes"),
    Rung.LINE: gettext_lazy("a line of your own takes five minutes"),
    Rung.WRITE: gettext_lazy("ten minutes are enough to write"),
    Rung.FILM: gettext_lazy("half a minute of video is enough"),
    Rung.HELP: gettext_lazy("ten minutes beside a colleague go a long way"),
}
LAST: dict[Rung, str | Promise] = {
    Rung.READ: gettext_lazy("Last time you read"),
    Rung.REACT: gettext_lazy("Last time you thanked a colleague"),
    Rung.COMMENT: gettext_lazy("Last time you were there for a colleague"),
    Rung.ANSWER: gettext_lazy("Last time you answered a question"),
    Rung.LINE: gettext_lazy("Last time you told something"),
    Rung.WRITE: gettext_lazy("Last time you wrote a story"),
    Rung.FILM: gettext_lazy("Last time you made a video"),
    Rung.HELP: gettext_lazy("Last time you helped a colleague"),
}


def said(why: Why, rung: Rung, after: Rung | None = None) -> str:
    """The one sentence with the step, in the language of now."""
    takes = TAKES[rung]
    if why == Why.LAST and after is not None:
        return _("%(last)s; %(takes)s.") % {"last": LAST[after], "takes": takes}
    sentences = {
        Why.SMALLER: _("Something smaller this time: %(takes)s."),
        Why.OTHER: _("Something else this time: %(takes)s."),
        Why.BACK: _("Good that you are here: %(takes)s."),
        Why.AGAIN: _("When it suits you: %(takes)s."),
    }
    first = _("A small beginning: %(takes)s.")
    return sentences.get(why, first) % {"takes": takes}
