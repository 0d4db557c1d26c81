"""Intervals that stay right however often they are looked at.

`always_valid` is for people drawn one by one and may be read at any time; `looks` and
`judged` are for teams, read at a few times named before the trial begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite, log, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special, stats

from pesue.stats.estimates import Estimate, Floats, TooFew, Unusable, Why, numbers, sure

PEOPLE = 200  # in all: with fewer, the normal limit behind the sequence is not near
IN_EACH_ARM = 50  # nor is it where nearly everybody is in one arm
MOST_LOOKS = 5
NODES = 100  # of the quadrature; 50 gives the same boundaries to 8 decimals


class Spending(StrEnum):
    """How the chance of a false alarm is shared out over the looks."""

    OBRIEN_FLEMING = "obrien_fleming"  # hardly any early, nearly all at the end
    BONFERRONI = "bonferroni"  # the same at each look


@dataclass(frozen=True)
class Look:
    """One planned look at a trial of teams."""

    number: int  # 1 is the first
    information: float  # share of the planned information by then, up to 1
    spent: float  # chance of a false alarm up to and with this look
    level: float  # two-sided p at or below which this look decides
    critical: float  # the same as a bound on |z|


@dataclass(frozen=True)
class Judged:
    """An estimate at its look: the interval has the look's own, higher confidence."""

    estimate: Estimate
    decides: bool


def mean_difference(
    treated: ArrayLike, control: ArrayLike, *, planned: int, confidence: float = 0.95
) -> Estimate:
    """Treated less control in means, with an interval valid at every time at once.

    One outcome for each person, in its own unit. `planned` is the number of people
    (both arms) at which the interval is tightest; fix it before the trial. Arms must
    have been drawn person by person, and people come in an order that has nothing to
    do with their outcomes.

    Raises TooFew below 200 people or 50 in an arm, and where nobody differs; Unusable
    where a number is missing. Source: as `always_valid`.
    """
    (a,), (b,) = numbers(treated), numbers(control)
    if min(len(a), len(b)) < IN_EACH_ARM:
        raise TooFew(Why.FEW, "An arm is too small.", n=min(len(a), len(b)))
    se = sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
    return always_valid(
        float(a.mean() - b.mean()),
        se,
        n=len(a) + len(b),
        planned=planned,
        confidence=confidence,
    )


def always_valid(
    estimate: float, se: float, *, n: int, planned: int, confidence: float = 0.95
) -> Estimate:
    """The asymptotic confidence sequence around an estimate from `n` people.

    With probability `confidence` the sequence's intervals hold the truth at all n from
    200 on, together; `p` may be read at any time. `estimate` is a mean difference, or
    another average of people's independent parts such as one adjusted for the time
    before; `se` its usual standard error.

    Raises TooFew below 200 people or where `se` is not above 0, Unusable where
    `planned` is no number of people or the estimate is not finite. Source:
    I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy & A. Ramdas, "Time-uniform
    central limit theory and asymptotic confidence sequences", arXiv 2103.06476:
    the two-sided normal mixture, its r = rho^2 made tightest at `planned`.
    """
    if n < PEOPLE:
        raise TooFew(Why.FEW, "The sequence starts later.", n=n, needed=PEOPLE)
    if not planned > 0 or not 0 < confidence < 1:
        raise Unusable(Why.NOT_IN_RANGE, f"planned {planned}, {confidence}")
    if not isfinite(estimate):
        raise Unusable(Why.NOT_FINITE, "The estimate is not a number.")
    if not (isfinite(se) and se > 0):
        raise TooFew(Why.CONSTANT, "The outcomes do not differ.")
    alpha = 1 - confidence
    nr = n * tuned(planned, alpha)
    half = se * sqrt(2 * (nr + 1) / nr * log(sqrt(nr + 1) / alpha))
    # The e-value of no effect: its inverse is a p that holds at every time.
    log_e = (estimate / se) ** 2 * nr / (nr + 1) / 2 - log(nr + 1) / 2
    return Estimate(
        estimate=float(estimate),
        se=float(se),
        low=float(estimate - half),
        high=float(estimate + half),
        p=float(np.exp(-max(0.0, log_e))),
        df=inf,
        n=int(n),
        confidence=confidence,
    )


def tuned(planned: int, alpha: float) -> float:
    """The mixture's r that makes the interval nearly tightest at `planned` people."""
    spread = -2 * log(alpha)
    return (spread + log(spread + 1)) / planned


def looks(
    information: Sequence[float],
    *,
    spending: Spending = Spending.OBRIEN_FLEMING,
    confidence: float = 0.95,
) -> tuple[Look, ...]:
    """The planned looks with the p below which each of them decides.

    `information` are the shares of the whole trial's information at the looks, rising
    and at most 1: of the weeks or of the people, for instance. At most 5 looks. The
    chance that any of them decides although there is no effect is 1 - confidence.

    Raises TooFew where there is no look, and Unusable where there are more than 5 or
    they do not rise within 0 to 1. Source: K. K. G. Lan & D. L. DeMets, "Discrete
    sequential boundaries for clinical trials", Biometrika 70 (1983) 659-663, two
    symmetric boundaries of half the error each; the integration is that of
    P. Armitage, C. K. McPherson & B. C. Rowe, JRSS A 132 (1969) 235-244.
    """
    times = _times(information)
    alpha = 1 - sure(confidence)
    if spending is Spending.BONFERRONI:
        level = alpha / len(times)
        spent = level * np.arange(1, len(times) + 1)
        bounds = np.full(len(times), stats.norm.isf(level / 2))
    else:
        spent = 4 * stats.norm.sf(stats.norm.isf(alpha / 4) / np.sqrt(times))
        bounds = _boundaries(times, np.diff(spent, prepend=0))
    return tuple(
        Look(
            number=number,
            information=float(time),
            spent=float(used),
            level=float(2 * stats.norm.sf(bound)),
            critical=float(bound),
        )
        for number, (time, used, bound) in enumerate(
            zip(times, spent, bounds, strict=True), start=1
        )
    )


def judged(estimate: Estimate, look: Look) -> Judged:
    """The estimate with the interval of its look, and whether the look decides.

    The look's level is set on the estimate's own p, from the t-distribution of its
    degrees of freedom, so that few teams do not decide too soon. Source: the
    significance-level approach of S. J. Pocock, Biometrika 64 (1977) 191-199.
    """
    wide = Estimate.of(
        estimate.estimate,
        estimate.se,
        n=estimate.n,
        df=estimate.df,
        clusters=estimate.clusters,
        confidence=1 - look.level,
    )
    return Judged(wide, decides=wide.p <= look.level)


def _times(information: Sequence[float]) -> Floats:
    (times,) = numbers(information)
    if len(times) > MOST_LOOKS:
        raise Unusable(Why.NOT_IN_RANGE, f"{len(times)} looks: at most {MOST_LOOKS}")
    if not (times[0] > 0 and times[-1] <= 1 and (np.diff(times) > 0).all()):
        raise Unusable(Why.NOT_IN_RANGE, "Looks must rise within 0 to 1.")
    return times


def _boundaries(times: Floats, chances: Floats) -> Floats:
    """Bounds on |z| that are first crossed at each time with the given chance."""
    points, weights = np.polynomial.legendre.leggauss(NODES)
    bounds = []
    # Where the score of a trial that still goes on may stand, and how likely.
    scores, mass = np.zeros(1), np.ones(1)
    for time, step, chance in zip(
        times, np.sqrt(np.diff(times, prepend=0)), chances, strict=True
    ):
        edge = _first_crossed(scores, mass, float(step), float(chance))
        inside = edge * points
        reached = stats.norm.pdf(inside[:, None] - scores, scale=step) @ mass
        scores, mass = inside, reached * weights * edge
        bounds.append(edge / sqrt(time))
    return np.array(bounds)


def _first_crossed(scores: Floats, mass: Floats, step: float, chance: float) -> float:
    """The bound on |score| that one more step crosses with the given chance."""

    def too_often(edge: float) -> float:
        up, down = (scores - edge) / step, (-scores - edge) / step
        return float((special.ndtr(up) + special.ndtr(down)) @ mass - chance)

    far = float(np.abs(scores).max()) + 40 * step
    return float(optimize.brentq(too_often, 0, far, xtol=1e-12, maxiter=500))
