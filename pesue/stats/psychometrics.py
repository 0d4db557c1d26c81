"""How well several questions measure one thing, in the usual figures for it.

Answers are an array of people by items, each item a column, turned so that a higher
answer always means more of the thing measured. How many things are measured is in
`factors.py`.
"""

from dataclasses import dataclass
from math import atanh, tanh

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from pesue.stats.arms import two_arms
from pesue.stats.estimates import Floats, TooFew, Unusable, Why, sure
from pesue.stats.factors import PEOPLE, items, one_factor

AT_ONCE = 5_000_000  # numbers held while people are drawn again


@dataclass(frozen=True)
class Reliability:
    """A coefficient of reliability, at most 1, with its interval."""

    estimate: float
    low: float
    high: float
    n: int  # people who answered all items
    items: int
    confidence: float = 0.95
    # An item has no error of its own in the fit (a Heywood case): the coefficient is
    # not to be trusted.
    heywood: bool = False


@dataclass(frozen=True)
class Dif:
    """How differently an item is answered by people alike on the scale, by item."""

    differences: Floats  # focal less reference, in standard deviations of the item
    matched: int  # people of the focal group with somebody alike in the other


@dataclass(frozen=True)
class BestWorst:
    """Counting scores of options, in the order of their labels."""

    options: tuple[object, ...]
    scores: Floats  # from -1, always the worst, to 1, always the best
    shown: tuple[int, ...]  # how often each was among the choices


def alpha(
    answers: ArrayLike, *, pairwise: bool = False, confidence: float = 0.95
) -> Reliability:
    """Cronbach's alpha of a scale with Feldt's interval.

    With `pairwise`, answers may be missing (NaN): each covariance is then of those who
    answered both items, and the interval counts only those who answered all.

    Raises TooFew below 2 items or 10 people, or where nobody differs; Unusable where an
    answer is infinite, or missing without `pairwise`. Source: L. J. Cronbach,
    Psychometrika 16 (1951) 297-334; the interval is that of L. S. Feldt, Psychometrika
    30 (1965) 357-370.
    """
    sure(confidence)
    data = items(answers, missing=pairwise)
    k = data.shape[1]
    n = int(np.isfinite(data).all(axis=1).sum())
    if n < PEOPLE:
        raise TooFew(Why.FEW, "Too few answered all items.", n=n)
    estimate = float(_alphas(_covariances(data)[None])[0])
    if not np.isfinite(estimate):
        raise TooFew(Why.CONSTANT, "The sum of the items does not differ.")
    tails = np.array([1 + confidence, 1 - confidence]) / 2
    low, high = 1 - (1 - estimate) * stats.f.ppf(tails, n - 1, (n - 1) * (k - 1))
    return Reliability(estimate, float(low), float(high), n, k, confidence)


def bootstrap_alpha(
    answers: ArrayLike, *, seed: int, draws: int = 1000, confidence: float = 0.95
) -> Reliability:
    """Cronbach's alpha with a percentile bootstrap interval over people.

    For answers that are far from normal. Raises as `alpha` does.
    """
    found = alpha(answers, confidence=confidence)
    drawn = _alphas(_drawn_again(items(answers), seed, draws))
    low, high = _middle(drawn, confidence)
    return Reliability(found.estimate, low, high, found.n, found.items, confidence)


def omega(
    answers: ArrayLike, *, seed: int, draws: int = 1000, confidence: float = 0.95
) -> Reliability:
    """McDonald's omega of one factor, with a percentile bootstrap interval.

    The factor is fitted to the correlations by minimum residuals and its loadings put
    back into the items' units. Unlike alpha it does not suppose that all items measure
    the thing equally well.

    Raises TooFew below 3 items (two do not determine a factor: `spearman_brown` is for
    them) or 10 people, or where nobody differs in an item; Unusable where an answer is
    missing. Source: R. P. McDonald, "Test Theory: A Unified Treatment" (1999).
    """
    data = items(answers, least=3)
    n, k = data.shape
    estimate, heywood = _omegas(_covariances(data)[None])
    low, high = _middle(_omegas(_drawn_again(data, seed, draws))[0], confidence)
    return Reliability(
        float(estimate[0]), low, high, n, k, confidence, heywood=bool(heywood[0])
    )


def spearman_brown(answers: ArrayLike, *, confidence: float = 0.95) -> Reliability:
    """The reliability of a scale of two items, from their correlation.

    Raises TooFew below 10 people or where nobody differs; Unusable where an answer is
    missing or there are not two items. Source: C. Spearman and W. Brown, British
    Journal of Psychology 3 (1910) 271-295 and 296-322; R. Eisinga, M. te Grotenhuis &
    B. Pelzer, International Journal of Public Health 58 (2013) 637-642. The interval is
    Fisher's for a correlation.
    """
    sure(confidence)
    data = items(answers)
    n, k = data.shape
    if k != 2:
        raise Unusable(Why.SHAPES, f"It is for two items, not {k}.")
    r = float(np.asarray(np.corrcoef(data, rowvar=False))[0, 1])
    if 1 - r < 1e-12:
        return Reliability(1.0, 1.0, 1.0, n, k, confidence)
    if 1 + r < 1e-12:
        raise TooFew(Why.CONSTANT, "The sum of the items does not differ.")
    half = float(stats.norm.ppf((1 + confidence) / 2)) / (n - 3) ** 0.5
    estimate, low, high = (
        2 * r / (1 + r) for r in (r, tanh(atanh(r) - half), tanh(atanh(r) + half))
    )
    return Reliability(estimate, low, high, n, k, confidence)


def item_total(answers: ArrayLike, *, pairwise: bool = False) -> Floats:
    """Each item's correlation with the sum of the others, by item.

    `pairwise` is as in `alpha`. Raises as `alpha` does; an item whose others' sum does
    not differ has NaN.
    """
    covariance = _covariances(items(answers, missing=pairwise))
    own = np.diagonal(covariance)
    shared = covariance.sum(axis=1) - own
    others = covariance.sum() - 2 * shared - own
    scale = np.sqrt(np.where(others > 1e-12 * own, others, np.nan) * own)
    return np.asarray(shared / scale)


def dif(answers: ArrayLike, focal: ArrayLike) -> Dif:
    """How differently items are answered in one language by people alike on the scale.

    `focal` says of each person whether they are of the group looked at (True) or of
    the one it is held against. People with the same sum of answers are compared, and
    the differences weighted by the focal group. Over the items they add up to about
    0, so one odd item moves the others a little the other way.

    Raises TooFew below 10 people in a group or where nobody is alike, and Unusable
    where an answer is missing or lengths differ. Source: the standardised mean
    difference of N. J. Dorans & E. Kulick, Journal of Educational Measurement 23 (1986)
    355-368, for graded answers R. Zwick & D. T. Thayer, Journal of Educational and
    Behavioral Statistics 21 (1996) 187-201; here over the item's standard deviation.
    """
    data = items(answers)
    group = two_arms(focal, len(data))
    if min(group.sum(), (~group).sum()) < PEOPLE:
        raise TooFew(Why.FEW, "A group is too small.", n=int(group.sum()))
    # Sums of fractions may differ in their last bits only.
    _, level = np.unique(data.sum(axis=1).round(9), return_inverse=True)
    there, here = np.bincount(level, ~group), np.bincount(level, group)
    both = (there > 0) & (here > 0)
    weights = here[both]
    if not len(weights):
        raise TooFew(Why.FEW, "No two people of the groups are alike.")
    gaps = np.array(
        [
            np.bincount(level, group * answer)[both] / here[both]
            - np.bincount(level, ~group * answer)[both] / there[both]
            for answer in data.T
        ]
    )
    differences = gaps @ weights / weights.sum() / _pooled_sd(data, group)
    return Dif(np.asarray(differences), int(weights.sum()))


def best_worst(shown: ArrayLike, best: ArrayLike, worst: ArrayLike) -> BestWorst:
    """Best-worst counting scores: (times best - times worst) / times shown.

    `shown` is an array of tasks by choices, holding the labels of the options; `best`
    and `worst` are what was picked in each task, over all people and tasks.

    Raises TooFew where there is no task; Unusable where lengths differ, an option is
    twice in a task, or a pick was not shown or is both. Source: J. J. Louviere, T. N.
    Flynn & A. A. J. Marley, "Best-Worst Scaling" (2015).
    """
    tasks, most, least = np.asarray(shown), np.asarray(best), np.asarray(worst)
    if tasks.ndim != 2 or not most.shape == least.shape == tasks.shape[:1]:
        raise Unusable(Why.SHAPES, "Each task has its choices, a best and a worst.")
    if not tasks.size:
        raise TooFew(Why.EMPTY, "Nobody has chosen.")
    ordered = np.sort(tasks, axis=1)
    if (ordered[:, 1:] == ordered[:, :-1]).any():
        raise Unusable(Why.REPEATED, "An option is twice in one task.")
    for pick in (most, least):
        if not (tasks == pick[:, None]).any(axis=1).all():
            raise Unusable(Why.NOT_IN_RANGE, "What was picked was not shown.")
    if (most == least).any():
        raise Unusable(Why.REPEATED, "The best cannot be the worst.")
    options, times = np.unique(tasks, return_counts=True)
    up, down = (
        np.bincount(np.searchsorted(options, pick), minlength=len(options))
        for pick in (most, least)
    )
    return BestWorst(
        tuple(options.tolist()), np.asarray((up - down) / times), tuple(times.tolist())
    )


def _covariances(data: Floats) -> Floats:
    """Of each two items, over those who answered both."""
    there = np.isfinite(data).astype(np.float64)
    x = np.where(there > 0, data - np.nanmean(data, axis=0), 0.0)
    both = there.T @ there
    if (both < 2).any():
        raise TooFew(Why.FEW, "Too few answered both of two items.", n=int(both.min()))
    sums = x.T @ there
    return np.asarray((x.T @ x - sums * sums.T / both) / (both - 1))


def _drawn_again(data: Floats, seed: int, draws: int) -> Floats:
    """Covariances (draws, items, items) of samples of people drawn with return."""
    rng = np.random.default_rng(seed)
    n, k = data.shape
    x = data - data.mean(axis=0)
    products = (x[:, :, None] * x[:, None, :]).reshape(n, k * k)
    step = max(1, AT_ONCE // n)
    found = []
    for first in range(0, draws, step):
        size = min(step, draws - first)
        times = rng.multinomial(n, np.full(n, 1 / n), size).astype(np.float64)
        means = times @ x / n
        squares = (times @ products).reshape(size, k, k) / n
        outer = means[:, :, None] * means[:, None, :]
        found.append((squares - outer) * n / (n - 1))
    return np.concatenate(found)


def _alphas(covariances: Floats) -> Floats:
    k = covariances.shape[1]
    own = np.trace(covariances, axis1=1, axis2=2)
    total = covariances.sum(axis=(1, 2))
    total = np.where(total > 1e-12 * own, total, np.nan)
    return np.asarray(k / (k - 1) * (1 - own / total))


def _omegas(covariances: Floats) -> tuple[Floats, Floats]:
    """Omega of each covariance matrix, and whether it is a Heywood case.

    Matrices in which an item does not differ (samples drawn again) have NaN.
    """
    variances = np.diagonal(covariances, axis1=1, axis2=2)
    usable = (variances > 1e-12 * variances.max()).all(axis=1)
    sds = np.sqrt(variances[usable])
    fit = one_factor(covariances[usable] / sds[:, :, None] / sds[:, None, :])
    common = (fit.loadings * sds).sum(axis=1) ** 2
    unique = ((1 - fit.loadings**2) * sds**2).sum(axis=1)
    omegas = np.full(len(covariances), np.nan)
    omegas[usable] = common / (common + unique)
    heywood = np.zeros(len(covariances))
    heywood[usable] = fit.heywood
    return omegas, heywood


def _middle(drawn: Floats, confidence: float) -> tuple[float, float]:
    ends = np.array([1 - sure(confidence), 1 + confidence]) / 2
    low, high = np.nanquantile(drawn, ends)
    return float(low), float(high)


def _pooled_sd(data: Floats, group: NDArray[np.bool_]) -> Floats:
    a, b = data[group], data[~group]
    squares = a.var(axis=0) * len(a) + b.var(axis=0) * len(b)
    return np.asarray(np.sqrt(squares / (len(data) - 2)))
