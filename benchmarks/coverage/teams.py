"""Trials that draw whole teams: S2, S13 and S14."""

from functools import partial

import numpy as np

from benchmarks.coverage.organisation import Nature, Organisation, Trial
from benchmarks.coverage.people import Runs, covers
from benchmarks.coverage.rows import Columns, Row, share
from benchmarks.coverage.running import Check
from pesue.stats import clusters, means, sequences
from pesue.stats.regression import design

DRAWS = 399  # of the wild bootstrap where there are too many teams to take all signs

# --- S2: no effect, people of a team much alike

COUNTS = (6, 10, 20, 40)
ALIKE = Nature(team=0.6)  # an intraclass correlation of about .25


def null(rng: np.random.Generator) -> Runs:
    run: Runs = {}
    for count in COUNTS:
        people = Organisation.drawn(rng, Nature(teams=count, team=ALIKE.team))
        y = rng.poisson(people.rate(range(8))).astype(float)
        arm, team = people.whole_teams(rng), people.team
        usual = clusters.regress(y, design(arm), team, "CR1-normal", about=[1])[0]
        wild = clusters.wild_bootstrap(y, design(arm), 1, team, draws=DRAWS, seed=rng)
        for name, p in (
            ("people", means.difference(y[arm], y[~arm]).p),
            ("CR1", usual.p),
            ("CR2", clusters.difference(y, arm, team).p),
            ("wild", wild.p),
            ("means", clusters.team_means(y, arm, team).p),
        ):
            run[f"{name} {count}"] = p <= 0.05
    return run


def null_rows(c: Columns) -> list[Row]:
    ours = {"CR2": (0.035, 0.065), "wild": (-np.inf, 0.065), "means": (-np.inf, 0.065)}
    words = {
        "people": "errors of people",
        "CR1": "CR1, normal",
        "CR2": "CR2, Satterthwaite",
        "wild": "wild bootstrap",
        "means": "team means, Welch",
    }
    return [
        share(
            "S2",
            f"{count} teams, {told}: false win",
            c[f"{name} {count}"],
            *ours.get(name, ()),
        )
        for name, told in words.items()
        for count in COUNTS
    ]


# --- S14: twelve teams of very different sizes

UNEQUAL = (4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 35, 50)


def unequal(rng: np.random.Generator) -> Runs:
    people = Organisation.drawn(rng, Nature(sizes=UNEQUAL))
    trial = Trial.of(rng, people, 0.2, people.whole_teams(rng))
    y, x = trial.outcome, design(trial.treated)
    wild = clusters.wild_bootstrap(y, x, 1, people.team, seed=rng)
    low = -np.inf if wild.low is None else wild.low
    high = np.inf if wild.high is None else wild.high
    cr2 = clusters.difference(y, trial.treated, people.team)
    return {"wild": low <= trial.truth <= high, "CR2": covers(cr2, trial.truth)}


def unequal_rows(c: Columns) -> list[Row]:
    told = partial(share, "S14", low=0.92)
    return [
        told("12 unequal teams, wild bootstrap: covers", c["wild"]),
        told("12 unequal teams, CR2: covers", c["CR2"]),
    ]


# --- S13: forty weekly looks at 24 teams without effect, or five planned ones

WEEKS, PLANNED = 40, (8, 16, 24, 32, 40)
PLAN = dict(
    zip(PLANNED, sequences.looks([week / WEEKS for week in PLANNED]), strict=True)
)


def looks(rng: np.random.Generator) -> Runs:
    people = Organisation.drawn(rng, Nature(teams=24))
    shares = rng.poisson(people.rates(range(WEEKS))).cumsum(axis=1)
    arm = people.whole_teams(rng)
    usual = ours = False
    for week, so_far in enumerate(shares.T, 1):
        found = clusters.difference(so_far, arm, people.team)
        usual |= found.p <= 0.05
        if week in PLAN:
            ours |= sequences.judged(found, PLAN[week]).decides
    return {"usual": usual, "ours": ours}


def looks_rows(c: Columns) -> list[Row]:
    return [
        share("S13", "24 teams, 40 looks, usual interval: false win", c["usual"]),
        share("S13", "24 teams, five planned looks: false win", c["ours"], high=0.055),
    ]


CHECKS = (
    Check("S2", null, null_rows),
    Check("S13", looks, looks_rows),
    Check("S14", unequal, unequal_rows),
)
