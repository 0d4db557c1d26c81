"""A roll-out over teams with a known truth: what is right on average, and how often."""

import numpy as np
import pytest

from pesue.stats.rollouts import callaway_santanna, roth_santanna
from tests.stats.panels import panel

pytestmark = pytest.mark.thorough

WAVES = np.array([2, 3, 4, 5, 6, 7])
PERIODS = np.arange(1, 8)


def organisation(rng, teams=24):
    """Shares a week and head in each team, and what the roll-out added to them.

    Teams of about 12, people and teams that differ, Poisson counts; the order of the
    waves is drawn by lot, and the effect grows in each period after the start.
    """
    first = rng.permutation(np.repeat(WAVES, teams // len(WAVES)))
    sizes = rng.poisson(12, teams).clip(4)
    team = np.repeat(np.arange(teams), sizes)
    own = rng.normal(size=teams, scale=0.25)[team] + rng.normal(size=len(team)) * 0.5
    season = 0.15 * np.sin(PERIODS)
    since = np.maximum(PERIODS - first[:, None] + 1, 0)
    without = 0.4 * np.exp(own[:, None] + season)
    rates = without * np.exp(0.08 * since[team])
    shares = rng.poisson(rates)
    starts = np.cumsum(sizes) - sizes
    mean, added = (
        np.add.reduceat(table, starts, axis=0) / sizes[:, None]
        for table in (shares, rates - without)
    )
    return mean, first, added


@pytest.fixture(scope="module")
def found():
    """Truth is the mean effect on the waves in the periods the estimators average."""
    rng = np.random.default_rng(2024)
    rows = []
    for _ in range(300):
        outcomes, first, added = organisation(rng)
        of = panel(outcomes, first)
        seen = (first[:, None] <= PERIODS) & (PERIODS < 7)
        rows.append(
            (
                added[seen].mean(),
                callaway_santanna(of, comparison="not_yet").simple(),
                roth_santanna(of).estimate,
                twfe(of),
            )
        )
    return rows


def twfe(of):
    """What two-way fixed effects would have said."""
    treated = (of.first[:, None] <= of.periods).astype(float)
    y, d = (
        table - table.mean(0) - table.mean(1, keepdims=True) + table.mean()
        for table in (of.outcomes, treated)
    )
    return (y * d).sum() / (d * d).sum()


def test_both_are_right_on_average_and_as_often_as_they_say(found):
    for place in (1, 2):
        errors = np.array([row[place].estimate - row[0] for row in found])
        assert abs(errors.mean()) < 3 * errors.std() / np.sqrt(len(errors))
        covers = [row[place].low <= row[0] <= row[place].high for row in found]
        assert 0.90 <= np.mean(covers) <= 0.99  # Monte Carlo error: 1.3 points


def test_the_efficient_one_errs_less(found):
    did, efficient = (
        np.std([row[place].estimate for row in found]) for place in (1, 2)
    )
    assert efficient < 0.95 * did


def test_two_way_fixed_effects_would_have_been_wrong(found):
    truth = np.mean([row[0] for row in found])
    bias = np.mean([row[3] for row in found]) - truth
    assert bias < -0.4 * truth
