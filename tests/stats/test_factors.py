import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize

from pesue.stats.estimates import TooFew, Unusable, Why
from pesue.stats.factors import Variant, items, one_factor, parallel

pytestmark = pytest.mark.thorough


def implied(loadings):
    """The correlations that one factor with these loadings makes."""
    r = np.outer(loadings, loadings)
    np.fill_diagonal(r, 1)
    return r


@given(st.lists(st.floats(0.2, 0.95), min_size=3, max_size=8))
def test_a_factor_that_is_there_is_found(loadings):
    found = one_factor(implied(np.array(loadings))[None])
    assert found.loadings[0] == pytest.approx(loadings, abs=1e-4)
    assert not found.heywood[0]


def test_reversed_items_have_negative_loadings():
    found = one_factor(implied([0.8, 0.7, -0.6, 0.5])[None])
    assert found.loadings[0] == pytest.approx([0.8, 0.7, -0.6, 0.5], abs=1e-6)


def test_the_residuals_are_as_small_as_a_general_search_makes_them():
    rng = np.random.default_rng(4)
    raw = rng.normal(0, 1, (20, 40, 5)) + rng.normal(0, 1, (20, 40, 1))
    matrices = np.array([np.corrcoef(table, rowvar=False) for table in raw])
    found = one_factor(matrices)
    upper = np.triu_indices(5, 1)

    def residuals(loadings, r):
        return (r - np.outer(loadings, loadings))[upper]

    for r, loadings in zip(matrices, found.loadings, strict=True):
        search = optimize.least_squares(
            residuals, np.full(5, 0.5), args=(r,), bounds=(-1, 1), xtol=1e-12
        )
        ours = (residuals(loadings, r) ** 2).sum()
        assert ours == pytest.approx(2 * search.cost, abs=1e-8)


def test_a_heywood_case_stays_within_1_and_is_named():
    r = np.array([[1, 0.7, 0.7], [0.7, 1, 0.3], [0.7, 0.3, 1]])
    found = one_factor(np.array([r, implied([0.7, 0.7, 0.7])]))
    assert found.heywood.tolist() == [True, False]
    assert found.loadings[0][0] == 1
    assert (np.abs(found.loadings) <= 1).all()


def answers(n, factors, per_factor, loading, seed, between=0.0):
    """Answers to items that measure several things, which are related by `between`."""
    rng = np.random.default_rng(seed)
    common = np.sqrt(between) * rng.normal(0, 1, (n, 1))
    own = np.sqrt(1 - between) * rng.normal(0, 1, (n, factors))
    things = np.repeat(common + own, per_factor, axis=1)
    noise = rng.normal(0, 1, (n, factors * per_factor))
    return loading * things + np.sqrt(1 - loading**2) * noise


@pytest.mark.parametrize("variant", list(Variant))
def test_as_many_factors_as_there_are(variant):
    for factors in (1, 2, 3):
        data = answers(300, factors, 4, 0.75, seed=factors)
        assert parallel(data, seed=1, variant=variant).factors == factors
    related = answers(300, 3, 3, 0.75, seed=7, between=0.4)
    assert parallel(related, seed=1, variant=variant).factors == 3


def test_random_answers_have_no_factor():
    rng = np.random.default_rng(5)
    found = [
        parallel(rng.normal(0, 1, (200, 6)), seed=i, draws=200).factors
        for i in range(200)
    ]
    assert np.mean([count == 0 for count in found]) == pytest.approx(0.95, abs=0.05)


def test_chance_is_what_random_answers_give():
    """The shortcut of Bartlett against random answers themselves."""
    rng = np.random.default_rng(6)
    raw = rng.normal(0, 1, (10_000, 50, 5))
    raw -= raw.mean(1, keepdims=True)
    raw /= np.linalg.norm(raw, axis=1, keepdims=True)
    values = np.linalg.eigvalsh(raw.transpose(0, 2, 1) @ raw)[:, ::-1]
    data = answers(50, 1, 5, 0.7, seed=1)
    found = parallel(data, seed=3, draws=4000)
    assert found.chance == pytest.approx(np.percentile(values, 95, axis=0), abs=0.02)
    assert found.eigenvalues.sum() == pytest.approx(5)
    assert (found.chance == parallel(data, seed=3, draws=4000).chance).all()


def test_refused_answers():
    rng = np.random.default_rng(7)
    good = rng.normal(0, 1, (30, 4))
    constant = good.copy()
    constant[:, 2] = 3
    with pytest.raises(TooFew) as refused:
        parallel(constant, seed=1)
    assert refused.value.why is Why.CONSTANT
    for wrong in (good[:, :2], good[:9], rng.normal(0, 1, (12, 11))):
        with pytest.raises(TooFew) as refused:
            parallel(wrong, seed=1)
        assert refused.value.why is Why.FEW
    copied = np.column_stack([good, good[:, 0] + good[:, 1]])
    with pytest.raises(Unusable) as told:
        parallel(copied, seed=1)
    assert told.value.why is Why.SINGULAR
    for bad in (np.nan, np.inf):
        broken = good.copy()
        broken[3, 1] = bad
        with pytest.raises(Unusable) as told:
            parallel(broken, seed=1)
        assert told.value.why is Why.NOT_FINITE
    with pytest.raises(Unusable):
        items(good[:, 0])
    unanswered = good.copy()
    unanswered[:, 0] = np.nan
    with pytest.raises(TooFew) as refused:
        items(unanswered, missing=True)
    assert refused.value.why is Why.EMPTY
