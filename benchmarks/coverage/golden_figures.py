"""What is asked of each public estimator on the data set of `golden`."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pesue.stats import (
    clusters,
    instruments,
    means,
    peers,
    proportions,
    randomisation,
    ratios,
    rollouts,
    sequences,
)
from pesue.stats.joint import joint
from pesue.stats.networks import Kind, Network
from pesue.stats.randomisation import Bernoulli, Blocked, Clustered, Complete, Staggered
from pesue.stats.regression import design, ols

Arrays = dict[str, NDArray[np.int64]]
DRAWS, SEED = 499, 7
FIGURES: dict[str, Callable[[Arrays], Any]] = {}


def golden(figure: Callable[[Arrays], Any]) -> Callable[[Arrays], Any]:
    FIGURES[figure.__name__] = figure
    return figure


def arms(d: Arrays, name: str = "shares") -> tuple[NDArray[Any], NDArray[Any]]:
    return d[name][d["arm"] == 1], d[name][d["arm"] == 0]


def half(arm: NDArray[Any]) -> Complete:
    return Complete((int((arm == 0).sum()), int((arm == 1).sum())))


def teams_lot(d: Arrays) -> Clustered:
    first = np.unique(d["team"], return_index=True)[1]
    return Clustered(d["team"], half(d["team_arm"][first]))


def network(d: Arrays, kind: Kind) -> Network:
    n = len(d["arm"])
    one, other = d["ties"].T
    ties = sparse.coo_array((np.ones(len(one)), (one, other)), (n, n)).tocsr()
    return Network(ties + ties.T, d["arm"], half(d["arm"]), kind)


def panel(d: Arrays) -> rollouts.Panel:
    n, width = d["weeks"].shape
    known = np.bincount(d["team"], d["before"]) / np.bincount(d["team"])
    return rollouts.Panel.of(
        unit=np.repeat(np.arange(n), width),
        period=np.tile(np.arange(1, width + 1), n),
        outcome=d["weeks"].ravel(),
        first_treated=np.repeat(d["first"][d["team"]], width),
        clusters=np.repeat(d["team"], width),
        covariates=np.repeat(known[d["team"]], width),
    )


@golden
def of_means(d: Arrays) -> Any:
    known = np.column_stack([d["before"], d["motive"] == 1])
    return {
        "difference": means.difference(*arms(d), confidence=0.9),
        "differences": means.differences(d["shares"], d["motive"], 0),
        "adjusted": means.adjusted(d["shares"], d["arm"], d["before"]),
        "two columns": means.adjusted(d["shares"], d["arm"], known),
    }


@golden
def of_shares(d: Arrays) -> Any:
    groups = [
        proportions.Group(len(one), int((one > 2).sum())) for one in arms(d)[::-1]
    ]
    return {
        "difference": proportions.difference(*groups),
        "wilson": proportions.wilson(groups[0].did, groups[0].people),
    }


@golden
def of_ratios(d: Arrays) -> Any:
    both = d["clicks"], d["shares"]
    lift = ratios.lift(d["team_shares"], d["team_shares"] * 0 + 1, d["team_arm"])
    return {
        "ratio": ratios.ratio(*both),
        "of teams": ratios.ratio(*both, d["team"]),
        "difference": ratios.ratio_difference(*both, d["arm"]),
        "difference of teams": ratios.ratio_difference(*both, d["team_arm"], d["team"]),
        "lift": lift,
        "fieller": [
            ratios.fieller(600, lift.estimate, 50, lift.se, df=lift.df),
            ratios.fieller(600, 120, 50, 80, 100),
            ratios.fieller(6, 12, 50, 80),
        ],
    }


@golden
def of_regressions(d: Arrays) -> Any:
    fit = ols(d["shares"], design(d["arm"], d["before"]))
    teams = d["team"], d["motive"] * 10 + d["before"] % 10
    return {
        "coefficients": fit.coefficients,
        "people": {
            kind: fit.covariance(kind) for kind in ("iid", "HC0", "HC1", "HC2", "HC3")
        },
        "teams": {
            kind: clusters.covariance(fit, d["team"], kind)
            for kind in ("CR0", "CR1", "CR2")
        },
        "two ways": clusters.two_way(fit, *teams),
        "joint": [
            joint(fit, fit.covariance(kind), [1, 2], df=fit.n - fit.k)
            for kind in ("iid", "HC2")
        ],
    }


@golden
def of_teams(d: Arrays) -> Any:
    given = d["team_shares"], d["team_arm"], d["team"]
    x = design(d["team_arm"], d["before"])
    few = d["team"] < 12
    return {
        "difference": clusters.difference(*given),
        "team means": clusters.team_means(*given),
        "regress": [
            clusters.regress(d["team_shares"], x, d["team"], kind)
            for kind in ("CR0", "CR1", "CR1-normal", "CR2")
        ],
        "wild": [
            clusters.wild_bootstrap(
                *(d["team_shares"], x, 1, d["team"]),
                draws=DRAWS,
                seed=SEED,
                weights=weights,
            )
            for weights in ("rademacher", "webb")
        ],
        "all signs": clusters.wild_bootstrap(
            d["team_shares"][few], x[few], 1, d["team"][few], seed=SEED
        ),
    }


@golden
def of_the_lot(d: Arrays) -> Any:
    lot, teams = half(d["arm"]), teams_lot(d)
    blocked = Blocked.of(d["motive"], d["arm"])
    thrown = Bernoulli(len(d["arm"]))
    given = d["shares"], d["arm"]
    return {
        "tests": [
            randomisation.test(*given, one, statistic=statistic, draws=DRAWS, seed=SEED)
            for one in (lot, blocked, thrown)
            for statistic in ("difference", "studentised")
        ],
        "teams": randomisation.test(
            d["team_shares"], d["team_arm"], teams, draws=DRAWS, seed=SEED
        ),
        "all": randomisation.test(d["shares"][:8], np.arange(8) % 2, Complete((4, 4))),
        "interval": randomisation.interval(*given, lot, draws=DRAWS, seed=SEED),
        "turns": Staggered((1, 1, 2, 2, 3)).draw(np.random.default_rng(SEED), 3),
    }


@golden
def of_looks(d: Arrays) -> Any:
    plan = {
        kind.value: sequences.looks([0.2, 0.5, 1], spending=kind)
        for kind in sequences.Spending
    }
    found = clusters.difference(d["team_shares"], d["team_arm"], d["team"])
    return {
        "sequence": sequences.mean_difference(*arms(d), planned=400),
        "valid": sequences.always_valid(0.5, 0.2, n=300, planned=400),
        "looks": plan,
        "judged": sequences.judged(found, plan["obrien_fleming"][1]),
    }


@golden
def of_neighbours(d: Arrays) -> Any:
    known = d["before"]
    kinds: tuple[Kind, ...] = ("share", "count", "any")
    return {
        "expected": [network(d, k).expected(draws=DRAWS).sum() for k in kinds],
        "effect": [
            peers.effect(
                d["shares"], network(d, k), controls=known, draws=DRAWS, seed=SEED
            )
            for k in kinds
        ],
        "encouragement": peers.encouragement(
            d["shares"], d["took"], network(d, "share"), draws=DRAWS, seed=SEED
        ),
    }


@golden
def of_taking(d: Arrays) -> Any:
    two = np.column_stack([d["arm"], d["arm"] * (d["motive"] == 1)])
    given = d["shares"], d["took"]
    return {
        "wald": instruments.wald(*given, d["arm"]),
        "two": instruments.two_stage(*given, two, d["before"], d["team"]),
        "weak": instruments.wald(d["shares"], d["took"], d["team_arm"], d["team"]),
    }


@golden
def of_rollouts(d: Arrays) -> Any:
    whole = panel(d)
    teams = whole.of_clusters()
    found = {
        f"{comparison} {method}": rollouts.callaway_santanna(
            whole, comparison=comparison, method=method
        )
        for comparison in ("never", "not_yet")
        for method in ("doubly_robust", "regression")
    }
    some = found["never doubly_robust"]
    honest = rollouts.changes(rollouts.callaway_santanna(teams))
    return {
        **found,
        "simple": [one.simple() for one in found.values()],
        "summaries": [some.by_group(), some.dynamic(), some.calendar()],
        "pretrend": rollouts.callaway_santanna(teams).pretrend(),
        "honest": [honest.bounds(times) for times in (0, 0.5, 1)],
        "breakdown": honest.breakdown(),
        "lot": [
            rollouts.roth_santanna(teams, estimand)
            for estimand in ("simple", "cohort", "calendar")
        ],
        "event": rollouts.roth_santanna(teams, "event", event_time=1, adjust="did"),
        "test": rollouts.randomisation_test(teams, draws=DRAWS, seed=SEED),
    }
