"""What of this room may be tried."""

from django.utils.translation import gettext_lazy as _

from pesue.trials.levers import Lever, declare

HOLD_OUT = declare(
    Lever(
        "items.offered",
        _("Offering new items for telling"),
        meets=_(
            "A few of the new items are offered for telling some days later than the "
            "others. So we learn what telling really adds to what would be read anyway."
        ),
        default=_("New items are offered as soon as they are in the library."),
        kinds=("holdout",),
        units=("item",),
        outcome="pages.visits",
    )
)


def why_held() -> str:
    """What is said where an item waits."""
    return str(
        _(
            "A few new items, drawn by lot, wait some days, so that we learn what "
            "telling really adds."
        )
    )
