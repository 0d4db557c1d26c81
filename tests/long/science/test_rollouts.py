"""Staggered roll-outs against published figures, and two other implementations.

The data are the minimum wages and teen employment of Callaway and Sant'Anna (2021),
as the package moderndid brings them along. (diff-diff's own `load_mpdta` makes up its
data where there is no network.)
"""

import warnings

import diff_diff
import moderndid
import numpy as np
import pandas as pd
import pytest
from diff_diff.honest_did import _solve_rm_bounds_union

from pesue.stats.rollouts import Changes, Panel, callaway_santanna, roth_santanna

pytestmark = pytest.mark.long

COMPARISONS = {
    "never": ("never_treated", "nevertreated"),
    "not_yet": ("not_yet_treated", "notyettreated"),
}


@pytest.fixture(scope="module")
def mpdta():
    table = moderndid.load_mpdta()
    data = pd.DataFrame({name: table[name].to_numpy() for name in table.columns})
    data = data.rename(columns={"first.treat": "first"})
    assert (len(data), data["countyreal"].nunique()) == (2500, 500)
    data["cluster"] = data["countyreal"] % 37
    return data


def found(data, comparison="never", covariate=None, cluster=None, **more):
    of = Panel.of(
        data["countyreal"],
        data["year"],
        data["lemp"],
        data["first"],
        covariates=None if covariate is None else data[covariate],
        clusters=None if cluster is None else data[cluster],
    )
    return callaway_santanna(of, comparison=comparison, **more)


# --- What the documentation of the R package did prints (bootstrapped errors: 4 %)

ATT = {  # its vignette "Getting started", without covariates
    (2004, 2004): (-0.0105, 0.0243),
    (2004, 2005): (-0.0704, 0.0331),
    (2004, 2006): (-0.1373, 0.0412),
    (2004, 2007): (-0.1008, 0.0358),
    (2006, 2004): (0.0065, 0.0230),
    (2006, 2005): (-0.0028, 0.0210),
    (2006, 2006): (-0.0046, 0.0175),
    (2006, 2007): (-0.0412, 0.0196),
    (2007, 2004): (0.0305, 0.0147),
    (2007, 2005): (-0.0027, 0.0156),
    (2007, 2006): (-0.0311, 0.0179),
    (2007, 2007): (-0.0261, 0.0175),
}
ADJUSTED = {  # its reference page of att_gt: with log population, doubly robust
    (2004, 2004): -0.0145,
    (2004, 2005): -0.0764,
    (2004, 2006): -0.1404,
    (2004, 2007): -0.1069,
    (2006, 2004): -0.0005,
    (2006, 2005): -0.0062,
    (2006, 2006): 0.0010,
    (2006, 2007): -0.0413,
    (2007, 2004): 0.0267,
    (2007, 2005): -0.0046,
    (2007, 2006): -0.0284,
    (2007, 2007): -0.0288,
}
DYNAMIC = {
    -3: 0.0305,
    -2: -0.0006,
    -1: -0.0245,
    0: -0.0199,
    1: -0.0510,
    2: -0.1373,
    3: -0.1008,
}
GROUP = {2004: -0.0797, 2006: -0.0229, 2007: -0.0261}
CALENDAR = {2004: -0.0105, 2005: -0.0704, 2006: -0.0488, 2007: -0.0371}
PRINTED = 5.1e-5  # half of the last digit printed


def test_the_published_effects_by_group_and_year(mpdta):
    cells = {(cell.group, cell.period): cell for cell in found(mpdta).cells}
    assert set(cells) == set(ATT)
    for key, (effect, error) in ATT.items():
        assert cells[key].value == pytest.approx(effect, abs=PRINTED)
        # The vignette's errors are one bootstrap, itself uncertain by some per cent.
        assert cells[key].estimate.se == pytest.approx(error, rel=0.13)


def test_the_published_effects_with_a_covariate(mpdta):
    cells = found(mpdta, covariate="lpop").cells
    told = {(cell.group, cell.period): cell.value for cell in cells}
    assert told == pytest.approx(ADJUSTED, abs=PRINTED)


def test_the_published_simple_average(mpdta):
    simple = found(mpdta).simple()
    assert simple.estimate == pytest.approx(-0.0400, abs=1e-4)
    assert simple.se == pytest.approx(0.0119, rel=0.04)
    assert (simple.low, simple.high) == pytest.approx((-0.0633, -0.0166), abs=5e-4)


@pytest.mark.parametrize(
    ("way", "overall", "error", "parts"),
    [
        ("by_group", -0.0310, 0.0126, GROUP),
        ("dynamic", -0.0772, 0.0203, DYNAMIC),
        ("calendar", -0.0417, 0.0160, CALENDAR),
    ],
)
def test_the_published_aggregations(mpdta, way, overall, error, parts):
    summary = getattr(found(mpdta), way)(draws=0)
    assert summary.overall.estimate == pytest.approx(overall, abs=1e-4)
    assert summary.overall.se == pytest.approx(error, rel=0.04)
    told = {effect.at: effect.value for effect in summary.effects}
    assert told == pytest.approx(parts, abs=PRINTED)


def test_the_published_pretest(mpdta):
    assert found(mpdta).pretrend().p == pytest.approx(0.16812, abs=6e-6)


def test_the_band_is_as_wide_as_the_published_one(mpdta):
    """Printed for event time 3: -0.1008 (0.0356), [-0.1949, -0.0067]."""
    critical = (0.1949 - 0.0067) / 2 / 0.0356
    summary = found(mpdta).dynamic(draws=9999)
    assert summary.critical == pytest.approx(critical, rel=0.04)


# --- Other implementations, digit by digit


@pytest.mark.parametrize("comparison", COMPARISONS)
@pytest.mark.parametrize("covariate", [None, "lpop"])
@pytest.mark.parametrize("method", ["doubly_robust", "regression"])
def test_moderndid_agrees(mpdta, comparison, covariate, method):
    ours = found(mpdta, comparison, covariate, method=method)
    theirs = moderndid.att_gt(
        moderndid.load_mpdta(),
        yname="lemp",
        tname="year",
        idname="countyreal",
        gname="first.treat",
        xformla=f"~{covariate}" if covariate else None,
        est_method="dr" if method == "doubly_robust" else "reg",
        control_group=COMPARISONS[comparison][1],
        cband=False,
    )
    keys = zip(theirs.groups, theirs.times, theirs.att_gt, theirs.se_gt, strict=True)
    told = {(int(g), int(t)): (att, se) for g, t, att, se in keys}
    assert len(told) == 12
    for cell in ours.cells:
        att, se = told[cell.group, cell.period]
        assert cell.value == pytest.approx(att, abs=1e-10)
        assert cell.estimate.se == pytest.approx(se, rel=1e-9)
    for way, overall in (
        ("simple", ours.simple()),
        ("group", ours.by_group(0).overall),
        ("dynamic", ours.dynamic(0).overall),
        ("calendar", ours.calendar(0).overall),
    ):
        other = moderndid.aggte(theirs, type=way, cband=False)
        assert overall.estimate == pytest.approx(other.overall_att, abs=1e-10)
        assert overall.se == pytest.approx(other.overall_se, rel=1e-9)


@pytest.mark.parametrize("comparison", COMPARISONS)
@pytest.mark.parametrize("cluster", [None, "cluster"])
def test_diff_diff_agrees(mpdta, comparison, cluster):
    ours = found(mpdta, comparison, cluster=cluster)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = diff_diff.CallawaySantAnna(
            control_group=COMPARISONS[comparison][0], cluster=cluster
        ).fit(
            mpdta,
            outcome="lemp",
            unit="countyreal",
            time="year",
            first_treat="first",
            aggregate="all",
        )
    for cell in ours.cells:
        other = theirs.group_time_effects[cell.group, cell.period]
        assert cell.value == pytest.approx(other["effect"], abs=1e-10)
        assert cell.estimate.se == pytest.approx(other["se"], rel=1e-9)
    assert ours.simple().estimate == pytest.approx(theirs.overall_att, abs=1e-10)
    assert ours.simple().se == pytest.approx(theirs.overall_se, rel=1e-9)
    for effects, others in (
        (ours.dynamic(0).effects, theirs.event_study_effects),
        (ours.by_group(0).effects, theirs.group_effects),
    ):
        for effect in effects:
            assert effect.value == pytest.approx(others[effect.at]["effect"], abs=1e-10)
            assert effect.estimate.se == pytest.approx(
                others[effect.at]["se"], rel=1e-9
            )


def test_where_everybody_begins_moderndid_agrees(mpdta):
    ours = found(mpdta[mpdta["first"] > 0], "not_yet")
    table = moderndid.load_mpdta()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = moderndid.att_gt(
            table.filter(table["first.treat"] > 0),
            yname="lemp",
            tname="year",
            idname="countyreal",
            gname="first.treat",
            control_group="notyettreated",
            cband=False,
        )
    keys = zip(theirs.groups, theirs.times, theirs.att_gt, theirs.se_gt, strict=True)
    told = {(int(g), int(t)): (att, se) for g, t, att, se in keys}
    for cell in ours.cells:
        att, se = told[cell.group, cell.period]
        assert cell.value == pytest.approx(att, abs=1e-10)
        assert cell.estimate.se == pytest.approx(se, rel=1e-9)


def test_beta_1_of_the_efficient_estimator_is_diff_diffs(mpdta):
    """The efficient estimator itself has no other implementation in Python."""
    of = Panel.of(mpdta["countyreal"], mpdta["year"], mpdta["lemp"], mpdta["first"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = diff_diff.CallawaySantAnna(control_group="not_yet_treated").fit(
            mpdta,
            outcome="lemp",
            unit="countyreal",
            time="year",
            first_treat="first",
        )
    ours = roth_santanna(of, adjust="did").estimate
    assert ours.estimate == pytest.approx(theirs.overall_att, abs=1e-10)
    # Neyman's error divides by n - 1, and takes the groups' sizes as given.
    assert ours.se == pytest.approx(theirs.overall_se, rel=0.03)


@pytest.mark.parametrize("periods", [1, 3])
@pytest.mark.parametrize("at_most", [0.0, 0.5, 1.0, 2.0])
def test_honest_ends_are_those_of_diff_diff(periods, at_most):
    rng = np.random.default_rng(periods)
    levels = rng.normal(size=4)  # of event times -5 to -2; that of -1 is 0
    after = rng.normal(2, 1, periods)
    low, high = _solve_rm_bounds_union(
        levels, after, np.full(periods, 1 / periods), 4, at_most
    )
    before = np.diff([*levels, 0.0])
    ours = Changes.of(after.mean(), before, np.eye(5), reach=(periods + 1) / 2)
    found = ours.bounds(at_most)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-6)
