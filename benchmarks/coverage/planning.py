"""S11 and A/A: does a trial find what was planned, and nothing where nothing is?"""

from functools import partial

import numpy as np

from benchmarks.coverage.organisation import Nature, Organisation
from benchmarks.coverage.people import Runs
from benchmarks.coverage.rows import Columns, Row, share
from benchmarks.coverage.running import Check
from pesue.stats import clusters, means, power
from pesue.stats.randomisation import Clustered, Complete
from pesue.stats.simulated import Effect, History, Lot, Sample, simulate

# --- S11: an effect as large as the smallest that is said to be found

PEOPLE, SIZE, ICC, R2 = 480, 12, 0.1, 0.5
COUNTS = (10, 20, 40)


def planned(rng: np.random.Generator) -> Runs:
    """Normal outcomes with a standard deviation of 1, as the formula supposes."""
    before = rng.normal(size=PEOPLE)
    arm = Complete((PEOPLE // 2, PEOPLE // 2)).draw(rng, 1)[0]
    y = np.sqrt(R2) * before + np.sqrt(1 - R2) * rng.normal(size=PEOPLE)
    y += power.mde(power.People(PEOPLE, 1, r2=R2)) * arm
    run: Runs = {"people": means.adjusted(y, arm, before).estimate.p <= 0.05}
    for count in COUNTS:
        team = np.repeat(np.arange(count), SIZE)
        arm = Clustered(team, Complete((count // 2, count // 2))).draw(rng, 1)[0]
        y = np.sqrt(ICC) * rng.normal(size=count)[team]
        y += np.sqrt(1 - ICC) * rng.normal(size=len(team))
        y += power.mde(power.Teams(count, SIZE, 1, ICC)) * arm
        run[f"teams {count}"] = clusters.difference(y, arm, team).p <= 0.05
    return run


def planned_rows(c: Columns) -> list[Row]:
    told = partial(share, "S11", low=0.77, high=0.83)
    rows = [told("480 people, what 80 % should find: found", c["people"])]
    for count in COUNTS:
        found = c[f"teams {count}"]
        rows.append(told(f"{count} teams, what 80 % should find: found", found))
    return rows


# --- A/A: trials of nothing, drawn again and again over one history

REPLAYS = 1000


def by_people(sample: Sample) -> float:
    assert sample.before is not None
    found = means.adjusted(sample.outcome, sample.treated, sample.before)
    return found.estimate.p


def by_teams(sample: Sample) -> float:
    assert sample.teams is not None
    return clusters.difference(sample.outcome, sample.treated, sample.teams).p


def naive(sample: Sample) -> float:
    y, arm = sample.outcome, sample.treated
    return means.difference(y[arm], y[~arm]).p


def replays(rng: np.random.Generator) -> Runs:
    people = Organisation.drawn(rng, Nature())
    before, after = (
        rng.poisson(people.rate(weeks)) for weeks in (range(8), range(8, 16))
    )
    history = History(after, people.team, before)
    seed = int(rng.integers(2**32))

    def alarms(by_team: bool, analysis: object) -> float:
        found = simulate(
            history,
            Lot(by_team),
            Effect(0),
            seed=seed,
            draws=REPLAYS,
            analysis=analysis,  # type: ignore[arg-type]
            seconds=1e9,
        )
        return found.power

    return {
        "people": alarms(False, by_people),
        "teams": alarms(True, by_teams),
        "naive": alarms(True, naive),
    }


def replays_rows(c: Columns) -> list[Row]:
    rows = []
    told = {"people": "people drawn, CUPED", "teams": "40 teams drawn, CR2"}
    for name, who in told.items():
        within = (c[name] >= 0.035) & (c[name] <= 0.065)
        rows += [
            replayed(f"{who}: false win", c[name], 0.035, 0.065),
            share("A/A", f"{who}: histories within 3.5 to 6.5", within),
        ]
    return [*rows, replayed("40 teams drawn, errors of people: false win", c["naive"])]


def replayed(figure: str, shares: np.ndarray, *limits: float) -> Row:
    """The mean over histories, each of which is one share of its replays."""
    found = share("A/A", figure, shares, *limits)
    # Of few histories that happen to be alike, not less than drawing alone gives.
    chance = found.result * (1 - found.result) / REPLAYS
    error = float(np.sqrt(max(shares.var(ddof=1), chance) / len(shares)))
    return Row(
        *("A/A", figure, found.result, error, len(shares), found.low, found.high),
        percent=True,
        digits=1,
    )


CHECKS = (
    Check("S11", planned, planned_rows),
    # A run is a thousand trials.
    Check("A/A", replays, replays_rows, times=0.02),
)
