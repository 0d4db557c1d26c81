"""What neighbours do, in networks of people: S5, S5b and S5c."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from benchmarks.coverage.organisation import (
    Floats,
    Nature,
    Organisation,
    Trial,
    might_have_been,
)
from benchmarks.coverage.people import Runs
from benchmarks.coverage.rows import Columns, Row, mean, share
from benchmarks.coverage.running import Check
from pesue.stats import peers
from pesue.stats.networks import Network, exposed, ties_of
from pesue.stats.regression import design, ols

TEAMS, DRAWS = 20, 199
SMALL = 10  # teams, where a network of twice the size would hardly miss an effect
WEEKS = range(8, 16)


def usual(outcome: Floats, *columns: ArrayLike) -> tuple[float, float]:
    """The first column's coefficient, and its p: least squares with HC1 errors."""
    fit = ols(outcome, design(*columns))
    found = float(fit.coefficients[1])
    error = fit.error(float(fit.covariance("HC1")[1, 1]), 1)
    return found, float(2 * stats.t.sf(abs(found) / error, fit.n - fit.k))


# --- S5: the share of treated neighbours, without an effect and with one


def by_share(rng: np.random.Generator) -> Runs:
    people = Organisation.drawn(rng, Nature(teams=SMALL))
    arm = people.people(rng)
    network = Network(people.ties(rng), arm, people.lot())
    run: Runs = {}
    for name, gamma in (("null", 0.0), ("real", 0.8)):
        effect = np.asarray(0.2 * arm + gamma * network.exposure)
        trial = Trial.of(rng, people, effect, np.ones(people.n, bool))
        found = peers.effect(
            trial.outcome, network, controls=trial.before, draws=DRAWS, seed=rng
        )
        run[name] = found.p <= 0.05
    return run


def by_share_rows(c: Columns) -> list[Row]:
    return [
        share("S5", "share of neighbours, no effect: found", c["null"], high=0.07),
        share("S5", "share of neighbours, effect of .8: found", c["real"], 0.8),
    ]


# --- S5b: the number of treated neighbours, where leaders have many; no effect


def by_count(rng: np.random.Generator) -> Runs:
    people = Organisation.drawn(rng, Nature(teams=TEAMS, hub=0.15))
    arm = people.people(rng)
    network = Network(people.ties(rng), arm, people.lot(), "count")
    y = rng.poisson(people.rate(WEEKS)).astype(float)
    found = peers.effect(y, network, draws=DRAWS, seed=rng)
    _, p = usual(y, network.exposure, arm)
    return {"usual": p <= 0.05, "ours": found.p <= 0.05}


def by_count_rows(c: Columns) -> list[Row]:
    told = "number of neighbours, hubs, no effect"
    return [
        share("S5b", f"{told}, least squares: found", c["usual"]),
        share("S5b", f"{told}, recentred: found", c["ours"], high=0.065),
    ]


# --- S5c: people like their like, and nobody does anything because others do


def alike(rng: np.random.Generator) -> Runs:
    people = Organisation.drawn(rng, Nature(teams=TEAMS, team=0.6))
    arm = people.people(rng)
    ties = people.ties(rng)
    now, then = people.rate(range(4)), people.rate(range(4, 8))
    did = (might_have_been(rng, now, np.where(arm, 0.7, 0.0))[1] > 0).astype(float)
    later = np.log1p(rng.poisson(then))
    slope, p = usual(later, exposed(ties_of(ties), did), did)
    found = peers.encouragement(
        later, did, Network(ties, arm, people.lot()), draws=DRAWS, seed=rng
    )
    return {"usual": p <= 0.05, "slope": slope, "ours": found.p <= 0.05}


def alike_rows(c: Columns) -> list[Row]:
    told = "likeness without contagion"
    return [
        share("S5c", f"{told}, lagged peers: found", c["usual"]),
        mean("S5c", f"{told}, lagged peers: mean coefficient", c["slope"], digits=2),
        share("S5c", f"{told}, encouragement: found", c["ours"], high=0.07),
    ]


CHECKS = (
    Check("S5", by_share, by_share_rows),
    Check("S5b", by_count, by_count_rows),
    Check("S5c", alike, alike_rows),
)
