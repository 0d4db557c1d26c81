"""Peer effects at the size of the simulation plan: checks S5, S5b and S5c."""

import numpy as np
import pytest

from pesue.stats import peers
from pesue.stats.assignment import Complete
from pesue.stats.networks import Network, exposed
from tests.stats.test_peers import random_ties, robust_p, teams_net

pytestmark = pytest.mark.long
ROUNDS = 2000
LOT = Complete((96, 96))


def test_share_exposure_by_lot_size_power_and_coverage():
    rng, rejected, found, held = np.random.default_rng(1), 0, 0, 0
    for seed in range(ROUNDS):
        ties, team = teams_net(rng, 16, 12)
        network = Network(ties, LOT.draw(rng, 1)[0], LOT)
        none = rng.normal(size=192) + 0.3 * rng.normal(size=16)[team]
        none += 0.4 * (network.codes == 1)
        rejected += peers.effect(none, network, draws=199, seed=seed).p <= 0.05
        some = peers.effect(
            none + 1.5 * network.exposure, network, draws=199, seed=seed
        )
        found += some.p <= 0.05
        held += some.low <= 1.5 <= some.high
    assert rejected / ROUNDS <= 0.065
    assert found / ROUNDS >= 0.8
    assert held / ROUNDS >= 0.935


def test_count_exposure_with_hubs():
    rng, naive, fooled = np.random.default_rng(2), 0, 0
    lot = Complete((60, 60))
    for seed in range(ROUNDS):
        ties = random_ties(rng, 120, 0.03, hubs=6)
        d = lot.draw(rng, 1)[0]
        degree = np.asarray(ties.sum(axis=1))
        y = rng.poisson(np.exp(0.5 + 0.02 * degree)) + 0.5 * d
        network = Network(ties, d, lot, "count")
        naive += robust_p(y, network.exposure, d) <= 0.05
        fooled += peers.effect(y, network, draws=199, seed=seed).p <= 0.05
    assert naive / ROUNDS > 0.3
    assert fooled / ROUNDS <= 0.065


def test_likeness_without_contagion():
    rng, naive, fooled, held = np.random.default_rng(3), 0, 0, 0
    for seed in range(ROUNDS):
        ties, team = teams_net(rng, 16, 12)
        liking = rng.normal(size=16)[team] + 0.5 * rng.normal(size=192)
        d = LOT.draw(rng, 1)[0]
        network = Network(ties, d, LOT)
        did = (liking + rng.normal(size=192) + 1.5 * d > 1).astype(float)
        later = liking + rng.normal(size=192)
        naive += robust_p(later, exposed(network.ties, did), did) <= 0.05
        found = peers.encouragement(later, did, network, draws=199, seed=seed)
        fooled += found.p <= 0.05
        held += found.low <= 0 <= found.high
    assert naive / ROUNDS > 0.9
    assert fooled / ROUNDS <= 0.065
    assert held / ROUNDS >= 0.935
