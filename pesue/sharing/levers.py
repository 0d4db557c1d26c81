"""What of this room may be tried."""

from django.utils.translation import gettext_lazy as _

from pesue.trials.levers import Lever, declare

DELAY = declare(
    Lever(
        "shares.delayed",
        _("Sending a post at once, or up to three days later"),
        meets=_(
            "You press Publish, and a few posts go out up to three days later: those "
            "about some items, drawn by lot. So we learn what telling really adds to "
            "what would be read anyway. A time that you choose yourself holds, and "
            "what you post with your own hands never waits."
        ),
        default=_("It goes out as soon as you press Publish."),
        kinds=("holdout",),
        units=("item",),
        outcome="pages.visits",
        lot=_(
            "About which items the posts wait, until three days after somebody first "
            "wanted to publish one."
        ),
        sides=(_("Sent later"), _("Sent at once")),
        days=3,
        held=10,
    )
)
