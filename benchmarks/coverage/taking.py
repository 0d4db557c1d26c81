"""S6: some of those offered a lever take it, and taking it changes what they do."""

from functools import partial

import numpy as np

from benchmarks.coverage.organisation import Nature, Organisation, might_have_been
from benchmarks.coverage.people import Runs, covers
from benchmarks.coverage.rows import Columns, Row, mean, share
from benchmarks.coverage.running import Check
from pesue.stats import instruments

COMPLIERS = (3, 10, 35)  # of a hundred people
ALWAYS = 0.02  # take it without being offered it
EFFECT = 0.5  # of taking, on the log of the rate


def taking(rng: np.random.Generator) -> Runs:
    people = Organisation.drawn(rng, Nature())
    offered, luck = people.people(rng), rng.random(people.n)
    run: Runs = {}
    for percent in COMPLIERS:
        moved = luck < percent / 100
        took = np.where(moved, offered, luck > 1 - ALWAYS)
        without, with_it = might_have_been(rng, people.rate(range(8)), EFFECT)
        found = instruments.wald(np.where(took, with_it, without), took, offered)
        # Where nobody happens to be moved by the offer, there is no such effect.
        truth = float((with_it - without)[moved].mean()) if moved.any() else np.nan
        told = found.estimate
        run |= {
            f"F {percent}": found.f,
            f"weak {percent}": found.weak,
            f"wald {percent}": np.nan if told is None else covers(told, truth),
            f"AR {percent}": truth in found.anderson_rubin,
            f"kept {percent}": found.weak == (found.f < instruments.STRONG),
        }
    return run


def taking_rows(c: Columns) -> list[Row]:
    told = partial(share, "S6")
    rows = []
    for percent in COMPLIERS:
        who = f"{percent} % moved by the offer"
        wald, weak = c[f"wald {percent}"], c[f"weak {percent}"]
        rows += [
            mean("S6", f"{who}: first-stage F", c[f"F {percent}"], digits=1),
            told(f"{who}: no ratio told, F below 10", weak),
            told(f"{who}: Anderson-Rubin covers", c[f"AR {percent}"], 0.935, 0.965),
        ]
        if np.isfinite(wald).any():
            rows.append(told(f"{who}: ratio covers, where told", wald))
    kept = np.concatenate([c[f"kept {percent}"] for percent in COMPLIERS])
    return [*rows, told("a ratio is told only where F is 10 or more", kept, 1.0)]


CHECKS = (Check("S6", taking, taking_rows),)
