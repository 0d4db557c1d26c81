"""Checks, and how their runs are spread over processes."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np

from benchmarks.coverage.rows import Columns, Row

AT_ONCE = 25  # runs in one piece of work


@dataclass(frozen=True)
class Check:
    """One run gives a number by name; the rows are made of all runs' numbers."""

    name: str
    once: Callable[[np.random.Generator], dict[str, float]]
    rows: Callable[[Columns], list[Row]]
    times: float = 1.0  # of the runs asked for: a slow check makes fewer

    def runs(self, r: int) -> int:
        return max(2, round(self.times * r))

    def some(self, seed: int, first: int, last: int) -> list[dict[str, float]]:
        """The runs from `first` to before `last`; each has chances of its own."""
        number = int.from_bytes(self.name.encode())
        return [
            self.once(np.random.default_rng([seed, number, run]))
            for run in range(first, last)
        ]


def columns(runs: list[dict[str, float]]) -> Columns:
    return {name: np.array([run[name] for run in runs], float) for name in runs[0]}


def gathered(
    checks: Sequence[Check], r: int, seed: int, jobs: int = 1
) -> Iterator[list[Row]]:
    """Each check's rows, in the order of the checks."""
    if jobs == 1:
        for check in checks:
            yield check.rows(columns(check.some(seed, 0, check.runs(r))))
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = [
            [
                pool.submit(check.some, seed, at, min(at + AT_ONCE, check.runs(r)))
                for at in range(0, check.runs(r), AT_ONCE)
            ]
            for check in checks
        ]
        for check, pieces in zip(checks, waiting, strict=True):
            runs = [run for piece in pieces for run in piece.result()]
            yield check.rows(columns(runs))
