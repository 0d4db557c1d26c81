"""p-values when several questions were asked at once.

Sources: S. Holm, "A simple sequentially rejective multiple test procedure",
Scandinavian J. of Statistics 6 (1979) 65-70; Y. Benjamini and Y. Hochberg,
"Controlling the false discovery rate", J. Royal Statistical Society B 57 (1995)
289-300.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pesue.stats.estimates import Floats, Unusable, Why, numbers


def holm(p: ArrayLike) -> Floats:
    """Adjusted p (m,), in the order given, from p (m,).

    Those at or below a level, taken as effects, contain any that is none with at most
    that probability, however the tests depend on each other.

    Raises TooFew where there are none, Unusable where a p is no number or not from 0
    to 1.
    """
    values, order = _sorted(p)
    steps = np.arange(len(values), 0, -1)
    return _back(np.maximum.accumulate(values * steps), order)


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Adjusted p (m,), in the order given, from p (m,).

    Of those at or below a level, taken as effects, on average at most that share are
    none, where the tests are independent or depend on each other positively.

    Raises as `holm` does.
    """
    values, order = _sorted(p)
    scaled = values * len(values) / np.arange(1, len(values) + 1)
    return _back(np.minimum.accumulate(scaled[::-1])[::-1], order)


def _sorted(p: ArrayLike) -> tuple[Floats, NDArray[np.intp]]:
    (values,) = numbers(p)
    if values.min() < 0 or values.max() > 1:
        raise Unusable(Why.NOT_IN_RANGE, "A p is from 0 to 1.")
    order = np.argsort(values, kind="stable")
    return values[order], order


def _back(adjusted: Floats, order: NDArray[np.intp]) -> Floats:
    result = np.empty_like(adjusted)
    result[order] = np.minimum(adjusted, 1.0)
    return result
