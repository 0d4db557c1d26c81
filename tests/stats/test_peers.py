from itertools import combinations
from math import inf

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from pesue.stats import peers
from pesue.stats.assignment import Bernoulli, Complete
from pesue.stats.estimates import Refusal, TooFew, Unusable, Why
from pesue.stats.networks import Network, exposed, ties_of
from pesue.stats.team_assignment import Clustered

pytestmark = pytest.mark.thorough

# 0 sees 1 and 2; 1 sees 0; 2 sees 0, 1 and 3; 3 sees nobody.
SEES = [[0, 1, 2, 0], [1, 0, 0, 0], [1, 1, 0, 2], [0, 0, 0, 0]]


def random_ties(rng, n, chance, hubs=0):
    ties = np.triu(rng.random((n, n)) < chance, 1)
    ties[:hubs] |= np.triu(rng.random((n, n)) < 0.5, 1)[:hubs]
    return sparse.csr_array((ties | ties.T).astype(float))


def teams_net(rng, teams, size, inside=0.4, across=0.01):
    team = np.repeat(np.arange(teams), size)
    chance = np.where(team[:, None] == team, inside, across)
    ties = np.triu(rng.random(chance.shape) < chance, 1)
    return sparse.csr_array((ties | ties.T).astype(float)), team


@pytest.mark.parametrize(
    ("kind", "weighted", "wanted"),
    [
        ("share", False, [1 / 2, 0, 2 / 3, 0]),
        ("count", False, [1, 0, 2, 0]),
        ("any", False, [1, 0, 1, 0]),
        ("share", True, [1 / 3, 0, 3 / 4, 0]),
        ("count", True, [1, 0, 3, 0]),
        ("any", True, [1, 0, 1, 0]),
    ],
)
def test_what_each_is_exposed_to(kind, weighted, wanted):
    found = exposed(ties_of(SEES, weighted), np.array([0.0, 1, 0, 1]), kind)
    assert found == pytest.approx(wanted)
    both = exposed(ties_of(SEES, weighted), np.array([[0.0, 1, 0, 1]] * 3).T, kind)
    assert both == pytest.approx(np.array([wanted] * 3).T)


def test_the_same_tie_twice_is_one():
    ties = sparse.coo_array((np.ones(3), ([0, 0, 1], [1, 1, 0])), (2, 2))
    assert exposed(ties_of(ties), np.array([1.0, 1]), "count").tolist() == [1, 1]


@pytest.mark.parametrize("kind", ["share", "count", "any"])
@pytest.mark.parametrize(
    "mechanism",
    [
        Complete((2, 2)),
        Bernoulli(4, (0.7, 0.3)),
        Clustered([0, 1, 1, 2], Complete((1, 2))),
    ],
    ids=repr,
)
def test_expected_exposure_is_the_mean_over_all_assignments(kind, mechanism):
    every, chances = mechanism.every()
    network = Network(SEES, every[0], mechanism, kind)
    by_hand = exposed(network.ties, (every == 1).T.astype(float), kind) @ chances
    assert network.expected() == pytest.approx(by_hand)


def test_expected_exposure_to_any_by_draws():
    rng = np.random.default_rng(1)
    mechanism = Bernoulli(40, (0.8, 0.2))
    network = Network(random_ties(rng, 40, 0.1), np.zeros(40), mechanism, "any")
    degree = np.asarray(network.ties.sum(axis=1))
    found = network.expected(draws=20_000, seed=3)
    assert found == pytest.approx(1 - 0.8**degree, abs=0.02)


def by_hand(y, exposure, expected, treated):
    """The coefficient by plain least squares."""
    columns = [np.ones_like(y), exposure - expected, treated]
    if np.ptp(expected) > 1e-12:
        columns.append(expected)
    design = np.column_stack(columns)
    if np.linalg.matrix_rank(design) < len(columns):
        return np.nan  # exposure is told by own treatment: no comparison
    return np.linalg.lstsq(design, y, rcond=None)[0][1]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(["share", "count"]))
def test_agrees_with_least_squares_over_all_assignments(seed, kind):
    rng = np.random.default_rng(seed)
    n = 10
    ties = random_ties(rng, n, 0.4, hubs=1)
    mechanism = Complete((5, 5))
    d = mechanism.draw(rng, 1)[0]
    y = rng.normal(size=n)
    network = Network(ties, d, mechanism, kind)
    expected = network.expected()
    own = by_hand(y, network.exposure, expected, d.astype(float))
    assume(np.isfinite(own))
    found = peers.effect(y, network)
    assert found.estimate == pytest.approx(own)
    residual = y - np.poly1d(np.polyfit(d, y, 1))(d) if np.ptp(expected) == 0 else None
    if residual is None:
        design = np.column_stack([np.ones(n), d, expected])
        residual = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    drawn = []
    for chosen in combinations(range(n), 5):
        t = np.zeros(n)
        t[list(chosen)] = 1
        drawn.append(by_hand(residual, exposed(network.ties, t, kind), expected, t))
    drawn = np.array(drawn)[np.isfinite(drawn)]
    assert found.assignments == len(drawn) > 200
    assert found.p == pytest.approx(np.mean(np.abs(drawn) >= abs(own) - 1e-9))
    assert found.mean == pytest.approx(np.mean(drawn), abs=1e-9)


def test_own_treatment_may_be_left_in():
    rng = np.random.default_rng(10)
    mechanism = Complete((20, 20))
    d = mechanism.draw(rng, 1)[0]
    network = Network(random_ties(rng, 40, 0.2), d, mechanism)
    y = rng.normal(size=40) + 2 * d
    columns = [np.ones(40), network.exposure]
    wanted = np.linalg.lstsq(np.column_stack(columns), y, rcond=None)[0][1]
    assert np.ptp(network.expected()) < 1e-12
    assert peers.effect(y, network, own=False, draws=9).estimate == pytest.approx(
        wanted
    )
    assert peers.effect(y, network, draws=9).estimate != pytest.approx(wanted, abs=0.01)


def test_the_interval_holds_what_is_not_rejected_when_taken_off():
    rng = np.random.default_rng(2)
    ties = random_ties(rng, 60, 0.08)
    mechanism = Complete((30, 30))
    d = mechanism.draw(rng, 1)[0]
    network = Network(ties, d, mechanism)
    y = rng.normal(size=60) + network.exposure
    found = peers.effect(y, network, draws=499, seed=4)
    assert found.low < found.estimate < found.high
    for effect, inside in [
        (found.low - 0.01, False),
        (found.low + 0.01, True),
        (found.high - 0.01, True),
        (found.high + 0.01, False),
    ]:
        rest = peers.effect(y - effect * network.exposure, network, draws=499, seed=4)
        assert (rest.p > 0.05) == inside


def test_an_effect_is_found_in_the_unit_of_the_exposure():
    rng = np.random.default_rng(3)
    ties = random_ties(rng, 2000, 0.004, hubs=3)
    mechanism = Complete((1000, 1000))
    d = mechanism.draw(rng, 1)[0]
    for kind, truth in (("share", 2.0), ("count", 0.5), ("any", 1.0)):
        network = Network(ties, d, mechanism, kind)
        control = rng.normal(size=2000)
        y = 3 * d + truth * network.exposure + 5 * control + 0.1 * rng.normal(size=2000)
        found = peers.effect(y, network, controls=control[:, None], draws=99)
        assert found.estimate == pytest.approx(truth, abs=0.1)
        assert found.p == 1 / 100
        assert found.low < truth < found.high


def test_people_outside_the_lot_may_be_looked_at_but_not_seen():
    assigned = [0, 1, 1, 0, -1]
    ties = np.zeros((5, 5))
    ties[[0, 1, 2, 3, 4, 4], [1, 0, 3, 2, 0, 1]] = 1
    network = Network(ties, assigned, Complete((2, 2)))
    assert peers.effect([1, 2, 4, 3, 9], network).n == 5
    ties[[1, 3], 4] = 1
    network = Network(ties, assigned, Complete((2, 2)))
    with pytest.raises(Unusable) as refused:
        peers.effect([1, 2, 4, 3, 9], network)
    assert refused.value.why == Why.NOT_BY_LOT
    assert refused.value.about == {"people": 2}
    units = np.array([True, False, True, False, True])
    assert peers.effect([1, 2, 4, 3, 9], network, units=units).n == 3


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: Network(np.ones((2, 3)), [0, 1], Complete((1, 1))), Why.SHAPES),
        (lambda: Network(np.eye(2), [0, 1], Complete((1, 1))), Why.NOT_IN_RANGE),
        (
            lambda: Network([[0, -1], [1, 0]], [0, 1], Complete((1, 1))),
            Why.NOT_IN_RANGE,
        ),
        (
            lambda: Network([[0, np.nan], [1, 0]], [0, 1], Complete((1, 1))),
            "not_finite",
        ),
        (lambda: Network(SEES, [0, 1, 1], Complete((2, 2))), Why.SHAPES),
        (lambda: Network(SEES, [0, 1, 1, -1], Complete((2, 2))), Why.SHAPES),
        (lambda: Network(SEES, [0, 1, 1, 1], Complete((2, 2))), Why.NOT_BY_LOT),
        (lambda: Network(SEES, [0, 1, 1, 0], Complete((2, 2)), "most").exposure, None),
    ],
)
def test_networks_that_cannot_be(make, why):
    with pytest.raises(Unusable) as refused:
        make()
    assert refused.value.why == (why or Why.NOT_IN_RANGE)


GOOD = Network(SEES, [0, 1, 1, 0], Complete((2, 2)))


@pytest.mark.parametrize(
    ("outcome", "options", "why"),
    [
        ([1, 2, 3], {}, Why.SHAPES),
        ([1, 2, 3, np.nan], {}, Why.NOT_FINITE),
        ([1, 1, 1, 1], {}, Why.CONSTANT),
        ([0, 0, 0, 0], {}, Why.CONSTANT),
        ([1, 2, 3, 4], {"units": [True]}, Why.SHAPES),
        ([1, 2, 3, 4], {"units": [False] * 4}, Why.EMPTY),
        ([1, 2, 3, 4], {"controls": [[1], [1], [1], [1]]}, Why.SINGULAR),
        ([1, 2, 3, 4], {"controls": [[0], [0], [0], [0]]}, Why.SINGULAR),
        ([1, 2, 3, 4], {"controls": [[1], [2]]}, Why.SHAPES),
    ],
)
def test_refusals(outcome, options, why):
    for method in (
        lambda: peers.effect(outcome, GOOD, **options),
        lambda: peers.encouragement(outcome, [0, 1, 0, 1], GOOD, **options),
    ):
        with pytest.raises(Refusal) as refused:
            method()
        assert refused.value.why == why


def test_where_nobody_sees_anybody_no_exposure_varies():
    network = Network(np.zeros((4, 4)), [0, 1, 1, 0], Complete((2, 2)))
    with pytest.raises(TooFew) as refused:
        peers.effect([1, 2, 3, 4], network)
    assert refused.value.why == Why.CONSTANT


def test_encouragement_is_the_ratio_of_two_coefficients():
    rng = np.random.default_rng(5)
    ties = random_ties(rng, 200, 0.03)
    mechanism = Complete((100, 100))
    d = mechanism.draw(rng, 1)[0]
    network = Network(ties, d, mechanism)
    did = (rng.random(200) < 0.2 + 0.6 * d).astype(float)
    moved = exposed(network.ties, did)
    y = 1.5 * moved + rng.normal(size=200) * 0.5
    found = peers.encouragement(y, did, network, draws=499)
    top = by_hand(y, network.exposure, network.expected(), d)
    below = by_hand(moved, network.exposure, network.expected(), d)
    assert found.estimate == pytest.approx(top / below)
    assert found.first_stage == pytest.approx(below)
    assert found.first_stage_p == 1 / 500
    assert found.low < 1.5 < found.high
    assert found.p == peers.effect(y, network, draws=499).p


def test_encouragement_that_moved_nobody_bounds_nothing():
    rng = np.random.default_rng(6)
    mechanism = Complete((30, 30))
    network = Network(random_ties(rng, 60, 0.1), mechanism.draw(rng, 1)[0], mechanism)
    did = (rng.random(60) < 0.5).astype(float)
    found = peers.encouragement(rng.normal(size=60), did, network, draws=499)
    assert found.first_stage_p > 0.05
    assert (found.low, found.high) == (-inf, inf)


def robust_p(y, *columns):
    """Of the first column, by least squares with errors as if people were alone."""
    x = np.column_stack([*columns, np.ones_like(y)])
    inverse = np.linalg.inv(x.T @ x)
    coefficient = inverse @ x.T @ y
    left = y - x @ coefficient
    error = np.sqrt((inverse @ (x.T * left**2) @ x @ inverse)[0, 0])
    return 2 * stats.norm.sf(abs(coefficient[0]) / error)


def test_hubs_fool_plain_regression_and_not_recentring():
    rng = np.random.default_rng(7)
    mechanism, naive, fooled, rounds = Complete((60, 60)), 0, 0, 300
    for seed in range(rounds):
        ties = random_ties(rng, 120, 0.03, hubs=6)
        degree = np.asarray(ties.sum(axis=1))
        d = mechanism.draw(rng, 1)[0]
        y = rng.poisson(np.exp(0.5 + 0.02 * degree)) + 0.5 * d  # and no peer effect
        network = Network(ties, d, mechanism, "count")
        naive += robust_p(y, network.exposure, d) <= 0.05
        fooled += peers.effect(y, network, draws=199, seed=seed).p <= 0.05
    assert naive / rounds > 0.3
    assert fooled / rounds <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / rounds)


def test_peer_effects_are_found_where_there_are_some_only():
    rng = np.random.default_rng(8)
    mechanism, rounds, rejected, found = Complete((96, 96)), 200, 0, 0
    for seed in range(rounds):
        ties, team = teams_net(rng, 16, 12)
        network = Network(ties, mechanism.draw(rng, 1)[0], mechanism)
        none = rng.normal(size=192) + 0.3 * rng.normal(size=16)[team]
        none += 0.4 * (network.codes == 1)
        rejected += peers.effect(none, network, draws=199, seed=seed).p <= 0.05
        some = none + 1.5 * network.exposure
        found += peers.effect(some, network, draws=199, seed=seed).p <= 0.05
    assert rejected / rounds <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / rounds)
    assert found / rounds > 0.8


def test_likeness_looks_like_contagion_to_regression_and_not_to_encouragement():
    rng = np.random.default_rng(9)
    mechanism, rounds, naive, fooled, held = Complete((96, 96)), 200, 0, 0, 0
    for seed in range(rounds):
        ties, team = teams_net(rng, 16, 12)
        liking = rng.normal(size=16)[team] + 0.5 * rng.normal(size=192)
        d = mechanism.draw(rng, 1)[0]
        network = Network(ties, d, mechanism)
        did = (liking + rng.normal(size=192) + 1.5 * d > 1).astype(float)
        later = liking + rng.normal(size=192)  # nobody follows anybody
        naive += robust_p(later, exposed(network.ties, did), did) <= 0.05
        peer = peers.encouragement(later, did, network, draws=199, seed=seed)
        fooled += peer.p <= 0.05
        held += peer.low <= 0 <= peer.high
    bound = 0.05 + 3 * np.sqrt(0.05 * 0.95 / rounds)
    assert naive / rounds > 0.9
    assert fooled / rounds <= bound
    assert held / rounds >= 1 - bound
