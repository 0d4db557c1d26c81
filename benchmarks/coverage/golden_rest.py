"""The rest of `golden_figures`: of many trials, checks, plans, noise and surveys."""

from typing import Any

import numpy as np

from benchmarks.coverage.golden_figures import (
    DRAWS,
    SEED,
    Arrays,
    arms,
    golden,
    teams_lot,
)
from pesue.stats import (
    checks,
    factors,
    inequality,
    means,
    multiplicity,
    noise,
    pooling,
    power,
    psychometrics,
    shrinkage,
    simulated,
    survival,
)


def by_motive(d: Arrays) -> tuple[list[float], list[float]]:
    """The lever's effect in twelve parts of the organisation, and its errors."""
    parts = d["motive"] * 4 + d["team"] % 4
    found = [
        means.difference(*(one[parts[d["arm"] == a] == p] for a, one in both))
        for p in range(12)
        for both in [list(zip((1, 0), arms(d), strict=True))]
    ]
    return [one.estimate for one in found], [one.se for one in found]


@golden
def of_many_trials(d: Arrays) -> Any:
    estimates, errors = by_motive(d)
    p = [2 * (one / 20 + 0.01) / 3 for one in range(12)]
    return {
        "shrink": shrinkage.shrink(estimates, errors),
        "pool": [
            pooling.pool(estimates, errors, method=method)
            for method in ("reml", "paule-mandel")
        ],
        "without one": pooling.leave_one_out(estimates, errors),
        "holm": multiplicity.holm(p),
        "bh": multiplicity.benjamini_hochberg(p),
    }


@golden
def of_unevenness(d: Arrays) -> Any:
    had = d["shares"]
    return {"gini": inequality.gini(had), "most": inequality.share_of_most(had, 10)}


@golden
def of_survival(d: Arrays) -> Any:
    curve = survival.kaplan_meier(d["clicks"] % 9, d["took"])
    return {
        "curve": curve,
        "coarse": survival.coarse(curve, 5),
        "by": [survival.by(curve, time) for time in (-1.0, 2.5, 8.0)],
    }


@golden
def of_checks(d: Arrays) -> Any:
    known = np.column_stack([d["before"], d["motive"]])
    people = np.arange(len(d["arm"])) // 2
    seen, assigned = d["shares"] + 1.0, d["before"] * 1.0
    return {
        "ratio": [checks.sample_ratio(counts) for counts in ([140, 100], [3, 1, 4])],
        "balance": checks.balance(known, d["arm"]),
        "by lot": checks.balance(
            known, d["team_arm"], mechanism=teams_lot(d), draws=DRAWS, seed=SEED
        ),
        "attrition": checks.attrition(d["clicks"] > 9, d["arm"]),
        "exposures": checks.exposure_once(people, seen, assigned[people * 2]).lead,
    }


@golden
def of_plans(d: Arrays) -> Any:
    history = simulated.History(d["shares"], d["team"], d["before"])
    alike = power.icc(d["before"], d["team"])
    plans = power.People(500, 2, r2=0.3), power.Teams(30, 12, 2, 0.1, cv=0.3)
    lots = [simulated.Lot(by_team=by_team) for by_team in (False, True)]
    return {
        "icc": alike,
        "r2": [
            power.r_squared(d["before"], d["shares"], teams)
            for teams in (None, d["team"])
        ],
        "sd": power.sd_of_share(0.3),
        "mde": [power.mde(one) for one in plans],
        "power": [power.power(one, [0.2, 0.8]) for one in plans],
        "needed": [power.needed(one, 0.5) for one in plans],
        "simulated": [
            simulated.simulate(
                history, lot, simulated.Effect(0.5), seed=SEED, draws=DRAWS, seconds=600
            )
            for lot in lots
        ],
        "least": simulated.simulated_mde(
            history, lots[0], seed=SEED, draws=99, seconds=600
        ),
    }


@golden
def of_noise(d: Arrays) -> Any:
    count = int((d["shares"][:25] > 2).sum())
    return {
        "count": noise.noisy_count(count, np.random.default_rng(SEED), 1.0),
        "share": noise.noisy_share(count, 25, 0.5),
        "variance": noise.variance(1.0),
        "drawn": noise.geometric(np.random.default_rng(SEED), 0.5, size=9),
    }


@golden
def of_surveys(d: Arrays) -> Any:
    answers = d["answers"]
    chosen = np.array([[0, 1, 2, 3]] * len(answers))
    best = answers[:, :4].argmax(axis=1)
    worst = np.where(best == 0, 3, best - 1)
    r = np.asarray(np.corrcoef(answers, rowvar=False))
    return {
        "alpha": psychometrics.alpha(answers),
        "bootstrap": psychometrics.bootstrap_alpha(answers, seed=SEED, draws=DRAWS),
        "omega": psychometrics.omega(answers, seed=SEED, draws=99),
        "two items": psychometrics.spearman_brown(answers[:, :2]),
        "item total": psychometrics.item_total(answers),
        "dif": psychometrics.dif(answers, d["arm"] == 1),
        "best and worst": psychometrics.best_worst(chosen, best, worst),
        "one factor": factors.one_factor(r[None]),
        "parallel": factors.parallel(answers, seed=SEED, draws=DRAWS),
    }
