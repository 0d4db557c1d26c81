"""What of this room may be tried."""

from django.utils.translation import gettext_lazy as _

from pesue.trials.levers import Lever, Wording, declare

IMPACT_SUBJECT = declare(
    Lever(
        "mail.impact",
        _("The subject of the mail on what your words did"),
        meets=_(
            "The mail that tells what your words did has one of two subjects. What it "
            "says is the same."
        ),
        default=_("“Your words brought 12 people to read”"),
        kinds=("arms",),
        units=("team", "member"),
        wordings=(
            Wording(
                "subject",
                _("Subject"),
                _("{people} stands for the number of people; it is five at least."),
                longest=100,
                holds=("{people}",),
            ),
        ),
        outcome="shares.people",
        guards=("members.resting",),
    )
)

WEEK_STEP = declare(
    Lever(
        "step.week",
        _("The week's step, fitted to each"),
        meets=_(
            "Some teams are offered a weekly step that fits what each did and has time "
            "for sooner than others. Until then the step is to read something."
        ),
        default=_("Everybody's step of the week fits what they did and have time for."),
        kinds=("rollout",),
        units=("team", "member"),
        outcome="shares.people",
        guards=("members.resting",),
    )
)

GOALS = declare(
    Lever(
        "goals.team",
        _("Goals of a team"),
        meets=_(
            "Some teams see the bars of goals that they reach together sooner than "
            "others. What is counted is the same."
        ),
        default=_("Everybody sees the goals of their team, where a lead set some."),
        kinds=("rollout",),
        units=("team", "member"),
        outcome="shares.people",
        guards=("members.resting",),
    )
)

MIX = declare(
    Lever(
        "encouragement.mix",
        _("The mix of encouragement"),
        meets=_(
            "On Today thanks and what your words did change places, so that what most "
            "people of your team value comes first. Both stay on the page."
        ),
        default=_("What your words did comes first, then thanks."),
        kinds=("arms",),
        units=("team",),
        outcome="shares.people",
        guards=("members.resting",),
        planned_at="mix",
    )
)

LEAGUE = declare(
    Lever(
        "boards.league",
        _("Leagues of teams"),
        meets=_(
            "Some teams see the upper half of the league they are in sooner than "
            "others. A team is in one only if its lead wants that."
        ),
        default=_("Teams in a league see its upper half, where leagues are open."),
        kinds=("rollout",),
        units=("team",),
        outcome="shares.people",
        guards=("members.resting",),
    )
)
PLAYERS = declare(
    Lever(
        "boards.people",
        _("The board of people"),
        meets=_(
            "Some of us may be on a board of people sooner than others. Only those "
            "are on it who want to, under a name that they choose."
        ),
        default=_("Whoever wants to can be on the board, where one is open."),
        kinds=("rollout",),
        units=("team", "member"),
        outcome="shares.people",
        guards=("members.resting",),
    )
)
