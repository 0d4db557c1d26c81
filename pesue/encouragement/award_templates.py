"""Awards that begin with one press. No Django but words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Days:
    """From the day the call goes out, how long each part takes."""

    nominate: int
    judge: int
    vote: int
    tell: int  # from the last day of the vote until it is published


@dataclass(frozen=True)
class Template:
    key: str
    name: Words
    purpose: Words
    rhythm: str  # of Award.Rhythm, as the rest is of Award
    days: Days
    categories: tuple[tuple[Words, Words], ...]  # name, what for
    about: Words  # for who chooses one
    months_here: int
    months_between: int
    jury_weight: int = 50


MONTHLY = Template(
    "month",
    _("Employee of the month"),
    _(
        "For somebody who made a colleague's or a customer's month better, in the way "
        "we want to work here. Not for numbers of posts or sales."
    ),
    "month",
    Days(nominate=10, judge=4, vote=5, tell=3),
    ((_("Employee of the month"), ""),),
    _("One winner. Three weeks from the call to the result."),
    months_here=3,
    months_between=12,
)
GALA = Template(
    "gala",
    _("Yearly gala"),
    _(
        "Once a year we honour what colleagues want to remember: by their nominations, "
        "a jury of colleagues and everybody's vote."
    ),
    "year",
    Days(nominate=28, judge=14, vote=10, tell=7),
    (
        (_("Story of the year"), _("a story that made us see something anew")),
        (_("Helping hand"), _("who was there for others")),
        (_("Team of the year"), _("who did it together")),
        (_("New voice"), _("who found words this year, in their own way")),
    ),
    _("Four categories on one evening. Two months from the call to the result."),
    months_here=6,
    months_between=24,
)
TEMPLATES = {one.key: one for one in (MONTHLY, GALA)}
CRITERIA: tuple[Words, ...] = (
    _("What it changed for somebody"),
    _("How it was done"),
    _("What others can learn from it"),
)
"""What jurors look at in a house that has no values written down."""
MOST_CRITERIA = 4
