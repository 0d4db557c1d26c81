"""S15: a count of a team of 25 is told with noise; what it says of the team."""

from functools import partial

import numpy as np

from benchmarks.coverage.people import Runs
from benchmarks.coverage.rows import Columns, Row, share
from benchmarks.coverage.running import Check
from pesue.stats import noise, proportions

TEAM, CHANCE, EPSILON = 25, 0.3, 1.0


def noisy(rng: np.random.Generator) -> Runs:
    count = int(rng.binomial(TEAM, CHANCE))
    released = noise.noisy_count(count, rng, EPSILON)
    found = noise.noisy_share(released.count, TEAM, EPSILON)
    plain = proportions.wilson(min(max(released.count, 0), TEAM), TEAM)
    return {
        "ignoring": plain.low <= CHANCE <= plain.high,
        "counting": found.low <= CHANCE <= found.high,
        "count": released.low <= count <= released.high,
    }


def noisy_rows(c: Columns) -> list[Row]:
    told = partial(share, "S15")
    return [
        told("team of 25, noise ignored: covers", c["ignoring"]),
        told("team of 25, noise counted: covers", c["counting"], 0.92),
        told("the count itself: covers", c["count"], 0.92),
    ]


CHECKS = (Check("S15", noisy, noisy_rows),)
