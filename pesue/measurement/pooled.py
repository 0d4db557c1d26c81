"""What trials of the same lever came to in several houses. No Django but words.

Each house counts once, however often it tried: its own trials of a lever are first made
one. Houses are taken to differ (`stats.pooling`, random effects), and ours is drawn
towards the others as far as its error says (`stats.shrinkage`).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scipy import stats

from pesue.measurement.calibrated import Measured, Said, said_of
from pesue.stats.pooling import Pooled, pool
from pesue.stats.shrinkage import shrink

FEWEST = 5  # houses; with fewer nothing is told
OURS = ""  # the name of our own house


@dataclass(frozen=True, order=True)
class About:
    """What can be taken together."""

    lever: str
    kind: str
    outcome: str


@dataclass(frozen=True)
class Study:
    """One trial of a house."""

    house: str  # OURS, or what tells it from others
    about: About
    estimate: float
    error: float  # above 0


@dataclass(frozen=True)
class Common:
    """What is known of one lever: nothing but how many houses, where they are few.

    `here` is what to believe of our own house: its trials drawn towards the others';
    where it had none, what a further house would see.
    """

    about: About
    houses: int
    tried_here: bool
    mean: Measured | None = None  # over houses
    here: Measured | None = None
    said: Said = Said.CANNOT_TELL  # of our own house

    @property
    def missing(self) -> int:
        """How many more houses it takes."""
        return max(0, FEWEST - self.houses)


def common(studies: Sequence[Study]) -> list[Common]:
    """By lever, kind and outcome, in order."""
    found: dict[About, dict[str, list[Study]]] = defaultdict(lambda: defaultdict(list))
    for study in studies:
        found[study.about][study.house].append(study)
    return [_common(about, found[about]) for about in sorted(found)]


def _common(about: About, by_house: dict[str, list[Study]]) -> Common:
    houses = sorted(by_house)  # ours is first, if it is there
    if len(houses) < FEWEST:
        return Common(about, len(houses), OURS in by_house)
    estimates, errors = zip(*(_one(by_house[name]) for name in houses), strict=True)
    whole = pool(estimates, errors)
    mean = Measured(whole.mean.estimate, whole.mean.low, whole.mean.high)
    if houses[0] == OURS:
        drawn = shrink(estimates, errors)
        columns = (drawn.estimates, drawn.low, drawn.high)
        here = Measured(*(float(column[0]) for column in columns))
        chance = float(drawn.positive[0])
    else:
        here = Measured(whole.mean.estimate, whole.new_low, whole.new_high)
        chance = _of_a_further_house(whole)
    tried_here = houses[0] == OURS
    return Common(about, len(houses), tried_here, mean, here, said_of(chance))


def _one(trials: Sequence[Study]) -> tuple[float, float]:
    """A house's trials as one: each weighs as much as it is sure."""
    weights = [1 / trial.error**2 for trial in trials]
    whole = sum(weights)
    pairs = zip(weights, trials, strict=True)
    return sum(w * trial.estimate for w, trial in pairs) / whole, sqrt(1 / whole)


def _of_a_further_house(whole: Pooled) -> float:
    """How probable it is that the lever does more than nothing in another house."""
    spread = sqrt(whole.tau2 + (whole.mean.se or 0.0) ** 2)
    freedom = len(whole.weights) - 2
    return float(stats.t.cdf(whole.mean.estimate / spread, freedom))
