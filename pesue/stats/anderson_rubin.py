"""Anderson and Rubin's confidence set: it holds however weak the instruments are.

Source: T. W. Anderson and H. Rubin, Annals of Mathematical Statistics 20 (1949) 46-63,
with a robust variance; reviewed in I. Andrews, J. H. Stock and L. Sun, "Weak
Instruments in Instrumental Variables Regression", Annual Review of Economics 11 (2019),
section 5.1.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import inf

import numpy as np
from scipy import linalg

from pesue.stats.estimates import Floats

REAL = 1e-6  # a root whose imaginary part is smaller is a real one, or does no harm


@dataclass(frozen=True)
class ConfidenceSet:
    """The effects that the test does not reject.

    `pieces` are intervals in ascending order, with infinite ends where they have none.
    """

    pieces: tuple[tuple[float, float], ...]
    confidence: float

    @property
    def kind(self) -> str:
        """What it is: "interval", "half_line", "line" (nothing is excluded), "outside"
        (all but an interval), "empty" (the instruments contradict each other), or
        "pieces".
        """
        infinite = [end for piece in self.pieces for end in piece if abs(end) == inf]
        shapes = {
            (0, 0): "empty",
            (1, 0): "interval",
            (1, 1): "half_line",
            (1, 2): "line",
            (2, 2): "outside",
        }
        return shapes.get((len(self.pieces), len(infinite)), "pieces")

    def __contains__(self, effect: float) -> bool:
        return any(low <= effect <= high for low, high in self.pieces)


@dataclass(frozen=True, eq=False)
class Forms:
    """Coefficients of k instruments on the outcome and on the taking, together.

    The variances are (k, k): of the first, of the second, and between them.
    """

    outcome: Floats  # (k,)
    taking: Floats  # (k,)
    of_outcome: Floats
    of_taking: Floats
    between: Floats

    def statistic(self, effect: float) -> float:
        """Chi-square with k degrees of freedom where `effect` is the true one."""
        left = self.outcome - effect * self.taking
        cross = self.between + self.between.T
        variance = self.of_outcome - effect * cross + effect**2 * self.of_taking
        return float(left @ np.linalg.solve(variance, left))

    def scaled(self, outcome: float, taking: float) -> "Forms":
        """The same with the outcome and the taking in other units."""
        return Forms(
            self.outcome / outcome,
            self.taking / taking,
            self.of_outcome / outcome**2,
            self.of_taking / taking**2,
            self.between / outcome / taking,
        )


def accepted(forms: Forms, limit: float, confidence: float) -> ConfidenceSet:
    """The effects whose statistic is at most `limit`, the test's critical value."""
    # In units where both variances are near 1, so that roots are well separated.
    y = float(np.sqrt(np.trace(forms.of_outcome)))
    d = float(np.sqrt(max(np.trace(forms.of_taking), forms.taking @ forms.taking)))
    forms = forms.scaled(y, d)
    ends = [-inf, *_crossings(forms, limit), inf]
    pieces: list[tuple[float, float]] = []
    for low, high in pairwise(ends):
        if forms.statistic(_between(low, high)) > limit:
            continue
        if pieces and pieces[-1][1] == low:
            low = pieces.pop()[0]
        pieces.append((low, high))
    unit = y / d
    return ConfidenceSet(
        tuple((low * unit, high * unit) for low, high in pieces), confidence
    )


def _crossings(forms: Forms, limit: float) -> list[float]:
    """All effects whose statistic is just the limit, and perhaps some more.

    With v = outcome - b * taking and W its variance, v' W^-1 v = limit where the matrix
    ((limit, v'), (v, W)) is singular. It is quadratic in b: a generalised eigenvalue
    problem of twice its size gives all b at once.
    """
    k = len(forms.outcome)
    one, two, three = np.zeros((3, k + 1, k + 1))
    one[0, 0] = limit
    one[0, 1:] = one[1:, 0] = forms.outcome
    one[1:, 1:] = forms.of_outcome
    two[0, 1:] = two[1:, 0] = -forms.taking
    two[1:, 1:] = -(forms.between + forms.between.T)
    three[1:, 1:] = forms.of_taking
    nothing, same = np.zeros_like(one), np.eye(k + 1)
    roots = linalg.eigvals(
        np.block([[nothing, same], [-one, -two]]),
        np.block([[same, nothing], [nothing, three]]),
    )
    roots = roots[np.isfinite(roots)]
    real = roots[np.abs(roots.imag) <= REAL * (1 + np.abs(roots.real))].real
    return [float(root) for root in np.unique(real)]


def _between(low: float, high: float) -> float:
    if low == -inf and high == inf:
        return 0.0
    if low == -inf:
        return high - 1 - abs(high)
    if high == inf:
        return low + 1 + abs(low)
    return (low + high) / 2
