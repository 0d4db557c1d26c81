import numpy as np
import pytest
from scipy import stats

from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.power import People, Teams, icc, mde
from pesue.stats.simulated import (
    Effect,
    History,
    Lot,
    Sample,
    simulate,
    simulated_mde,
    welch,
)


def company(teams, size, likeness, seed=1):
    """Outcomes of teams that are alike to the given degree, and their labels."""
    rng = np.random.default_rng(seed)
    labels = np.repeat([f"team {i:03}" for i in range(teams)], size)
    own = np.repeat(rng.normal(0, np.sqrt(likeness), teams), size)
    return own + rng.normal(0, np.sqrt(1 - likeness), teams * size), labels


def test_welch_is_scipys():
    rng = np.random.default_rng(2)
    y, treated = rng.normal(0, 1, 60), rng.permutation(np.arange(60) < 25)
    teams = np.arange(60) // 5
    ours = welch(Sample(y, treated, None, None, by_team=False))
    usual = stats.ttest_ind(y[treated], y[~treated], equal_var=False)
    assert ours == pytest.approx(usual.pvalue)
    whole = np.arange(12) % 2 == 0
    ours = welch(Sample(y, whole[teams], teams, None, by_team=True))
    means = y.reshape(12, 5).mean(1)
    usual = stats.ttest_ind(means[whole], means[~whole], equal_var=False)
    assert ours == pytest.approx(usual.pvalue)
    assert welch(Sample(np.ones(60), treated, None, None, by_team=False)) == 1


def test_without_an_effect_it_counts_the_false_alarms():
    y, teams = company(24, 12, 0.3)
    drawn = simulate(History(y, teams), Lot(by_team=True), Effect(0), seed=1)
    assert drawn.power == pytest.approx(0.05, abs=0.025)
    assert drawn.low < drawn.power < drawn.high
    assert (drawn.draws, drawn.n, drawn.clusters) == (1000, 288, 24)
    # People compared although teams were drawn: the alarm goes off far too often.

    def naive(sample):
        return welch(Sample(sample.outcome, sample.treated, None, None, False))

    wrong = simulate(
        History(y, teams), Lot(by_team=True), Effect(0), seed=1, analysis=naive
    )
    assert wrong.power > 0.2


def test_people_with_the_formulas_smallest_effect():
    y = np.random.default_rng(3).normal(0, 1, 500)
    effect = mde(People(500, float(y.std(ddof=1))))
    drawn = simulate(History(y), Lot(by_team=False), Effect(effect), seed=4)
    assert drawn.power == pytest.approx(0.8, abs=0.04)
    assert drawn.clusters is None


def test_teams_with_the_formulas_smallest_effect():
    y, teams = company(40, 12, 0.1)
    found = icc(y, teams)
    design = Teams(40, 12, float(y.std(ddof=1)), icc=max(0, found.estimate))
    drawn = simulate(History(y, teams), Lot(by_team=True), Effect(mde(design)), seed=4)
    assert drawn.power == pytest.approx(0.8, abs=0.05)


@pytest.mark.thorough
def test_the_smallest_effect_by_search_agrees_with_the_formula():
    y = np.random.default_rng(3).normal(2, 1, 400)
    lot = Lot(by_team=False, share=0.3)
    by_search = simulated_mde(History(y), lot, seed=5)
    formula = mde(People(400, float(y.std(ddof=1)), share=0.3))
    assert by_search == pytest.approx(formula, rel=0.06)
    # A factor spreads the treated more, too: 120 of them against 280.
    factor = 0.15
    for _ in range(20):
        se = y.std(ddof=1) * np.sqrt((1 + factor) ** 2 / 120 + 1 / 280)
        factor = (stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) * se / y.mean()
    as_share = simulated_mde(History(y), lot, seed=5, times=True)
    assert as_share == pytest.approx(factor, rel=0.06)


def test_an_effect_as_a_factor_leaves_zeros_zero():
    outcome = np.array([0.0, 1.0, 4.0])
    assert Effect(0.5, times=True).on(outcome).tolist() == [0, 1.5, 6]
    assert Effect(0.5).on(outcome).tolist() == [0.5, 1.5, 4.5]


def test_the_analysis_sees_teams_the_time_before_and_who_is_treated():
    y, teams = company(10, 6, 0.1)
    seen = []

    def analysis(sample):
        seen.append(sample)
        return 1.0

    drawn = simulate(
        History(y, teams, before=y + 1),
        Lot(by_team=True, share=0.3),
        Effect(7.0),
        seed=1,
        draws=20,
        analysis=analysis,
    )
    assert drawn.power == 0
    assert len(seen) == 20
    for sample in seen:
        share = np.bincount(sample.teams, sample.treated) / 6
        assert sorted(share) == [0] * 7 + [1] * 3  # whole teams
        assert sample.outcome == pytest.approx(y + 7 * sample.treated)
        assert sample.before == pytest.approx(y + 1)
    assert len({tuple(sample.treated) for sample in seen}) > 10


def test_an_analysis_that_adjusts_finds_more():
    rng = np.random.default_rng(6)
    before = rng.normal(0, 1, 300)
    y = before + rng.normal(0, 0.5, 300)

    def change(sample):
        left = sample.outcome - sample.before
        return welch(Sample(left, sample.treated, None, None, False))

    lot, history = Lot(by_team=False), History(y, before=before)
    plain = simulate(history, lot, Effect(0.2), seed=1, draws=300)
    adjusted = simulate(history, lot, Effect(0.2), seed=1, draws=300, analysis=change)
    assert adjusted.power > plain.power + 0.3


def test_the_same_seed_draws_the_same_and_time_is_bounded():
    y, teams = company(12, 8, 0.1)
    history, lot = History(y, teams), Lot(by_team=True)
    one = simulate(history, lot, Effect(0.6), seed=9, draws=200)
    assert one == simulate(history, lot, Effect(0.6), seed=9, draws=200)
    assert one != simulate(history, lot, Effect(0.6), seed=10, draws=200)
    cut = simulate(history, lot, Effect(0.6), seed=9, draws=10**9, seconds=0.05)
    assert 1 <= cut.draws < 10**6


def test_refusals():
    y, teams = company(12, 8, 0.1)
    by_team, alone = Lot(by_team=True), Lot(by_team=False)
    for history, lot, why in (
        (History([]), alone, Why.EMPTY),
        (History([1, 1, 1, 1, 1]), alone, Why.CONSTANT),
        (History([1, 2, 3]), alone, Why.FEW),
        (History(y, teams), Lot(by_team=True, share=0.05), Why.FEW_CLUSTERS),
        (History([1, 2, 3, 4], [1, 1, 2, 3]), by_team, Why.FEW_CLUSTERS),
    ):
        with pytest.raises(TooFew) as refused:
            simulate(history, lot, Effect(1), seed=1)
        assert refused.value.why is why
    for history, lot in (
        (History(y), by_team),
        (History(y, teams[1:]), by_team),
        (History(y, before=y[1:]), alone),
        (History([1, 2, 3, 4, np.nan]), alone),
        (History(y), Lot(by_team=False, share=1)),
    ):
        with pytest.raises(Unusable):
            simulate(history, lot, Effect(1), seed=1)


def test_no_factor_makes_a_single_active_person_visible():
    outcome = np.zeros(40)
    outcome[0] = 1
    with pytest.raises(Unusable) as refused:
        simulated_mde(
            History(outcome), Lot(by_team=False), seed=1, times=True, draws=100
        )
    assert refused.value.why is Why.NOT_IN_RANGE
