"""Every estimator gives the numbers it gave: a change of them is meant, or a mistake.

Where it is meant: `python -m benchmarks.coverage.golden`, and say why.
"""

import json
import re
from importlib import import_module
from inspect import isfunction
from pathlib import Path

import numpy as np
import pytest

from benchmarks.coverage import golden
from benchmarks.coverage.golden import FIGURES

KEPT = json.loads(golden.PLACE.read_text(encoding="utf-8"))
PAGES = Path(__file__).parents[2] / "docs" / "stats"
# Parts of estimators, which are in their numbers.
PARTS = {
    "factors.items",
    "grades.weakest",
    "means.welch",
    "pooling.between",
    "pooling.restricted_log_likelihood",
    "pooling.studies",
    "regression.among",
    "sequences.tuned",
    "simulated.welch",
}


@pytest.mark.parametrize("name", FIGURES)
def test_the_numbers_are_those_they_were(name):
    arrays = {key: np.array(values) for key, values in KEPT["data"].items()}
    found = golden.plain(FIGURES[name](arrays))
    assert golden.differing(KEPT["figures"][name], found) == []


def test_every_estimator_with_a_page_is_among_them():
    assert set(KEPT["figures"]) == set(FIGURES)
    files = Path(golden.__file__).parent.glob("golden_*.py")
    asked = "".join(file.read_text(encoding="utf-8") for file in files)
    missing = set()
    for page in PAGES.glob("*.md"):
        module = import_module(f"pesue.stats.{page.stem}")
        missing |= {
            f"{page.stem}.{name}"
            for name, value in vars(module).items()
            if isfunction(value) and value.__module__ == module.__name__
            if not name.startswith("_") and not re.search(rf"\b{name}\(", asked)
        }
    assert missing == PARTS


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ({"a": [1.0, 2.0]}, {"a": [1.0, 2.0 + 1e-10]}, []),
        ({"a": [1.0, 2.0]}, {"a": [1.0, 2.0 + 1e-8]}, ["a.1: 2.0 is now 2.00000001"]),
        ({"a": 1e-17}, {"a": 0.0}, []),
        ({"a": 1e-5}, {"a": 1.001e-5}, ["a: 1e-05 is now 1.001e-05"]),
        ([1, 2], [1], [": [1, 2] is now [1]"]),
        ({"a": None}, {"a": 1.0}, ["a: None is now 1.0"]),
        ("inf", "inf", []),
    ],
)
def test_what_differs_is_told(old, new, where):
    assert golden.differing(old, new) == where
