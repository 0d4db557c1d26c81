"""Who is in which arm and in which team, checked."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pesue.stats.estimates import (
    Floats,
    TooFew,
    Unusable,
    Why,
    floats,
    in_order,
    numbers,
)


def two_arms(treated: ArrayLike, n: int) -> NDArray[np.bool_]:
    """Whether each of `n` units is treated, from 0 and 1 or False and True.

    Raises Unusable for other values or another length, TooFew (ONE_ARM) where all
    units are in one arm.
    """
    (codes,) = numbers(treated)
    if len(codes) != n:
        raise Unusable(Why.SHAPES, "Each unit must be in an arm.")
    if not np.isin(codes, (0, 1)).all():
        raise Unusable(Why.NOT_IN_RANGE, "An arm is 0 (control) or 1 (treated).")
    if codes.min() == codes.max():
        raise TooFew(Why.ONE_ARM, "All are in one arm: nothing to compare with.")
    of_treated: NDArray[np.bool_] = codes == 1
    return of_treated


def coded(labels: ArrayLike, n: int) -> tuple[NDArray[np.intp], int]:
    """The labels of `n` units (teams, arms) as codes 0, 1, ..., and how many there are.

    Raises Unusable where there are not `n` of them or one is missing (None or NaN):
    people without a team are no team.
    """
    codes, many = in_order(labels)
    if len(codes) != n:
        raise Unusable(Why.SHAPES, "Each unit must have one label.")
    return codes, many


def matrix(columns: ArrayLike, n: int) -> Floats:
    """The columns as a matrix of n x k; one column may be given as a list.

    Raises Unusable for another shape and for numbers that are none.
    """
    array = floats(columns)
    array = array.reshape(-1, 1) if array.ndim == 1 else array
    if array.ndim != 2 or len(array) != n or not array.shape[1]:
        raise Unusable(Why.SHAPES, "Columns must have one row for each unit.")
    if not np.isfinite(array).all():
        raise Unusable(Why.NOT_FINITE, "A number is missing or infinite.")
    return array
