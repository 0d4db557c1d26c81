"""S10: a fifth of the items, drawn by lot, is not offered for sharing."""

import numpy as np

from benchmarks.coverage.organisation import clicks
from benchmarks.coverage.people import Runs, covers
from benchmarks.coverage.rows import Columns, Row, fraction, mean, share
from benchmarks.coverage.running import Check
from pesue.stats import means
from pesue.stats.randomisation import Complete

ITEMS, HELD = 400, 80
SHARES = 13.0  # of an item in the middle, each with three clicks on average
VISITS = 40.0  # which an item has anyhow, those who would have come besides
APPEAL = 0.5  # how far items differ, on the log scale


def hold_out(rng: np.random.Generator) -> Runs:
    appeal = np.exp(rng.normal(-(APPEAL**2) / 2, APPEAL, ITEMS))
    tracked, added = clicks(rng, rng.poisson(SHARES * appeal))
    # Clicks that are not incremental come without the share as well.
    without = rng.poisson(VISITS * appeal) + tracked - added
    with_it = without + added
    held = Complete((ITEMS - HELD, HELD)).draw(rng, 1)[0] == 1
    found = means.difference(with_it[~held], without[held])
    truth = float(added.mean())
    return {
        "error": found.estimate - truth,
        "covers": covers(found, truth),
        "truth": truth,
        "tracked": float(tracked[~held].mean()),
    }


def hold_out_rows(c: Columns) -> list[Row]:
    told = "hold-out of 80 of 400 items"
    bias = c["error"] / c["truth"].mean()
    return [
        mean("S10", f"{told}: visits an item, true", c["truth"], digits=1),
        mean("S10", f"{told}: bias, share of the truth", bias, -0.02, 0.02, digits=4),
        share("S10", f"{told}: interval covers", c["covers"], 0.935, 0.965),
        fraction("S10", "tracked clicks over the truth", c["tracked"], c["truth"]),
    ]


CHECKS = (Check("S10", hold_out, hold_out_rows),)
