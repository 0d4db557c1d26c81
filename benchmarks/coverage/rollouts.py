"""S4: a roll-out over teams in random order, whose effect grows."""

import numpy as np

from benchmarks.coverage.organisation import (
    Floats,
    Nature,
    Organisation,
    might_have_been,
)
from benchmarks.coverage.people import Runs, covers
from benchmarks.coverage.rows import Columns, Row, fraction, mean, share, spread
from benchmarks.coverage.running import Check
from pesue.stats.randomisation import Staggered
from pesue.stats.rollouts import Panel, callaway_santanna, roth_santanna

TEAMS, WAVES = 24, (2, 3, 4, 5, 6, 7)
PERIODS = range(1, 8)
GROWTH = 0.08  # more on the log of the rate, each week since the start


def rollout(rng: np.random.Generator) -> Runs:
    people = Organisation.drawn(rng, Nature(teams=TEAMS))
    first = Staggered(WAVES * (TEAMS // len(WAVES))).draw(rng, 1)[0]
    since = np.maximum(np.array(PERIODS) - first[people.team, None] + 1, 0)
    both = might_have_been(rng, people.rates(PERIODS), GROWTH * since)
    without, with_it = (of_teams(people, table) for table in both)
    # What the methods look at: teams under treatment while others are not yet.
    seen = (first[:, None] <= PERIODS) & (np.array(PERIODS) < WAVES[-1])
    truth = float((with_it - without)[seen].mean())
    panel = Panel.of(
        unit=np.repeat(np.arange(TEAMS), len(PERIODS)),
        period=np.tile(PERIODS, TEAMS),
        outcome=with_it.ravel(),  # which is that without, before the start
        first_treated=np.repeat(first, len(PERIODS)),
    )
    run: Runs = {"truth": truth, "twfe": two_way(panel) - truth}
    did = callaway_santanna(panel, comparison="not_yet").simple()
    for name, found in (("CS", did), ("RS", roth_santanna(panel).estimate)):
        run[name] = found.estimate - truth
        run[f"{name} covers"] = covers(found, truth)
    return run


def of_teams(people: Organisation, shares: np.ndarray) -> Floats:
    """Shares a head in each team and period."""
    sizes = np.bincount(people.team)
    starts = np.cumsum(sizes) - sizes
    return np.asarray(np.add.reduceat(shares, starts, axis=0) / sizes[:, None])


def two_way(panel: Panel) -> float:
    """What two-way fixed effects say, which Pesue does not offer."""
    treated = (panel.first[:, None] <= panel.periods).astype(float)
    y, d = (
        table - table.mean(0) - table.mean(1, keepdims=True) + table.mean()
        for table in (panel.outcomes, treated)
    )
    return float((y * d).sum() / (d * d).sum())


def rollout_rows(c: Columns) -> list[Row]:
    rows = [
        mean("S4", "24 teams, 6 waves: the true effect", c["truth"]),
        mean("S4", "two-way fixed effects: bias", c["twfe"]),
    ]
    for name, told in (("CS", "Callaway-Sant'Anna"), ("RS", "Roth-Sant'Anna")):
        rows.append(mean("S4", f"{told}: bias", c[name], -0.005, 0.005, digits=4))
        covered = c[f"{name} covers"]
        rows.append(share("S4", f"{told}: interval covers", covered, 0.935, 0.99))
        rows.append(spread("S4", f"{told}: spread of its errors", c[name]))
    ours, other = ((c[name] - c[name].mean()) ** 2 for name in ("RS", "CS"))
    told = "squared spread, efficient over other"
    return [*rows, fraction("S4", told, ours, other, high=1.0)]


# The limit of the bias is near what there is: more runs tell them apart.
CHECKS = (Check("S4", rollout, rollout_rows, times=5),)
