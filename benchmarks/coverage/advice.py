"""S12: what is said of levers that were tried, and how often it is true."""

import numpy as np

from benchmarks.coverage.organisation import Nature, Organisation, Trial
from benchmarks.coverage.people import Runs
from benchmarks.coverage.rows import Columns, Row, fraction
from benchmarks.coverage.running import Check
from pesue.stats import means, shrinkage

LEVERS = 20
USUAL, DIFFER = 0.05, 0.08  # of the levers' effects, on the log of the rate
LIKELY = (0.8, 0.9)


def levers(rng: np.random.Generator) -> Runs:
    """Twenty trials of 480 people each; those that won on the face of it are adopted.

    Shares per person; the truth is what the lever did in its own trial's people.
    """
    found, truth = [], []
    for effect in rng.normal(USUAL, DIFFER, LEVERS):
        people = Organisation.drawn(rng, Nature())
        trial = Trial.of(rng, people, effect, people.people(rng))
        found.append(means.adjusted(trial.outcome, trial.treated, trial.before))
        truth.append(trial.truth)
    claims = np.array([one.estimate.estimate for one in found])
    shrunk = shrinkage.shrink(claims, [one.estimate.se for one in found])
    true = np.array(truth)
    won = np.array([one.estimate.p <= 0.05 for one in found]) & (claims > 0)
    likely = (shrunk.positive > LIKELY[0]) & (shrunk.positive < LIKELY[1])
    covers = (shrunk.low <= true) & (true <= shrunk.high)
    return {
        "claimed": claims[won].sum(),
        "shrunk": shrunk.estimates[won].sum(),
        "true": true[won].sum(),
        "said": likely.sum(),
        "so": (likely & (true > 0)).sum(),
        "covers": covers.sum(),
        "levers": LEVERS,
    }


def levers_rows(c: Columns) -> list[Row]:
    won, said = "levers that won", 'said "80 to 90 % likely above 0"'
    above = c["so"], c["said"]
    covers = c["covers"], c["levers"]
    return [
        fraction("S12", f"{won}: as measured, over the truth", c["claimed"], c["true"]),
        fraction(
            "S12", f"{won}: shrunk, over the truth", c["shrunk"], c["true"], 0.9, 1.1
        ),
        fraction("S12", f"{said}: true", *above, 0.75, 0.95, percent=True, digits=1),
        fraction("S12", "shrunk: interval covers", *covers, percent=True, digits=1),
    ]


CHECKS = (Check("S12", levers, levers_rows),)
