"""One factor behind several items, and how many factors there are."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pesue.stats.estimates import Floats, TooFew, Unusable, Why, floats

PEOPLE = 10  # fewer answers than this say nothing of a scale
ROUNDS = 2000  # at most; a fit usually takes a few dozen
AT_THE_LIMIT = 1 - 1e-6  # a loading from here on leaves an item no error of its own


class Variant(StrEnum):
    """Whose eigenvalues are compared."""

    COMPONENTS = "components"  # of the correlations: all variance
    FACTORS = "factors"  # with squared multiple correlations on the diagonal: shared


@dataclass(frozen=True)
class OneFactor:
    """Loadings of items on their one factor, arrays of fits by items."""

    loadings: Floats  # between -1 and 1
    heywood: NDArray[np.bool_]  # by fit: a loading reached 1, do not trust it


@dataclass(frozen=True)
class Parallel:
    """Eigenvalues, largest first, beside those that chance alone would give."""

    eigenvalues: Floats
    chance: Floats  # the chosen percentile of each, in random answers
    factors: int  # of the leading eigenvalues, those above chance


def items(answers: ArrayLike, *, least: int = 2, missing: bool = False) -> Floats:
    """Answers as an array of people by items, checked.

    Raises TooFew below `least` items or 10 people, or where an item's answers are all
    the same; Unusable where it is no table, or an answer is infinite or (unless
    `missing`) not there.
    """
    data = floats(answers)
    if data.ndim != 2:
        raise Unusable(Why.SHAPES, "Answers are a table of people by items.")
    n, k = data.shape
    if k < least:
        raise TooFew(Why.FEW, f"At least {least} items.", items=k)
    if n < PEOPLE:
        raise TooFew(Why.FEW, "Too few people.", n=n)
    if np.isinf(data).any() or (not missing and np.isnan(data).any()):
        raise Unusable(Why.NOT_FINITE, "An answer is missing or infinite.")
    if np.isnan(data).all(axis=0).any():
        raise TooFew(Why.EMPTY, "Nobody answered an item.")
    if (np.nanmax(data, axis=0) == np.nanmin(data, axis=0)).any():
        raise TooFew(Why.CONSTANT, "All answers to an item are the same.")
    return data


def one_factor(correlations: Floats) -> OneFactor:
    """The one-factor fits by minimum residuals to correlation matrices.

    `correlations` has the shape (fits, items, items), three items at least. Each
    loading in turn is put where the squared residuals off the diagonal are smallest,
    within -1 and 1, until none moves. A fit's loadings have a sum of at least 0.

    Source: H. H. Harman & W. H. Jones, Psychometrika 31 (1966) 351-368; loadings kept
    within 1: H. H. Harman & Y. Fukuda, Psychometrika 31 (1966) 563-571.
    """
    r = np.array(correlations, dtype=np.float64)
    k = r.shape[1]
    values, vectors = np.linalg.eigh(r)
    loadings = vectors[..., -1] * np.sqrt(np.maximum(values[..., -1:], 0))
    np.clip(loadings, -1, 1, out=loadings)
    r[:, range(k), range(k)] = 0
    for _ in range(ROUNDS):
        before = loadings.copy()
        for i in range(k):
            loadings[:, i] = 0
            fit = np.einsum("fj,fj->f", r[:, i], loadings)
            size = np.einsum("fj,fj->f", loadings, loadings)
            best = np.divide(fit, size, out=np.zeros_like(fit), where=size > 0)
            loadings[:, i] = np.clip(best, -1, 1)
        if np.abs(loadings - before).max() < 1e-9:
            break
    loadings *= np.where(loadings.sum(axis=1) < 0, -1, 1)[:, None]
    return OneFactor(loadings, (np.abs(loadings) >= AT_THE_LIMIT).any(axis=1))


def parallel(
    answers: ArrayLike,
    *,
    seed: int,
    variant: Variant = Variant.COMPONENTS,
    draws: int = 1000,
    percentile: float = 95,
) -> Parallel:
    """Horn's parallel analysis: how many factors (or components) are more than chance.

    People by items, no answer missing. Random answers are normal and independent, of
    as many people and items, drawn `draws` times. Components are Horn's own; the factor
    variant also counts faint factors where there are many people, and hardly ever
    finds fewer.

    Raises TooFew below 3 items or 10 people, with no more people than items, or where
    nobody differs in an item; Unusable where an answer is missing or an item can be
    told from the others. Source: J. L. Horn, Psychometrika 30 (1965) 179-185; the
    factor variant L. G. Humphreys & R. G. Montanelli, Multivariate Behavioral Research
    10 (1975) 193-205.
    """
    data = items(answers, least=3)
    n, k = data.shape
    if n <= k + 1:
        raise TooFew(Why.FEW, "More people than items are needed.", n=n, items=k)
    real = np.asarray(np.corrcoef(data, rowvar=False))
    if np.linalg.eigvalsh(real)[0] < 1e-10:
        raise Unusable(Why.SINGULAR, "An item can be told from the others.")
    chance = _eigenvalues(_random_correlations(n, k, draws, seed), variant)
    limits = np.percentile(chance, percentile, axis=0)
    found = _eigenvalues(real[None], variant)[0]
    above = found > limits
    return Parallel(found, limits, k if above.all() else int(np.argmin(above)))


def _eigenvalues(correlations: Floats, variant: Variant) -> Floats:
    """Of each matrix, largest first."""
    if variant is Variant.FACTORS:
        k = correlations.shape[1]
        shared = 1 - 1 / np.diagonal(np.linalg.inv(correlations), axis1=1, axis2=2)
        correlations = correlations.copy()
        correlations[:, range(k), range(k)] = shared
    return np.asarray(np.linalg.eigvalsh(correlations)[:, ::-1])


def _random_correlations(n: int, k: int, draws: int, seed: int) -> Floats:
    """Correlations of k independent normal items over n people.

    Bartlett's decomposition gives them without the people: their sums of squares are
    those of a triangle of normal numbers with chi on its diagonal.
    """
    rng = np.random.default_rng(seed)
    triangle = np.tril(rng.standard_normal((draws, k, k)), -1)
    triangle[:, range(k), range(k)] = np.sqrt(
        rng.chisquare(n - 1 - np.arange(k), (draws, k))
    )
    triangle /= np.linalg.norm(triangle, axis=2, keepdims=True)
    return np.asarray(triangle @ triangle.transpose(0, 2, 1))
