"""Whether a trial ran as it was drawn: checks to be made before any result is read.

Sources: A. Fabijan et al., "Diagnosing sample ratio mismatch in online controlled
experiments", KDD 2019, 2156-2164; P. C. Austin, Statistics in Medicine 28 (2009)
3083-3107 (standardised differences); B. B. Hansen and J. Bowers, "Covariate balance in
simple, stratified and clustered comparative studies", Statistical Science 23 (2008)
219-236 (the joint test, here for any number of arms).
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from pesue.stats.arms import coded
from pesue.stats.assignment import Complete, Mechanism
from pesue.stats.estimates import Floats, TooFew, Unusable, Why, floats, named, numbers
from pesue.stats.proportions import Share, wilson
from pesue.stats.redrawing import Lots, Reference, Seed

ALARM = 0.001  # the p below which a sample ratio is no accident
OUTCOMES = 1_000_000  # at most so many splits are gone through one by one


@dataclass(frozen=True)
class SampleRatio:
    """`expected` people in each arm, and the p of a split as unlikely as the one found.

    `alarm`: the assignment or its record is broken, and no result may be read.
    """

    expected: tuple[float, ...]
    p: float
    exact: bool
    alarm: bool


@dataclass(frozen=True, eq=False)
class Balance:
    """`differences` (arms - 1, columns): each arm less the first, in standard
    deviations. `p` is of all columns and arms together; `by_lot` if by drawing the
    assignment again, else by chi-square with `df`."""

    differences: Floats
    statistic: float
    df: int
    p: float
    by_lot: bool


@dataclass(frozen=True)
class Attrition:
    """The share of each arm's people, in the order of arms, whose outcome is missing,
    and the p of the arms having lost alike."""

    lost: tuple[Share, ...]
    p: float
    by_lot: bool


@dataclass(frozen=True, eq=False)
class Exposures:
    """What is wrong in a list of exposures; rows are places in it.

    `first` (people,) are the rows to keep, each person's earliest. `repeated` are the
    people with more rows, `extra` their number of rows too many. `early` are the rows
    before the person's assignment, `lead` by how much at most: a clock is wrong, or
    the assignment is. `unassigned` are the rows of people who were never assigned.
    """

    first: NDArray[np.intp]
    repeated: tuple[Hashable, ...]
    extra: int
    early: NDArray[np.intp]
    lead: float
    unassigned: NDArray[np.intp]


def sample_ratio(
    counts: ArrayLike, shares: ArrayLike | None = None, *, seed: Seed = 0
) -> SampleRatio:
    """Whether people in each arm (arms,) are as many as planned `shares` (arms,) say.

    Shares are equal where not given. By chi-square where at least 5 are expected in
    each arm; else exactly, going through all splits, or, where these are too many, by
    100,000 drawn from `seed`.

    Raises TooFew for one arm or no people, Unusable for a count that is below 0 or not
    whole, and for shares that are not above 0 or do not add up to 1.
    """
    (found,) = numbers(counts)
    planned = np.full(len(found), 1 / len(found)) if shares is None else shares
    found, parts = numbers(found, planned)
    if (found < 0).any() or (found != np.round(found)).any():
        raise Unusable(Why.NOT_IN_RANGE, "A count is a whole number from 0.")
    if (parts <= 0).any() or abs(parts.sum() - 1) > 1e-6:
        raise Unusable(Why.NOT_IN_RANGE, "Shares are above 0 and add up to 1.")
    if len(found) < 2:
        raise TooFew(Why.ONE_ARM, "There is only one arm.")
    if not found.sum():
        raise TooFew(Why.EMPTY, "There is nobody in any arm.")
    parts = parts / parts.sum()
    expected = found.sum() * parts
    if expected.min() < 5:
        p, exact = _multinomial(found.astype(np.intp), parts, seed)
    else:
        square = float(((found - expected) ** 2 / expected).sum())
        p, exact = float(stats.chi2.sf(square, len(found) - 1)), False
    return SampleRatio(tuple(float(one) for one in expected), p, exact, p < ALARM)


def balance(
    before: ArrayLike,
    arm: ArrayLike,
    *,
    mechanism: Mechanism | None = None,
    draws: int = 1999,
    seed: Seed = 0,
) -> Balance:
    """Whether the arms were alike in what was known `before` (n,) or (n, columns).

    `arm` (n,) holds labels. The statistic is that of Hansen and Bowers: squared
    differences of arm means, all columns weighed together. Its p is by the
    `mechanism`, whose codes the labels then are: give it whenever teams were drawn.
    Without one people were drawn one by one, and it is by lot where an arm has fewer
    than 30, else by chi-square.

    Raises Unusable for lists that do not fit, TooFew for one arm, an arm of one person,
    or columns that are all constant.
    """
    table = floats(before)
    if table.ndim not in (1, 2):
        raise Unusable(Why.SHAPES, "Known things are a column or a table of them.")
    columns = numbers(*(table[:, None] if table.ndim == 1 else table).T)
    codes, arms = _arms(arm, len(columns[0]))
    known = np.column_stack(columns)
    if np.bincount(codes).min() < 2:
        raise TooFew(Why.FEW, "An arm has only one person.")
    means = np.array([known[codes == one].mean(axis=0) for one in range(arms)])
    spread = np.array([known[codes == one].var(axis=0, ddof=1) for one in range(arms)])
    apart, sd = means[1:] - means[0], np.sqrt((spread[1:] + spread[0]) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        differences = np.where(apart == 0, 0.0, apart / sd)
    given = codes if mechanism is None else mechanism.check(arm)
    joint = _joint(_whitened(known), given, mechanism, draws, seed)
    return Balance(differences, *joint)


def attrition(
    lost: ArrayLike,
    arm: ArrayLike,
    *,
    mechanism: Mechanism | None = None,
    draws: int = 1999,
    seed: Seed = 0,
) -> Attrition:
    """Whether the arms lost people alike: `lost` (n,) is 1 where there is no outcome.

    Other arguments, and what is raised, as for `balance`. Those lost from one arm
    because of what it did cannot be made up for: with a small p no effect should be
    shown without saying so.
    """
    (gone,) = numbers(lost)
    if not np.isin(gone, (0, 1)).all():
        raise Unusable(Why.NOT_IN_RANGE, "Somebody is lost or not: 1 or 0.")
    codes, arms = _arms(arm, len(gone))
    shares = tuple(
        wilson(int(gone[codes == one].sum()), int((codes == one).sum()))
        for one in range(arms)
    )
    if np.ptp(gone) == 0:
        return Attrition(shares, 1.0, by_lot=False)
    counts = np.bincount(codes)
    if mechanism is None and min(gone.mean(), 1 - gone.mean()) * counts.min() < 5:
        # Too few lost, or too few left, for chi-square.
        arm, mechanism = codes, Complete(tuple(int(count) for count in counts))
    found = balance(gone, arm, mechanism=mechanism, draws=draws, seed=seed)
    return Attrition(shares, found.p, found.by_lot)


def exposure_once(
    people: ArrayLike,
    seen_at: ArrayLike,
    assigned_at: ArrayLike,
    *,
    slack: float = 0.0,
) -> Exposures:
    """Repeated exposures, and clocks that run apart, in a list of exposures (m,).

    `people` holds labels, `seen_at` when the person met their arm, and `assigned_at`
    when that person was assigned (NaN: never), in seconds of any one beginning. Up to
    `slack` seconds before the assignment are let pass.

    Raises Unusable for lists that do not fit, TooFew for an empty one.
    """
    (seen,) = numbers(seen_at)
    assigned = floats(assigned_at)
    labels, codes = named(people)
    if not seen.shape == assigned.shape == codes.shape:
        raise Unusable(Why.SHAPES, "Each list must have one entry for each exposure.")
    many = len(labels)
    order = np.lexsort((np.arange(len(seen)), seen, codes))
    first = order[np.unique(codes[order], return_index=True)[1]]
    counts = np.bincount(codes, minlength=many)
    lead = assigned - seen
    early = np.nonzero(lead > slack)[0]
    return Exposures(
        first=first,
        repeated=tuple(labels[counts > 1].tolist()),
        extra=len(seen) - many,
        early=early,
        lead=float(lead[early].max()) if len(early) else 0.0,
        unassigned=np.nonzero(np.isnan(assigned))[0],
    )


def _arms(arm: ArrayLike, n: int) -> tuple[NDArray[np.intp], int]:
    codes, arms = coded(arm, n)
    if arms < 2:
        raise TooFew(Why.ONE_ARM, "There is only one arm.")
    return codes, arms


def _whitened(known: Floats) -> Floats:
    """Orthonormal columns (n, r) that tell the same; constant ones tell nothing."""
    centred = known - known.mean(axis=0)
    scale = np.sqrt((centred**2).mean(axis=0))
    told = scale > 1e-12 * np.abs(known).max(axis=0)
    if not told.any():
        raise TooFew(Why.CONSTANT, "Nothing known before differs between people.")
    axes, sizes, _ = np.linalg.svd(centred[:, told] / scale[told], full_matrices=False)
    return np.asarray(axes[:, sizes > 1e-9 * sizes[0]])


def _joint(
    whitened: Floats,
    codes: NDArray[np.integer],
    mechanism: Mechanism | None,
    draws: int,
    seed: Seed,
) -> tuple[float, int, float, bool]:
    """Statistic, df, p, and whether by lot, of orthonormal columns (n, r)."""
    arms, counts = np.unique(codes, return_counts=True)
    n = len(codes)

    def statistic(rows: NDArray[np.int16]) -> Floats:
        total = np.zeros(len(rows))
        for one in arms:
            there = (rows == one).astype(np.float64)
            with np.errstate(divide="ignore", invalid="ignore"):
                total += ((there @ whitened) ** 2).sum(axis=1) / there.sum(axis=1)
        return (n - 1) * total

    observed = float(statistic(codes[None, :].astype(np.int16))[0])
    df = whitened.shape[1] * (len(arms) - 1)
    if mechanism is None and counts.min() >= 30:
        return observed, df, float(stats.chi2.sf(observed, df)), False
    lot = mechanism or Complete(tuple(int(count) for count in counts))
    p = Reference.over(Lots.of(lot, draws, seed), statistic).p(observed, "greater")
    return observed, df, p, True


def _multinomial(
    found: NDArray[np.intp], shares: Floats, seed: Seed
) -> tuple[float, bool]:
    """The chance of a split no likelier than the one found, and whether it is exact."""
    n, arms = int(found.sum()), len(found)

    def log(people: NDArray[np.intp], share: float | Floats) -> Floats:
        return np.asarray(people * np.log(share) - special.gammaln(people + 1))

    own = float(log(found, shares).sum())
    near = own + 1e-9 * max(1.0, abs(own))  # ties count
    if special.binom(n + arms - 1, arms - 1) > OUTCOMES:
        rng = np.random.default_rng(seed)
        drawn = log(rng.multinomial(n, shares, 100_000), shares).sum(axis=1)
        return float((1 + (drawn <= near).sum()) / 100_001), False
    rest, logs = np.array([n]), np.zeros(1)
    for share in shares[:-1]:
        starts = np.cumsum(rest + 1) - (rest + 1)
        these = np.arange(int((rest + 1).sum())) - np.repeat(starts, rest + 1)
        logs = np.repeat(logs, rest + 1) + log(these, share)
        rest = np.repeat(rest, rest + 1) - these
    logs = logs + log(rest, shares[-1])
    chances = np.exp(logs + special.gammaln(n + 1))
    return min(1.0, float(chances[logs <= near].sum())), True
