"""The checks against known truth, small: that each runs, and which way it points.

At full size: `python -m benchmarks.coverage`. Here limits are met within four Monte
Carlo errors, so that a method that is quite wrong is seen, and chance is not.
"""

from math import inf

import numpy as np
import pytest

from benchmarks.coverage import organisation, plan, planning
from benchmarks.coverage.__main__ import main
from benchmarks.coverage.organisation import Nature, Organisation, Trial
from benchmarks.coverage.rows import Row, fraction, markdown, mean, share
from benchmarks.coverage.running import Check, columns, gathered
from pesue.stats import clusters, means

pytestmark = pytest.mark.thorough

RUNS, SEED = 40, 3
QUICK = {"S1": 200, "S10": 400, "S15": 400, "S6": 200}  # more tell more
CHECKS = {check.name: check for check in plan.CHECKS}
SEEN = {}


@pytest.fixture(autouse=True)
def few_replays(monkeypatch):
    monkeypatch.setattr(planning, "REPLAYS", 250)


def rows(name):
    """Of each check once, whichever tests ask."""
    if name not in SEEN:
        (SEEN[name],) = gathered([CHECKS[name]], QUICK.get(name, RUNS), SEED)
    return SEEN[name]


def result(name, figure):
    (found,) = [row.result for row in rows(name) if row.figure == figure]
    return found


@pytest.mark.parametrize("name", CHECKS)
def test_limits_are_met_but_for_chance(name):
    found = rows(name)
    assert all(row.check == name and np.isfinite(row.result) for row in found)
    assert [row.figure for row in found if not row.near(4)] == []


def test_all_checks_of_the_plan_are_there():
    numbered = {f"S{number}" for number in range(1, 16)} | {"S5b", "S5c"}
    others = {"A/A", "Attrition", "Spill-over", "Clocks", "Bots"}
    assert set(CHECKS) == numbered | others
    without = {name for name in CHECKS if not any(row.limited for row in rows(name))}
    assert without == others - {"A/A"}


@pytest.mark.parametrize(
    ("name", "usual", "least", "ours"),
    [
        (
            "S3",
            "52 looks, usual interval: false win",
            0.15,
            "52 looks, sequence: false win",
        ),
        (
            "S7",
            "20 null figures, p as it is: any win",
            0.3,
            "Holm: any win",
        ),
        *(
            (
                "S2",
                f"{count} teams, errors of people: false win",
                0.18,
                f"{count} teams, CR2, Satterthwaite: false win",
            )
            for count in (6, 10, 20, 40)
        ),
        (
            "S5b",
            "number of neighbours, hubs, no effect, least squares: found",
            0.2,
            "number of neighbours, hubs, no effect, recentred: found",
        ),
        (
            "S5c",
            "likeness without contagion, lagged peers: found",
            0.5,
            "likeness without contagion, encouragement: found",
        ),
        (
            "A/A",
            "40 teams drawn, errors of people: false win",
            0.08,
            "40 teams drawn, CR2: false win",
        ),
        (
            "S12",
            "levers that won: as measured, over the truth",
            1.15,
            "levers that won: shrunk, over the truth",
        ),
    ],
)
def test_the_usual_way_says_too_much_and_ours_does_not(name, usual, least, ours):
    assert result(name, usual) >= least
    assert result(name, ours) < result(name, usual) - 0.04


def test_the_usual_way_is_wrong_by_much():
    ignored = result("S15", "team of 25, noise ignored: covers")
    assert ignored < result("S15", "team of 25, noise counted: covers") - 0.05
    truth = result("S4", "24 teams, 6 waves: the true effect")
    assert result("S4", "two-way fixed effects: bias") < -0.6 * truth
    tracked = result("S10", "tracked clicks over the truth")
    assert tracked == pytest.approx(1 / organisation.INCREMENTAL, abs=0.05)


def test_what_goes_amiss_is_seen():
    over = "estimate over the truth"
    assert result("Attrition", f"15 % of the treated lost, plain: {over}") > 1.15
    assert result("Attrition", "15 % of the treated lost: noticed") > 0.9
    assert result("Attrition", "7.5 % lost: noticed") < 0.2
    by_people = result("Spill-over", f"people drawn: {over}")
    assert by_people < result("Spill-over", f"teams drawn: {over}") < 1
    assert result("Bots", "error with bursts, times") > 2


def test_a_wrong_method_is_seen(monkeypatch):
    def of_people(y, arm, team):
        return means.difference(y[arm], y[~arm])

    monkeypatch.setattr(clusters, "difference", of_people)
    (found,) = gathered([CHECKS["S2"]], 80, SEED)
    missed = [row.figure for row in found if not row.near(4)]
    assert missed
    assert all("CR2" in figure for figure in missed)


# --- The organisation


def test_an_organisation_is_as_it_says():
    rng = np.random.default_rng(1)
    many = Nature(teams=400, person=0.5, team=0.4, season=0)
    people = Organisation.drawn(rng, many)
    assert people.n == pytest.approx(4800, rel=0.05)
    assert people.leads.sum() == 400
    assert people.leads[np.unique(people.team, return_index=True)[1]].all()
    shares = np.bincount(people.motive) / people.n
    assert shares == pytest.approx(organisation.MOTIVES, abs=0.03)
    assert (people.told != people.motive).mean() == pytest.approx(0.2, abs=0.02)
    rest = people.own - 0.5 * people.leads
    assert rest.std() == pytest.approx(np.hypot(0.5, 0.4), rel=0.05)
    ratio = people.rate(range(8))[people.leads].mean() / people.rate(range(8)).mean()
    assert ratio == pytest.approx(np.exp(0.5) / (1 + np.expm1(0.5) / 12), rel=0.1)


def test_ties_are_in_teams_and_leaders_are_hubs():
    people = Organisation.drawn(np.random.default_rng(2), Nature(teams=30, hub=0.2))
    ties = people.ties(np.random.default_rng(3)).toarray()
    assert (ties == ties.T).all()
    assert not ties.diagonal().any()
    same = people.team[:, None] == people.team
    assert ties[same & ~np.eye(people.n, dtype=bool)].mean() == pytest.approx(
        0.4, abs=0.05
    )
    degree = ties.sum(axis=1)
    assert degree[people.leads].mean() > 5 * degree[~people.leads].mean()


@pytest.mark.parametrize("effect", [-0.5, 0.0, 0.4])
def test_what_might_have_been_is_poisson_with_and_without(effect):
    rate = np.full(100_000, 1.5)
    both = organisation.might_have_been(np.random.default_rng(4), rate, effect)
    for counts, wanted in zip(both, (1.5, 1.5 * np.exp(effect)), strict=True):
        assert counts.mean() == pytest.approx(wanted, rel=0.02)
        assert counts.var() == pytest.approx(wanted, rel=0.03)
    assert (np.sign(both[1] - both[0]) * np.sign(effect) >= 0).all()


def test_a_trial_shows_one_of_two_and_knows_both():
    trial = Trial(
        before=np.zeros(3, int),
        without=np.array([1, 2, 3]),
        with_it=np.array([4, 6, 9]),
        treated=np.array([True, False, True]),
    )
    assert trial.outcome.tolist() == [4, 2, 9]
    assert trial.truth == pytest.approx(13 / 3)


def test_clicks_are_many_on_few_shares_and_partly_incremental():
    shares = np.array([0] * 1000 + [1] * 50_000)
    total, added = organisation.clicks(np.random.default_rng(5), shares)
    assert not total[:1000].any()
    assert total[1000:].mean() == pytest.approx(3, rel=0.05)
    assert total[1000:].var() == pytest.approx(3 + 9 / 0.5, rel=0.1)
    assert added.sum() / total.sum() == pytest.approx(0.6, rel=0.02)


# --- Rows, and the command


def test_rows_hold_figures_limits_and_what_chance_does():
    row = share("S0", "so", [1, 0, 1, np.nan, 1], 0.8, 0.9)
    assert (row.result, row.runs, row.passes) == (0.75, 4, False)
    assert row.near(1)
    assert not row.near(0.1)
    assert str(row) == "| S0 | so | 75.0 % | 80 to 90 | **no** | 22.9 | 4 |"
    assert share("S0", "never", np.zeros(100)).error > 0
    values = mean("S0", "mean", [1.0, 2, 3], high=2.5)
    assert (values.result, values.error) == (2, pytest.approx(1 / np.sqrt(3)))
    assert str(values) == "| S0 | mean | 2.000 | at most 2.5 | yes | 0.577 | 3 |"
    assert values.limit == "at most 2.5"
    assert mean("S0", "mean", [1, 2], 0).limit == "at least 0"
    plain = mean("S0", "mean", [1, 2])
    assert (plain.limit, plain.limited, plain.passes) == ("", False, True)
    assert (plain.low, plain.high) == (-inf, inf)
    assert markdown([row]).count("\n") == 2


def test_a_sum_over_a_sum_has_the_error_of_drawing_again():
    rng = np.random.default_rng(6)
    bottom = rng.normal(3, 1, (2000, 50))
    top = 2 * bottom + rng.normal(0, 1, bottom.shape)
    found = [fraction("S0", "ratio", *pair) for pair in zip(top, bottom, strict=True)]
    spread = np.std([row.result for row in found])
    assert np.mean([row.error for row in found]) == pytest.approx(spread, rel=0.05)


def throw(rng):
    return {"one": float(rng.random())}


def throws(c):
    return [mean("S0", "throw", c["one"], high=0.0)]


def test_the_same_seed_gives_the_same_with_any_number_of_processes():
    check = Check("S0", throw, throws)
    (alone,), (spread,) = (list(gathered([check], 60, SEED, jobs)) for jobs in (1, 2))
    assert alone == spread
    (other,) = gathered([check], 60, SEED + 1)
    assert other != alone
    numbers = columns(check.some(SEED, 0, 60))["one"]
    assert len(np.unique(numbers)) == 60


def test_the_command_tells_of_missed_limits(monkeypatch, capsys):
    asked = ["--only", "S0", "--r", "5", "--jobs", "1"]
    for rows_of, ends in ((throws, 1), (lambda c: [Row("S0", "x", 1, 0, 5)], 0)):
        monkeypatch.setattr(plan, "CHECKS", (Check("S0", throw, rows_of),))
        assert main(asked) == ends
        told = capsys.readouterr().out
        assert told.startswith("| Check |")
        assert f"{ends} limits missed" in told
    with pytest.raises(SystemExit):
        main(["--only", "S99"])
