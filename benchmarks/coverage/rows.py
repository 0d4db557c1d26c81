"""The rows of the table: a figure, its limit, and how far chance may have moved it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Columns = dict[str, NDArray[np.float64]]  # of each run, by name


@dataclass(frozen=True)
class Row:
    """`error` is the Monte Carlo standard error of `result`, from `runs` runs."""

    check: str
    figure: str
    result: float
    error: float
    runs: int
    low: float = -inf
    high: float = inf
    percent: bool = False
    digits: int = 3

    @property
    def limited(self) -> bool:
        return self.low > -inf or self.high < inf

    @property
    def passes(self) -> bool:
        return self.low <= self.result <= self.high

    def near(self, errors: float) -> bool:
        """Whether chance alone may have put it outside, within so many errors."""
        slack = errors * self.error
        return self.low - slack <= self.result <= self.high + slack

    def told(self, value: float) -> str:
        return f"{100 * value if self.percent else value:.{self.digits}f}"

    @property
    def limit(self) -> str:
        low, high = (f"{self._short(end)}" for end in (self.low, self.high))
        if not self.limited:
            return ""
        if self.low == -inf:
            return f"at most {high}"
        return f"at least {low}" if self.high == inf else f"{low} to {high}"

    def _short(self, value: float) -> str:
        return f"{100 * value if self.percent else value:g}"

    def __str__(self) -> str:
        unit = " %" if self.percent else ""
        holds = ("yes" if self.passes else "**no**") if self.limited else ""
        cells = (
            self.check,
            self.figure,
            self.told(self.result) + unit,
            self.limit,
            holds,
            self.told(self.error),
            f"{self.runs:,}",
        )
        return f"| {' | '.join(cells)} |"


def share(
    check: str,
    figure: str,
    flags: ArrayLike,
    low: float = -inf,
    high: float = inf,
    *,
    digits: int = 1,
) -> Row:
    """How often something was so; runs in which it could not be (NaN) are left out."""
    here = _there(flags)
    # Not 0 where it never or always was so.
    chance = (here.sum() + 0.5) / (len(here) + 1)
    error = sqrt(chance * (1 - chance) / len(here))
    result = float(here.mean())
    return Row(check, figure, result, error, len(here), low, high, True, digits)


def mean(
    check: str,
    figure: str,
    values: ArrayLike,
    low: float = -inf,
    high: float = inf,
    *,
    digits: int = 3,
) -> Row:
    here = _there(values)
    error = float(here.std(ddof=1)) / sqrt(len(here))
    result = float(here.mean())
    return Row(check, figure, result, error, len(here), low, high, digits=digits)


def fraction(
    check: str,
    figure: str,
    above: ArrayLike,
    below: ArrayLike,
    low: float = -inf,
    high: float = inf,
    *,
    percent: bool = False,
    digits: int = 3,
) -> Row:
    """A sum over a sum, with the delta method's error; one number of each a run."""
    top, bottom = np.asarray(above, float), np.asarray(below, float)
    kept = np.isfinite(top) & np.isfinite(bottom)
    top, bottom = top[kept], bottom[kept]
    result = float(top.sum() / bottom.sum())
    error = float(np.sqrt(((top - result * bottom) ** 2).sum()) / abs(bottom.sum()))
    return Row(check, figure, result, error, len(top), low, high, percent, digits)


def spread(check: str, figure: str, values: ArrayLike) -> Row:
    """The standard deviation over the runs."""
    here = _there(values)
    result = float(here.std(ddof=1))
    return Row(check, figure, result, result / sqrt(2 * len(here)), len(here))


def markdown(rows: Iterable[Row]) -> str:
    head = "| Check | Figure | Result | Limit | Holds | MC error | R |"
    return "\n".join([head, "|---|---|--:|--:|---|--:|--:|", *map(str, rows)])


def _there(values: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=np.float64)
    return array[np.isfinite(array)]
