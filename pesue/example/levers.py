"""What of this room may be tried."""

from django.utils.translation import gettext_lazy as _

from pesue.trials.levers import Lever, LeverArm, declare

SHOWN = declare(
    Lever(
        "example.shown",
        _("Whose example is shown on Today"),
        meets=_(
            "A lot decides whether you see the example of somebody of your team, of a "
            "leader, of somebody of another team, or none for a while. Which of the "
            "good ones it is, is drawn, too."
        ),
        default=_("Everybody sees an example a day, of somebody near if there is one."),
        kinds=("arms",),
        units=("member",),
        arms=(
            LeverArm("none", _("No example"), is_control=True),
            LeverArm("near", _("Somebody of the same team")),
            LeverArm("leader", _("A leader")),
            LeverArm("far", _("Somebody of another team")),
        ),
        outcome="posts.first",
        guards=("members.resting",),
    )
)
