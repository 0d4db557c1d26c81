"""What a figure is made of, and why there may be none; every method speaks in these."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from math import inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]


class Why(StrEnum):
    """Why there is no figure; who shows it to people has words for each."""

    EMPTY = "empty"  # nobody at all, or nobody in an arm
    FEW = "few"  # fewer than the method needs
    ONE_ARM = "one_arm"  # nothing to compare with
    FEW_CLUSTERS = "few_clusters"  # fewer teams than the method needs
    CONSTANT = "constant"  # all outcomes are the same: no error to measure
    SINGULAR = "singular"  # columns that cannot be told apart
    NOT_FINITE = "not_finite"  # NaN or infinity among the numbers
    SHAPES = "shapes"  # lists of different lengths
    REPEATED = "repeated"  # one person or team twice where once is meant
    NOT_IN_RANGE = "not_in_range"  # a share over 1, a count below 0, an arm unknown
    NOT_BY_LOT = "not_by_lot"  # units whose exposure chance did not decide


class Refusal(ValueError):
    """There is no honest figure. `why` says which reason, `about` holds its numbers."""

    def __init__(self, why: Why, message: str = "", **about: Any) -> None:
        super().__init__(message or f"{why.value}: {about}")
        self.why = why
        self.about = about


class TooFew(Refusal):
    """There are too few observations for the figure: no more, but more may come."""


class Unusable(Refusal):
    """The numbers given cannot be used as they are: somebody must look at them."""


@dataclass(frozen=True)
class Estimate:
    """One number with its error. All of them are in the unit of the outcome.

    `low` and `high` are the ends of the two-sided interval at `confidence`; `df` the
    degrees of freedom of the t-distribution behind it (infinite: the normal one); `p`
    that of the two-sided test of no effect; `n` the observations, and `clusters` the
    teams where these are the unit.
    """

    estimate: float
    se: float
    low: float
    high: float
    p: float
    df: float
    n: int
    clusters: int | None = None
    confidence: float = 0.95

    @classmethod
    def of(
        cls,
        estimate: float,
        se: float,
        *,
        n: int,
        df: float = inf,
        clusters: int | None = None,
        confidence: float = 0.95,
    ) -> "Estimate":
        """The estimate with its t-interval and its two-sided p.

        Raises TooFew where no error can be measured: `se` is 0 or not a number, or
        `df` is not above 0; Unusable where `confidence` is not between 0 and 1.
        """
        sure(confidence)
        if not (isfinite(se) and se > 0):
            raise TooFew(
                Why.CONSTANT, "The outcomes do not differ: no error can be measured."
            )
        if not df > 0:
            raise TooFew(Why.FEW, "No degrees of freedom are left.", n=n)
        critical = float(stats.t.ppf((1 + confidence) / 2, df))
        return cls(
            estimate=float(estimate),
            se=float(se),
            low=float(estimate - critical * se),
            high=float(estimate + critical * se),
            p=float(2 * stats.t.sf(abs(estimate) / se, df)),
            df=float(df),
            n=int(n),
            clusters=clusters,
            confidence=confidence,
        )


def numbers(*columns: ArrayLike) -> tuple[Floats, ...]:
    """The columns as arrays of float64, one number for each unit.

    Raises Unusable where they are of different lengths, not one-dimensional, or hold a
    number that is none; TooFew where they are empty.
    """
    arrays = tuple(floats(column) for column in columns)
    if any(array.ndim != 1 or len(array) != len(arrays[0]) for array in arrays):
        raise Unusable(Why.SHAPES, "Each list must have one number for each unit.")
    if not len(arrays[0]):
        raise TooFew(Why.EMPTY, "There is nobody to compare.")
    if not all(np.isfinite(array).all() for array in arrays):
        raise Unusable(Why.NOT_FINITE, "A number is missing or infinite.")
    return arrays


def floats(given: ArrayLike) -> Floats:
    """What is given as float64 of any shape; what is masked or missing is NaN.

    Raises Unusable (SHAPES) for rows of different lengths and what is no list,
    (NOT_FINITE) for what is no number: words, dates, complex numbers.
    """
    array = _array(given)
    if array.dtype.kind in "mMc":
        raise Unusable(Why.NOT_FINITE, "Numbers are needed.", kind=str(array.dtype))
    try:
        return array.astype(np.float64)
    except (TypeError, ValueError) as error:
        if array.dtype.kind == "O" and missing(array):
            gaps = [np.nan if _none(one) else one for one in array.ravel().tolist()]
            return floats(gaps).reshape(array.shape)
        raise Unusable(Why.NOT_FINITE, "Not all of these are numbers.") from error


def _array(given: ArrayLike) -> NDArray[Any]:
    if isinstance(given, np.ma.MaskedArray):
        seen = np.array(given.data, dtype=object)
        seen[np.ma.getmaskarray(given)] = None
        return seen
    try:
        array = np.asarray(given)
    except ValueError as error:
        raise Unusable(Why.SHAPES, "Rows are of different lengths.") from error
    if array.dtype.kind == "O" and array.ndim == 0:
        raise Unusable(Why.SHAPES, "A list or an array is needed.")
    return array


def in_order(labels: ArrayLike) -> tuple[NDArray[np.intp], int]:
    """Labels as codes 0, 1, ... in the order of their values, and their number.

    Raises what `named` raises.
    """
    names, codes = named(labels)
    return codes, len(names)


def named(labels: ArrayLike) -> tuple[NDArray[Any], NDArray[np.intp]]:
    """The different labels in order, and for each unit the place of its own there.

    Labels of several kinds (words and numbers) are in the order of their kinds. Raises
    Unusable (NOT_FINITE) where one is missing (None, NaN, NaT): all those without a
    team are no team; (SHAPES) where they are no list.
    """
    given = _array(labels)
    if given.dtype.kind in "US" and not isinstance(labels, np.ndarray):
        given = np.asarray(labels, dtype=object)  # else NaN among words is a word
    if given.ndim != 1:
        raise Unusable(Why.SHAPES, "Each unit must have one label.")
    if missing(given):
        raise Unusable(Why.NOT_FINITE, "A unit has no label.")
    try:
        names, codes = np.unique(given, return_inverse=True)
    except TypeError:  # of several kinds
        kinds = {one: (type(one).__name__, one) for one in given.tolist()}
        ordered = sorted(kinds, key=lambda one: kinds[one])
        place = {one: code for code, one in enumerate(ordered)}
        names = np.empty(len(ordered), dtype=object)
        names[:] = ordered
        codes = np.array([place[one] for one in given.tolist()])
    return names, codes.reshape(-1)


def missing(labels: NDArray[Any]) -> bool:
    """Whether one of them is None, NaN, NaT or pandas' NA."""
    if labels.dtype.kind in "fcmM":
        return bool((labels != labels).any())
    return labels.dtype.kind == "O" and any(map(_none, labels.ravel().tolist()))


def _none(one: Any) -> bool:
    if one is None:
        return True
    try:
        return bool(one != one)  # only what is missing differs from itself
    except (TypeError, ValueError):  # pandas' NA says neither
        return True


def sure(confidence: float) -> float:
    """The confidence itself; raises Unusable where it is not between 0 and 1."""
    if not 0 < confidence < 1:
        raise Unusable(Why.NOT_IN_RANGE, "No such confidence.", of=confidence)
    return confidence


def one_of(name: str, names: Collection[str]) -> None:
    """Raises Unusable where the name is none of these: never another one instead."""
    if name not in names:
        raise Unusable(Why.NOT_IN_RANGE, f"{name!r} is none of {sorted(names)}.")
