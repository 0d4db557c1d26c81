"""Adjusted p against statsmodels."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from pesue.stats.multiplicity import benjamini_hochberg, holm

pytestmark = pytest.mark.long


def test_holm_and_benjamini_hochberg():
    rng = np.random.default_rng(1)
    for size in (1, 2, 5, 40, 1000):
        p = rng.random(size) ** 3
        assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])
        assert benjamini_hochberg(p) == pytest.approx(
            multipletests(p, method="fdr_bh")[1]
        )
