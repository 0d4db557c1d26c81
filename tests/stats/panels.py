"""Makers of panels for tests: long lists as the panel takes them."""

import numpy as np
from hypothesis import settings

from pesue.stats.rollouts import Panel

# Without a deadline: a machine under load is no fault of the statistics.
some_examples = settings(max_examples=30, deadline=None)


def long(outcomes, first, *, start=1, **more):
    """Unit, period, outcome and first period of a table of units by periods."""
    units, periods = np.shape(outcomes)
    return {
        "unit": np.repeat(np.arange(units), periods),
        "period": np.tile(np.arange(start, start + periods), units),
        "outcome": np.ravel(outcomes).astype(float),
        "first_treated": np.repeat(first, periods),
        **{name: np.repeat(values, periods, axis=0) for name, values in more.items()},
    }


def panel(outcomes, first, **more):
    return Panel.of(**long(outcomes, first, **more))


def drawn(seed, sizes, periods, *, effect=0.0, growing=0.0):
    """Cohorts that begin in the given periods (0: never) and random outcomes."""
    rng = np.random.default_rng(seed)
    first = np.repeat(list(sizes), list(sizes.values()))
    since = np.arange(1, periods + 1) - np.where(first == 0, np.inf, first)[:, None]
    treated = np.where(since >= 0, effect + growing * np.maximum(since, 0), 0)
    own = rng.normal(size=(len(first), 1))
    return own + treated + rng.normal(size=(len(first), periods)), first
