"""The effect on those who took up what they were assigned, by instruments.

A lot decides who is offered something; each decides whether to take it. The offer's
effect (ITT) is always there. Divided by how much the offer moved the taking (the first
stage), it is the effect of taking on those the offer moved, if the offer changes
nothing but the taking and makes nobody refuse. Where the first stage is weak the ratio
and its interval mislead, and only Anderson and Rubin's set is given, which never does.
"""

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from pesue.stats.anderson_rubin import ConfidenceSet, Forms, accepted
from pesue.stats.arms import coded
from pesue.stats.estimates import (
    Estimate,
    Floats,
    TooFew,
    Unusable,
    Why,
    floats,
    numbers,
    sure,
)
from pesue.stats.regression import ols
from pesue.stats.teams import decided, enough, satterthwaite, teams

STRONG = 10.0  # Staiger and Stock's rule of thumb (Econometrica 65, 1997)
ROUNDING = 1e-9  # what is left of a column that others explain, beside its length


@dataclass(frozen=True)
class Instrumented:
    """What the instruments tell of the effect of taking.

    `itt` and `first_stage` have one estimate for each instrument; the first stage has
    the error 0 where all took just what they were assigned. `f` is its robust F.
    `estimate` is that of two-stage least squares, None where `f` is below 10: then
    only `anderson_rubin` holds.
    """

    itt: tuple[Estimate, ...]
    first_stage: tuple[Estimate, ...]
    f: float
    estimate: Estimate | None
    anderson_rubin: ConfidenceSet

    @property
    def weak(self) -> bool:
        return self.estimate is None


def wald(
    outcome: ArrayLike,
    took: ArrayLike,
    assigned: ArrayLike,
    clusters: ArrayLike | None = None,
    *,
    confidence: float = 0.95,
) -> Instrumented:
    """The effect of taking, from who was assigned: ITT over the first stage.

    outcome: (people,), any unit; took: (people,), 0 or 1, or how much of it, between;
    assigned: (people,), 0 or 1; clusters: labels of teams, (people,), where these were
    assigned. Errors and refusals as `two_stage`.

    Raises also TooFew where an arm is empty; Unusable for numbers outside the ranges.
    Source: J. D. Angrist, G. W. Imbens and D. B. Rubin, "Identification of Causal
    Effects Using Instrumental Variables", JASA 91 (1996) 444-455.
    """
    y, d, z = numbers(outcome, took, assigned)
    if not np.isin(z, (0, 1)).all() or d.min() < 0 or d.max() > 1:
        raise Unusable(Why.NOT_IN_RANGE, "Assigned is 0 or 1, took between them.")
    if z.min() == z.max():
        raise TooFew(Why.ONE_ARM, "All were assigned to the same arm.")
    unit = np.arange(len(z)) if clusters is None else coded(clusters, len(z))[0]
    if min(len(np.unique(unit[z == a])) for a in (0, 1)) < 2:
        why = Why.FEW if clusters is None else Why.FEW_CLUSTERS
        raise TooFew(why, "An arm of one has no error to measure.")
    return two_stage(y, d, z, clusters=clusters, confidence=confidence)


def two_stage(
    outcome: ArrayLike,
    endogenous: ArrayLike,
    instruments: ArrayLike,
    controls: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    *,
    confidence: float = 0.95,
) -> Instrumented:
    """Two-stage least squares of one endogenous column, with a constant.

    outcome, endogenous: (people,); instruments, controls: (people,) or (people, k);
    clusters: labels, (people,). Errors are HC1 (times n / (n - k)) with n - k degrees
    of freedom, or cluster-robust (times G / (G - 1) * (n - 1) / (n - k)) with those of
    Pustejovsky and Tipton (2018), at most G - 1: few where few teams were offered it.

    Raises TooFew below 6 clusters, where one alone decides what an instrument does or
    there are no more of them than columns, without degrees of freedom, and where the
    outcome or the endogenous column does not differ beside the controls; Unusable for
    instruments or controls that cannot be told apart, and as `numbers`.
    Source: J. M. Wooldridge, "Econometric Analysis of Cross Section and Panel Data"
    (2nd edition, 2010), chapter 5.
    """
    y, d, z, basis = _beside_controls(outcome, endogenous, instruments, controls)
    k, width = z.shape[1], basis.shape[1]
    sample = _Sample.of(len(y), clusters, sure(confidence))
    sample.suffice(width + k)
    forms = _reduced(y, d, z, sample, width + k)
    f, df = _f(forms), sample.df(basis, z)
    late = None
    if f >= STRONG:
        late = _second_stage(y, d, z @ forms.taking, sample, basis)
    limit = k * float(stats.f.ppf(confidence, k, min(df)))
    return Instrumented(
        itt=sample.estimates(forms.outcome, forms.of_outcome, df),
        first_stage=sample.estimates(forms.taking, forms.of_taking, df),
        f=f,
        estimate=late,
        anderson_rubin=accepted(forms, limit, confidence),
    )


@dataclass(frozen=True, eq=False)
class _Sample:
    """Who was drawn independently of whom: people, or whole clusters."""

    n: int
    codes: NDArray[np.intp] | None
    groups: int
    confidence: float

    @classmethod
    def of(cls, n: int, clusters: ArrayLike | None, confidence: float) -> "_Sample":
        if clusters is None:
            return cls(n, None, n, confidence)
        codes, groups = coded(clusters, n)
        if groups < 2:
            raise TooFew(Why.FEW_CLUSTERS, "One cluster has nothing beside it.")
        return cls(n, codes, groups, confidence)

    def df(self, basis: Floats, z: Floats) -> list[float]:
        """The degrees of freedom of each column of z, beside those of the basis.

        Raises TooFew below 6 clusters, and where one alone decides about a column.
        """
        width, k = basis.shape[1], z.shape[1]
        if self.codes is None:
            return [float(self.n - width - k)] * k
        # They do not depend on the outcome: any will do.
        fit = ols(z[:, 0], np.column_stack([basis, z]))
        by_team = enough(teams(fit, self.codes))
        columns = range(width, width + k)
        for column in columns:
            decided(fit, by_team, column)
        found = satterthwaite(fit, by_team, columns)
        return [min(float(df), self.groups - 1.0) for df in found]

    def suffice(self, parameters: int) -> None:
        """Raises TooFew where nothing is left to measure an error by."""
        if self.n <= parameters:
            raise TooFew(Why.FEW, "No degrees of freedom are left.", n=self.n)
        # As many coefficients as clusters fit each cluster's total without error.
        if self.groups <= parameters:
            raise TooFew(Why.FEW_CLUSTERS, "Too few clusters.", clusters=self.groups)

    def spread(self, scores: Floats, parameters: int) -> Floats:
        """The variance of the scores' sum; scores: (people, k); answers (k, k)."""
        left = self.n - parameters
        if self.codes is None:
            return np.asarray(scores.T @ scores * (self.n / left))
        sums = np.column_stack(
            [np.bincount(self.codes, column, self.groups) for column in scores.T]
        )
        factor = self.groups / (self.groups - 1) * (self.n - 1) / left
        return np.asarray(sums.T @ sums * factor)

    def estimate(self, value: float, error: float, df: float) -> Estimate:
        confidence = self.confidence
        clusters = None if self.codes is None else self.groups
        if not error:  # all took just what they were assigned: nothing is uncertain
            p = 0.0 if value else 1.0
            return Estimate(
                value, 0.0, value, value, p, df, self.n, clusters, confidence
            )
        return Estimate.of(
            value, error, n=self.n, df=df, clusters=clusters, confidence=confidence
        )

    def estimates(
        self, values: Floats, variance: Floats, df: list[float]
    ) -> tuple[Estimate, ...]:
        errors = np.sqrt(np.diag(variance))
        return tuple(
            self.estimate(float(value), float(error), own)
            for value, error, own in zip(values, errors, df, strict=True)
        )


def _beside_controls(
    outcome: ArrayLike,
    endogenous: ArrayLike,
    instruments: ArrayLike,
    controls: ArrayLike | None,
) -> tuple[Floats, Floats, Floats, Floats]:
    """What a constant and the controls leave of each column, and a basis of them."""
    z = _table(instruments)
    w = np.empty((0, len(z))) if controls is None else _table(controls)
    y, d, *rest = numbers(outcome, endogenous, *z, *w)
    known = np.column_stack([np.ones(len(y)), *rest[len(z) :]])
    known /= np.linalg.norm(known, axis=0).clip(min=np.finfo(float).tiny)
    if len(y) < known.shape[1] or np.linalg.matrix_rank(known) < known.shape[1]:
        raise Unusable(Why.SINGULAR, "The controls cannot be told apart.")
    basis = np.linalg.qr(known)[0]
    table = np.column_stack([y, d, *rest[: len(z)]])
    left = table - basis @ (basis.T @ table)
    lost = np.linalg.norm(left, axis=0) <= ROUNDING * np.linalg.norm(table, axis=0)
    if lost[:2].any():
        raise TooFew(Why.CONSTANT, "The outcome or the taking does not differ.")
    scaled = left[:, 2:] / np.linalg.norm(left[:, 2:], axis=0)
    if lost[2:].any() or np.linalg.matrix_rank(scaled) < len(z):
        raise Unusable(Why.SINGULAR, "The instruments cannot be told apart.")
    return left[:, 0], left[:, 1], left[:, 2:], basis


def _table(columns: ArrayLike) -> Floats:
    """One row for each column."""
    table = floats(columns)
    if table.ndim not in (1, 2):
        raise Unusable(Why.SHAPES, "Columns are a table of people by columns.")
    return table[None, :] if table.ndim == 1 else table.T


def _reduced(
    y: Floats, d: Floats, z: Floats, sample: _Sample, parameters: int
) -> Forms:
    """The regressions of the outcome and of the taking on the instruments."""
    k = z.shape[1]
    inverse = np.linalg.inv(z.T @ z)
    both = np.column_stack([y, d])
    coefficients = inverse @ (z.T @ both)
    left = both - z @ coefficients
    # Where the instruments say all, what is left is rounding.
    lost = np.linalg.norm(left, axis=0) <= ROUNDING * np.linalg.norm(both, axis=0)
    left[:, lost] = 0
    if lost[0]:
        raise TooFew(Why.CONSTANT, "The outcomes do not differ within the arms.")
    one, other = left.T
    if abs(one @ other) >= (1 - ROUNDING) * np.sqrt(one @ one * (other @ other)) > 0:
        raise Unusable(Why.SINGULAR, "The outcome is the taking itself.")
    scores = np.column_stack([z * left[:, :1], z * left[:, 1:]])
    spread = sample.spread(scores, parameters)
    outcome, taking = slice(0, k), slice(k, 2 * k)
    return Forms(
        coefficients[:, 0],
        coefficients[:, 1],
        inverse @ spread[outcome, outcome] @ inverse,
        inverse @ spread[taking, taking] @ inverse,
        inverse @ spread[outcome, taking] @ inverse,
    )


def _f(forms: Forms) -> float:
    """The robust first-stage F: that all instruments leave the taking as it is."""
    if not forms.of_taking.any():
        return inf
    solved = np.linalg.solve(forms.of_taking, forms.taking)
    return float(forms.taking @ solved) / len(forms.taking)


def _second_stage(
    y: Floats, d: Floats, fitted: Floats, sample: _Sample, basis: Floats
) -> Estimate:
    bread = float(fitted @ d)
    effect = float(fitted @ y) / bread
    scores = (fitted * (y - effect * d))[:, None]
    spread = float(sample.spread(scores, basis.shape[1] + 1)[0, 0])
    (df,) = sample.df(basis, fitted[:, None])
    return sample.estimate(effect, sqrt(spread) / bread, df)
