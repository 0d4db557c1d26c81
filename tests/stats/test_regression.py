import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pesue.stats.estimates import Refusal, TooFew, Unusable, Why
from pesue.stats.regression import design, ols

KINDS = ["iid", "HC0", "HC1", "HC2", "HC3"]


def some(seed: int, n: int = 30, k: int = 3):
    rng = np.random.default_rng(seed)
    x = design(*(rng.normal(size=n) for _ in range(k - 1)))
    return rng.normal(size=n) * np.exp(x[:, 1]), x


def by_the_book(y, x, kind):
    """The covariances with n x n matrices, as they stand in the books."""
    n, k = x.shape
    bread = np.linalg.inv(x.T @ x)
    hat = x @ bread @ x.T
    e, h = y - hat @ y, np.diag(hat)
    weights = {
        "iid": np.full(n, e @ e / (n - k)),
        "HC0": e**2,
        "HC1": e**2 * n / (n - k),
        "HC2": e**2 / (1 - h),
        "HC3": e**2 / (1 - h) ** 2,
    }[kind]
    return bread @ x.T @ np.diag(weights) @ x @ bread


def test_a_line_through_four_points():
    fit = ols([1, 3, 4, 8], design([0, 1, 2, 3]))
    assert fit.coefficients == pytest.approx([0.7, 2.2])
    assert fit.residuals == pytest.approx([0.3, 0.1, -1.1, 0.7])
    assert fit.leverages == pytest.approx([0.7, 0.3, 0.3, 0.7])
    assert fit.bread == pytest.approx(np.array([[0.7, -0.3], [-0.3, 0.2]]))
    assert fit.covariance("iid")[1, 1] == pytest.approx(1.8 / 2 * 0.2)
    assert fit.covariance("HC0")[1, 1] == pytest.approx(
        (1.5**2 * (0.09 + 0.49) + 0.5**2 * (0.01 + 1.21)) / 25
    )


@pytest.mark.parametrize("kind", KINDS)
def test_covariances_are_those_of_the_books(kind):
    y, x = some(1)
    assert ols(y, x).covariance(kind) == pytest.approx(by_the_book(y, x, kind))


@given(st.integers(0, 10**6), st.integers(2, 5))
def test_a_fit_is_the_least_squares_one(seed, k):
    y, x = some(seed, 12, k)
    fit = ols(y, x)
    assert fit.coefficients == pytest.approx(np.linalg.lstsq(x, y, rcond=None)[0])
    assert x.T @ fit.residuals == pytest.approx(np.zeros(k), abs=1e-9)
    assert fit.leverages.sum() == pytest.approx(k)
    assert fit.bread @ (x.T @ x) == pytest.approx(np.eye(k), abs=1e-9)


def test_columns_of_very_different_size_are_told_apart():
    rng = np.random.default_rng(3)
    second = 1.7e9 + rng.uniform(0, 3600, 50)  # an hour, in seconds since 1970
    fit = ols(5 + 0.01 * (second - 1.7e9), design(second))
    assert fit.coefficients[1] == pytest.approx(0.01)


def test_one_column_may_be_a_list():
    assert ols([1, 2, 6], [1, 1, 1]).coefficients == pytest.approx([3])


@pytest.mark.parametrize("kind", KINDS)
def test_a_perfect_fit_has_no_error(kind):
    fit = ols([0.1] * 9, design(range(9)))
    assert fit.error(fit.covariance(kind)[1, 1], 1) == 0


def test_an_error_is_none_where_it_is_but_rounding():
    fit = ols([1.0, 2.0, 4.0], [1, 1, 1])
    assert fit.error(1e-22, 0) == 0
    assert fit.error(1e-8, 0) == pytest.approx(1e-4)


@pytest.mark.parametrize(
    ("outcome", "columns", "why"),
    [
        ([], [[]], Why.EMPTY),
        ([1, 2], [[1, 0], [1, 1]], Why.FEW),
        ([1, 2, np.nan], [1, 1, 1], Why.NOT_FINITE),
        ([1, 2, 3], [1, 1, np.inf], Why.NOT_FINITE),
        ([1, 2, 3], [1, 1], Why.SHAPES),
        ([1, 2, 3], np.ones((3, 1, 1)), Why.SHAPES),
        ([1, 2, 3], np.ones((3, 0)), Why.SHAPES),
        ([[1, 2, 3]], [1, 1, 1], Why.SHAPES),
        ([1, 2, 3], [0, 0, 0], Why.SINGULAR),
        ([1, 2, 3, 5], [[1, 2], [1, 2], [1, 2], [1, 2]], Why.SINGULAR),
        (range(5), [[1, 0.1 * n, 1 + 0.3 * n] for n in range(5)], Why.SINGULAR),
    ],
)
def test_refusals(outcome, columns, why):
    with pytest.raises(Refusal) as refused:
        ols(outcome, columns)
    assert refused.value.why is why


@pytest.mark.parametrize("kind", ["HC2", "HC3"])
def test_one_observation_alone_has_no_hc2(kind):
    fit = ols([1, 2, 3, 9], design([0, 0, 0, 1]))
    assert fit.covariance("HC1")[1, 1] > 0
    with pytest.raises(TooFew) as refused:
        fit.covariance(kind)
    assert refused.value.why is Why.FEW


def test_a_design_is_a_constant_and_its_columns():
    assert design([2, 3], [4, 5]).tolist() == [[1, 2, 4], [1, 3, 5]]
    with pytest.raises(Unusable):
        design([1, 2], [1])
