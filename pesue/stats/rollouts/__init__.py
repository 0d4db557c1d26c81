"""Staggered adoption: units take something up at different times, and stay with it.

Two estimators on one `Panel`: `roth_santanna` where the order was drawn by lot, and
`callaway_santanna` where it was not. Two-way fixed effects are not offered: they
compare late adopters with early ones that are under way, and are wrong as soon as the
effect grows or differs between units.
"""

from pesue.stats.rollouts.callaway_santanna import callaway_santanna
from pesue.stats.rollouts.effects import Effect, GroupTime, GroupTimes, Joint, Summary
from pesue.stats.rollouts.honest import Changes, Honest, changes
from pesue.stats.rollouts.lot import Randomisation, randomisation_test
from pesue.stats.rollouts.panel import Panel
from pesue.stats.rollouts.roth_santanna import Efficient, roth_santanna

__all__ = [
    "Changes",
    "Effect",
    "Efficient",
    "GroupTime",
    "GroupTimes",
    "Honest",
    "Joint",
    "Panel",
    "Randomisation",
    "Summary",
    "callaway_santanna",
    "changes",
    "randomisation_test",
    "roth_santanna",
]
