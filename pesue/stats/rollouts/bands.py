"""Bands that cover several effects at once, by the multiplier bootstrap."""

import numpy as np
from scipy import stats

from pesue.stats.estimates import Floats, Unusable, Why, sure

AT_ONCE = 4_000_000  # signs drawn at a time, so that memory stays below 50 MB


def critical_value(
    influence: Floats,
    *,
    draws: int = 999,
    seed: int | np.random.Generator = 0,
    confidence: float = 0.95,
) -> float:
    """How many standard errors wide a band must be to each side to cover them all.

    influence: (clusters, effects), each column with mean 0 and not all 0. Each draw
    multiplies every cluster by +1 or -1 and takes the largest of the effects' absolute
    t-values; the answer is their quantile at `confidence`, and never below that of
    one effect alone.

    Raises Unusable where `draws` is too small for the quantile.
    Source: Callaway and Sant'Anna, Journal of Econometrics 225 (2021), algorithm 1,
    with the analytic standard errors and Rademacher's signs.
    """
    if draws < 1 / (1 - sure(confidence)):
        raise Unusable(Why.FEW, "So few draws have no such quantile.", draws=draws)
    rng = np.random.default_rng(seed)
    scaled = influence / np.sqrt((influence**2).sum(0))
    largest = []
    chunk = max(1, AT_ONCE // len(scaled))
    for start in range(0, draws, chunk):
        shape = (min(chunk, draws - start), len(scaled))
        signs = rng.integers(0, 2, shape, dtype=np.int8)
        # The sum over +1 and -1 is twice the sum over those drawn, less the sum of
        # all, which is 0.
        drawn = 2 * (signs.astype(np.float64) @ scaled) - scaled.sum(0)
        largest.append(np.abs(drawn).max(1))
    found = np.quantile(np.concatenate(largest), confidence, method="higher")
    alone = stats.t.ppf((1 + confidence) / 2, len(scaled) - 1)
    return max(float(found), float(alone))
