"""How unevenly something is shared out among people."""

import numpy as np
from numpy.typing import ArrayLike

from pesue.stats.estimates import TooFew, Unusable, Why, numbers


def gini(amounts: ArrayLike) -> float:
    """The Gini coefficient: 0 where all have the same, near 1 where one has all.

    `amounts` holds one number a person, none below zero. It is half the mean
    difference between two people drawn with replacement, over the mean; so among n
    people its most is 1 - 1/n.

    Raises TooFew where nobody is there or nobody has anything; Unusable where a number
    is below zero or none.
    Source: C. Gini, Variabilita e mutabilita (1912); A. Sen, On Economic Inequality
    (1973), 2.3, equation 2.8.2.
    """
    (had,) = numbers(amounts)
    if had.min() < 0:
        raise Unusable(Why.NOT_IN_RANGE, "What people have is not below zero.")
    total = float(had.sum())
    if not total > 0:
        raise TooFew(Why.CONSTANT, "Nobody has anything: nothing is shared out.")
    n = len(had)
    ranks = np.arange(1, n + 1)
    return float(2 * (ranks * np.sort(had)).sum() / (n * total) - (n + 1) / n)


def share_of_most(amounts: ArrayLike, people: int) -> float:
    """The share of the whole that the `people` with the most have, from 0 to 1.

    Raises what `gini` raises.
    """
    gini(amounts)  # it refuses what cannot be shared out
    (had,) = numbers(amounts)
    return float(np.sort(had)[::-1][:people].sum() / had.sum())
