"""What happens when a trial does not run as supposed. Told without limits.

Attrition: 15 % of the treated are lost, those likelier who share little. Spill-over:
people also do more because their neighbours have the lever. Clocks: what a fifth of the
people did is dated two weeks late. Bots: one share in two hundred is followed by a
burst of 300 visits.
"""

import numpy as np

from benchmarks.coverage.organisation import (
    Nature,
    Organisation,
    Trial,
    clicks,
    might_have_been,
)
from benchmarks.coverage.people import Runs, covers
from benchmarks.coverage.rows import Columns, Row, fraction, mean, share
from benchmarks.coverage.running import Check
from pesue.stats import checks, clusters, means
from pesue.stats.estimates import Estimate
from pesue.stats.networks import exposed

EFFECT = 0.2  # of the lever, on the log of the rate
LOST, LATE, BOTS, BURST = 0.15, 0.2, 0.005, 300
SPILL = 0.3  # of all neighbours having it
WEEKS = range(8, 16)
DAY = 86_400.0


def compared(name: str, found: Estimate, truth: float) -> Runs:
    return {
        f"{name} estimate": found.estimate,
        f"{name} truth": truth,
        f"{name} se": found.se,
        f"{name} covers": covers(found, truth),
    }


def told(check: str, who: str, c: Columns, name: str) -> list[Row]:
    ratio = fraction(
        *(check, f"{who}: estimate over the truth"),
        *(c[f"{name} estimate"], c[f"{name} truth"]),
    )
    return [ratio, share(check, f"{who}: interval covers", c[f"{name} covers"])]


# --- Attrition


def attrition(rng: np.random.Generator) -> Runs:
    people = Organisation.drawn(rng, Nature())
    trial = Trial.of(rng, people, EFFECT, people.people(rng))
    arm = trial.treated
    weight = np.exp(-people.own)
    chance = np.minimum(LOST * weight / weight[arm].mean(), 1)
    lost = arm & (rng.random(people.n) < chance)
    fair = rng.random(people.n) < LOST / 2
    run: Runs = {}
    for name, gone in (("one arm", lost), ("both", fair)):
        there = ~gone
        found = means.adjusted(trial.outcome[there], arm[there], trial.before[there])
        run |= compared(f"{name}, plain", found.unadjusted, trial.truth)
        run |= compared(f"{name}, CUPED", found.estimate, trial.truth)
        run[f"{name} p"] = checks.attrition(gone, arm).p <= 0.05
    return run


def attrition_rows(c: Columns) -> list[Row]:
    rows = []
    for name, who in (("one arm", "15 % of the treated lost"), ("both", "7.5 % lost")):
        for method in ("plain", "CUPED"):
            rows += told("Attrition", f"{who}, {method}", c, f"{name}, {method}")
        rows.append(share("Attrition", f"{who}: noticed", c[f"{name} p"]))
    return rows


# --- Spill-over


def spill_over(rng: np.random.Generator) -> Runs:
    """The truth is what happens if all have the lever instead of nobody."""
    people = Organisation.drawn(rng, Nature())
    ties, rate = people.ties(rng), people.rate(WEEKS)
    nobody, everybody = might_have_been(rng, rate, EFFECT + SPILL)
    truth = float((everybody - nobody).mean())
    run: Runs = {}
    for name, arm in (
        ("people", people.people(rng)),
        ("teams", people.whole_teams(rng)),
    ):
        effect = EFFECT * arm + SPILL * exposed(ties, arm.astype(float))
        y = might_have_been(rng, rate, effect)[1].astype(float)
        if name == "people":
            found = means.difference(y[arm], y[~arm])
        else:
            found = clusters.difference(y, arm, people.team)
        run |= compared(name, found, truth)
    return run


def spill_over_rows(c: Columns) -> list[Row]:
    return [
        *told("Spill-over", "people drawn", c, "people"),
        *told("Spill-over", "teams drawn", c, "teams"),
    ]


# --- Clocks


def clocks(rng: np.random.Generator) -> Runs:
    """Of the late fifth, the trial's eight weeks hold two from before it began."""
    people = Organisation.drawn(rng, Nature())
    trial = Trial.of(rng, people, EFFECT, people.people(rng))
    late = rng.random(people.n) < LATE
    old = rng.poisson(people.rate(range(6, 8)))
    kept = rng.binomial(trial.outcome, 6 / 8)
    y = np.where(late, old + kept, trial.outcome).astype(float)
    arm = trial.treated
    found = means.difference(y[arm], y[~arm])
    # Their assignment is dated late, too, but not when they first met the lever.
    assigned, met = np.where(late, 14 * DAY, 0.0), rng.exponential(5 * DAY, people.n)
    seen = checks.exposure_once(np.flatnonzero(arm), met[arm], assigned[arm], slack=DAY)
    run = compared("late", found, trial.truth)
    run["noticed"] = len(seen.early) / late[arm].sum()
    return run


def clocks_rows(c: Columns) -> list[Row]:
    who = "a fifth dated two weeks late"
    noticed = mean("Clocks", f"{who}: share of them noticed", c["noticed"])
    return [*told("Clocks", who, c, "late"), noticed]


# --- Bots


def bots(rng: np.random.Generator) -> Runs:
    """Visits of a person's shares. Bursts come with shares, so more to the treated."""
    people = Organisation.drawn(rng, Nature())
    both = might_have_been(rng, people.rate(WEEKS), EFFECT)
    # What comes by a share that is made in any case is the same in both.
    without, more = (clicks(rng, n)[0] for n in (both[0], both[1] - both[0]))
    arm = people.people(rng)
    clean = (without + arm * more).astype(float)
    shares = np.where(arm, both[1], both[0])
    raw = clean + BURST * rng.binomial(shares, BOTS)
    truth = float(more.mean())
    run: Runs = {}
    for name, y in (("clean", clean), ("raw", raw)):
        found = means.difference(y[arm], y[~arm])
        run |= compared(name, found, truth)
        run[f"{name} found"] = found.low > 0
    return run


def bots_rows(c: Columns) -> list[Row]:
    rows = []
    for name, who in (("raw", "bursts counted"), ("clean", "bursts left out")):
        rows += told("Bots", who, c, name)
        rows.append(share("Bots", f"{who}: effect found", c[f"{name} found"]))
    wider = fraction("Bots", "error with bursts, times", c["raw se"], c["clean se"])
    return [*rows, wider]


CHECKS = (
    Check("Attrition", attrition, attrition_rows),
    Check("Spill-over", spill_over, spill_over_rows),
    Check("Clocks", clocks, clocks_rows),
    Check("Bots", bots, bots_rows),
)
