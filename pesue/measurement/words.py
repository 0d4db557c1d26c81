"""Why there is no figure, in words a lead understands. No Django but words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pesue.stats.estimates import Why

BECAUSE: dict[str, str | Promise] = {
    Why.EMPTY: _("Nobody is in it yet."),
    Why.FEW: _("There are too few to tell. It may come with time."),
    Why.ONE_ARM: _("All are in one group, so there is nothing to compare with."),
    Why.FEW_CLUSTERS: _(
        "There are fewer than six teams with people in them. With so few, only the "
        "lot's own chance can be told."
    ),
    Why.CONSTANT: _(
        "In each group all did the same, so nothing can be told of how much chance "
        "does."
    ),
    Why.SINGULAR: _("What was known before does not tell anybody apart."),
    Why.NOT_FINITE: _("A number is missing, so nothing is worked out."),
    Why.SHAPES: _(
        "The numbers do not fit together. Please tell who looks after Pesue."
    ),
    Why.REPEATED: _("Somebody is in it twice. Please tell who looks after Pesue."),
    Why.NOT_IN_RANGE: _("A number is not possible, so nothing is worked out."),
    Why.NOT_BY_LOT: _(
        "Not all of it was drawn by lot, so it cannot be told from chance."
    ),
}
IN_POINTS = {"shares.people"}  # of all people: beside each other in one plot
IN_PER_CENT = IN_POINTS | {"posts.first"}  # shares of people
AFTER_NUMBERS: dict[str, str | Promise] = {
    "shares.posts": pgettext_lazy("after a number", "posts a person"),
    "pages.visits": pgettext_lazy("after a number", "visits an item"),
}


def because(why: str) -> str:
    return str(BECAUSE.get(why, BECAUSE[Why.SHAPES]))
