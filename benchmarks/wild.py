"""How long the wild bootstrap takes beside wildboottest's.

    python -m benchmarks.wild

In a Python with wildboottest, statsmodels and pandas; 9,999 draws, people of 12 in a
team, a treatment of teams and one more column. Processor time, for others' work is
not counted. The first, slower call of each is left out (wildboottest compiles itself);
of three the quickest counts. Ours also finds the interval, theirs p alone. Prints
Markdown for docs/stats/clusters.md.
"""

import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
import statsmodels.api as sm
from wildboottest.wildboottest import wildboottest

from pesue.stats.clusters import wild_bootstrap
from pesue.stats.regression import design

DRAWS, EACH, TIMES = 9_999, 12, 3


def both(count: int) -> tuple[Callable[[], float], Callable[[], float]]:
    """Our p and theirs, of the same numbers in `count` teams."""
    rng = np.random.default_rng(count)
    team = np.repeat(np.arange(count), EACH)
    x = rng.normal(size=len(team))
    y = 0.4 * rng.normal(size=count)[team] + rng.normal(size=len(team))
    columns = design(team % 2, x)
    frame = pd.DataFrame({"y": y, "arm": team % 2, "x": x, "team": team})
    model = sm.OLS.from_formula("y ~ arm + x", frame)

    def ours() -> float:
        return wild_bootstrap(y, columns, 1, team, draws=DRAWS, seed=1).p

    def theirs() -> float:
        found = wildboottest(
            model, param="arm", cluster=frame.team, B=DRAWS, seed=1, show=False
        )
        return float(np.ravel(found["p-value"])[0])

    return ours, theirs


def timed(once: Callable[[], float]) -> tuple[float, float]:
    """What it gives, and the processor's seconds for the quickest."""
    once()
    took = []
    for _ in range(TIMES):
        began = time.process_time()
        found = once()
        took.append(time.process_time() - began)
    return found, min(took)


def main() -> None:
    warnings.simplefilter("ignore")
    print("| Teams | ours, p and interval | wildboottest, p | times | p | p |")
    print("|--:|--:|--:|--:|--:|--:|")
    for count in (12, 40, 200):
        (p, quick), (other, slow) = (timed(once) for once in both(count))
        print(
            f"| {count} | {1000 * quick:,.0f} ms | {1000 * slow:,.0f} ms"
            f" | {slow / quick:.1f} | {p:.4f} | {other:.4f} |"
        )


if __name__ == "__main__":
    main()
