"""Whether what people said moves them foretold what a mix did to them. No Django.

A profile may advise only if it is good for something: in a trial of the mix by lot the
effect must differ by motive. That is one joint test, before any motive is looked at;
motives with fewer than ENOUGH people in an arm are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pesue.encouragement.motives import MOTIVES
from pesue.stats import clusters
from pesue.stats.estimates import Refusal
from pesue.stats.joint import joint
from pesue.stats.regression import design, ols
from pesue.stats.teams import FEWEST

ENOUGH = 30  # people of a motive in each arm
SURE = 0.05
WAVES = 2  # trials without prediction, until the profile advises no more


@dataclass(frozen=True)
class Person:
    """One with a profile, in a trial."""

    motive: str
    new: bool  # in the arm of the proposed mix
    team: int
    did: float  # the outcome


@dataclass(frozen=True)
class Foretold:
    """`p` is of the effect being the same for all motives; None: too few to say.

    `effects` are of each motive that was asked about, in units of the outcome.
    """

    people: int
    p: float | None
    effects: dict[str, float]

    @property
    def did(self) -> bool:
        return self.p is not None and self.p < SURE


def foretold(people: Sequence[Person]) -> Foretold:
    """The joint test, with errors of teams, as teams were drawn."""
    asked = [motive for motive in MOTIVES if _enough(people, motive)]
    told = [one for one in people if one.motive in asked]
    if len(asked) < 2 or len({one.team for one in told}) < FEWEST:
        return Foretold(len(people), None, {})
    new = np.array([one.new for one in told], float)
    did = np.array([one.did for one in told], float)
    team = np.array([one.team for one in told])
    motive = np.array([asked.index(one.motive) for one in told])
    others = [(motive == n).astype(float) for n in range(1, len(asked))]
    try:
        fit = ols(did, design(new, *others, *(new * one for one in others)))
        about = range(fit.k - len(others), fit.k)
        covariance = clusters.covariance(fit, team)
        found = joint(
            fit,
            covariance,
            list(about),
            df=len(np.unique(team)) - 1,
            hotelling=True,
        )
    except Refusal:
        return Foretold(len(people), None, {})
    first = float(fit.coefficients[1])
    more = [0.0, *(float(fit.coefficients[n]) for n in about)]
    effects = {m: round(first + one, 4) for m, one in zip(asked, more, strict=True)}
    return Foretold(len(people), found.p, effects)


def _enough(people: Sequence[Person], motive: str) -> bool:
    arms = [one.new for one in people if one.motive == motive]
    return min(arms.count(True), arms.count(False)) >= ENOUGH


def is_dropped(waves: Sequence[bool]) -> bool:
    """Whether the last WAVES that could be read, newest first, foretold nothing."""
    last = list(waves[:WAVES])
    return len(last) == WAVES and not any(last)
