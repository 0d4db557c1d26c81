"""Fisher's test over the starts the lot might have drawn instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from math import log

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln

from pesue.stats.arms import coded
from pesue.stats.estimates import Floats, TooFew, Unusable, Why
from pesue.stats.rollouts.contrasts import Contrast, Estimand
from pesue.stats.rollouts.neyman import NOTHING, Adjust, Table, by_lot
from pesue.stats.rollouts.panel import Panel

Orders = NDArray[np.intp]
AT_ONCE = 1_000_000  # units drawn at a time, so that memory stays below 100 MB
TIES = 1 - 1e-9  # sums in another order differ by rounding: equal ones count as ties


@dataclass(frozen=True)
class Randomisation:
    """How rare the effect found would be if starts had no effect on anybody.

    `p` is the share of assignments with as large a statistic (ties count against us);
    `draws` how many were tried, all there are if `enumerated`. `value` is the estimate
    and `statistic` what was compared: |value| over its error, or |value| alone.
    """

    p: float
    value: float
    statistic: float
    draws: int
    enumerated: bool


def randomisation_test(
    panel: Panel,
    estimand: Estimand = "simple",
    *,
    event_time: int | None = None,
    adjust: Adjust = "efficient",
    strata: ArrayLike | None = None,
    studentised: bool = True,
    draws: int = 999,
    seed: int | np.random.Generator = 0,
) -> Randomisation:
    """Test that no unit was affected, whoever began when, by drawing the starts anew.

    Exact for that hypothesis at any size; studentised it also holds, in large panels,
    for an average effect of 0. Assignments are all that give as many units to each
    start; they are enumerated where there are no more than `draws`. Where a cohort
    has one unit only: `studentised=False` with adjust "did" or "none". `strata`
    (units,) are labels within which the lot was drawn, in the order of `panel.units`;
    starts are then drawn anew within these, never enumerated. Other arguments and
    refusals: as `roth_santanna`.

    Source: Roth and Sant'Anna, Journal of Political Economy Microeconomics 1 (2023),
    section 2 (Fisher randomisation tests). Drawn, p is (1 + count) / (1 + draws).
    """
    by_lot(panel, adjust)
    if draws < 1:
        raise Unusable(Why.NOT_IN_RANGE, "At least one draw is needed.", draws=draws)
    table = Table.of(panel, Contrast.of(panel, estimand, event_time))
    order = np.argsort(panel.first, kind="stable")[None, :]
    value, statistic = _statistic(table, order, adjust, studentised)
    told = float(np.abs(table.after).max()) > NOTHING * table.scale
    if not told or not np.isfinite(statistic[0]):
        raise TooFew(Why.CONSTANT, "The outcomes do not differ: there is no error.")
    seats = None if strata is None else _seats(strata, order[0])
    every = seats is None and _fewer(table.sizes, draws)
    count = total = 0
    some = _all(table.sizes) if every else _drawn(order[0], seats, draws, seed)
    for orders in some:
        found = _statistic(table, orders, adjust, studentised)[1]
        count += int((found >= statistic[0] * TIES).sum())
        total += len(found)
    p = count / total if every else (1 + count) / (1 + total)
    return Randomisation(p, float(value[0]), float(statistic[0]), total, every)


def _statistic(
    table: Table, orders: Orders, adjust: Adjust, studentised: bool
) -> tuple[Floats, Floats]:
    if not studentised and adjust != "efficient":
        after, before = (table.sums(part) for part in table.taken(orders))
        value = after - before if adjust == "did" else after
        return value, np.abs(value)
    found = table.moments(orders, adjust)
    if not studentised:
        return found.value, np.abs(found.value)
    some = found.error > NOTHING * table.scale
    # No error at all counts as extreme: against us.
    ratio = np.full_like(found.value, np.inf)
    np.divide(np.abs(found.value), found.error, out=ratio, where=some)
    return found.value, ratio


def _fewer(sizes: NDArray[np.intp], draws: int) -> bool:
    """Whether there are no more assignments than draws."""
    logarithm = gammaln(sizes.sum() + 1) - gammaln(sizes + 1).sum()
    return bool(logarithm < log(draws + 0.5))


def _seats(strata: ArrayLike, order: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """For each stratum, the places of its units in `order`."""
    codes, many = coded(strata, len(order))
    return [np.flatnonzero(codes[order] == one) for one in range(many)]


def _drawn(
    order: NDArray[np.intp],
    seats: list[NDArray[np.intp]] | None,
    draws: int,
    seed: int | np.random.Generator,
) -> Iterator[Orders]:
    rng = np.random.default_rng(seed)
    chunk = max(1, AT_ONCE // len(order))
    for start in range(0, draws, chunk):
        shape = (min(chunk, draws - start), 1)
        if seats is None:
            yield rng.permuted(np.tile(np.arange(len(order)), shape), axis=1)
            continue
        rows = np.tile(order, shape)
        for places in seats:
            rows[:, places] = rng.permuted(rows[:, places], axis=1)
        yield rows


def _all(sizes: NDArray[np.intp]) -> Iterator[Orders]:
    n = int(sizes.sum())
    every = _dealt(tuple(range(n)), [int(size) for size in sizes])
    while chunk := list(islice(every, max(1, AT_ONCE // n))):
        yield np.array(chunk, dtype=np.intp)


def _dealt(units: tuple[int, ...], sizes: list[int]) -> Iterator[tuple[int, ...]]:
    """All ways to deal the units to cohorts of these sizes."""
    if len(sizes) == 1:
        yield units
        return
    for some in combinations(units, sizes[0]):
        left = tuple(unit for unit in units if unit not in some)
        for rest in _dealt(left, sizes[1:]):
            yield some + rest
