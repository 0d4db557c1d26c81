"""What of this room may be tried."""

from django.utils.translation import gettext_lazy as _

from pesue.trials.levers import Lever, declare

NEXT_LESSON = declare(
    Lever(
        "today.lesson",
        _("The next lesson on Today"),
        meets=_(
            "Some teams see the next lesson of the short course on Today sooner than "
            "others. The course itself is open to everybody all the time."
        ),
        default=_("Everybody sees the next lesson on Today."),
        kinds=("rollout",),
        units=("team", "member"),
        outcome="shares.people",
    )
)
