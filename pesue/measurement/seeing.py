"""What a trial could see, from what people did before it: told before it starts.

No Django. By formula (`stats.power`), from the organisation's own spread, likeness of
people in a team and steadiness over time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pesue.stats import power
from pesue.stats.estimates import Refusal, TooFew, Why

TYPICAL = 0.014  # what a nudge changes at scale, as a share of people: see the source
SOURCE = "DellaVigna & Linos, Econometrica 90 (2022) 81-116: 126 trials at scale"
CURVE = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)  # of the smallest effect, for the curve


@dataclass(frozen=True)
class History:
    """Each person's outcome in a time as long as the trial, and in the one before."""

    after: Sequence[float]
    before: Sequence[float]
    teams: Sequence[int]


@dataclass(frozen=True)
class Sight:
    """`smallest` is the effect found with a chance of 80 %, in outcome units."""

    base: float  # the outcome's mean now
    smallest: float | None
    curve: tuple[tuple[float, float], ...] = ()  # an effect, and the chance to find it
    units: int = 0
    people: int = 0
    why: Why | None = None

    @property
    def sees_a_nudge(self) -> bool:
        return self.smallest is not None and self.smallest <= TYPICAL


def sight(history: History, *, by: str, share: float, part: float = 1.0) -> Sight:
    """Of a trial with as many people as there are now.

    `part` of the units is in the two arms compared, and `share` of these is treated.
    """
    people = len(history.after)
    units = len(set(history.teams)) if by == "team" else people
    base = float(np.mean(history.after)) if people else 0.0
    try:
        design = _design(history, by, share)
        design = design.resized(round(part * design.units))
        smallest = power.mde(design)
        effects = [times * smallest for times in CURVE]
        chances = power.power(design, effects)
    except Refusal as refusal:
        return Sight(base, None, units=units, people=people, why=refusal.why)
    curve = tuple((float(e), float(p)) for e, p in zip(effects, chances, strict=True))
    return Sight(base, smallest, curve, units, people)


def _design(history: History, by: str, share: float) -> power.People | power.Teams:
    after = np.asarray(history.after, dtype=np.float64)
    sd = float(after.std(ddof=1)) if len(after) > 1 else 0.0
    if not sd:
        raise TooFew(Why.CONSTANT, "The outcomes do not differ.")
    if by != "team":
        r2 = _steady(history, None)
        return power.People(n=len(after), sd=sd, r2=r2, share=share)
    found = power.icc(after, history.teams)
    sizes = np.unique(np.asarray(history.teams), return_counts=True)[1]
    # Each team counts the same in the reading, so its mean's own error, 1 / size, is
    # averaged over teams.
    return power.Teams(
        teams=len(sizes),
        size=float(1 / (1 / sizes).mean()),
        sd=sd,
        icc=min(1.0, max(0.0, found.estimate)),
        r2=_steady(history, history.teams),
        share=share,
    )


def _steady(history: History, teams: Sequence[int] | None) -> float:
    """How much of it the time before tells, of people or of teams; 0 if unknown."""
    try:
        found = power.r_squared(history.before, history.after, clusters=teams)
        return min(0.95, max(0.0, float(found)))
    except Refusal:
        return 0.0
