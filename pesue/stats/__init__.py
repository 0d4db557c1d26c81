"""Statistics of trials on plain arrays: only numpy and scipy, no database.

`from pesue.stats import clusters`, or `import pesue.stats` and `pesue.stats.clusters`:
a module is loaded when it is first asked for. What every method answers with, and why
it may refuse, is here, too: `Estimate`, `Refusal`, `TooFew`, `Unusable`, `Why`.
"""

from importlib import import_module
from typing import Any

MODULES = (
    "anderson_rubin",
    "assignment",
    "checks",
    "clusters",
    "estimates",
    "factors",
    "grades",
    "instruments",
    "means",
    "multiplicity",
    "networks",
    "noise",
    "peers",
    "pooling",
    "power",
    "proportions",
    "protection",
    "psychometrics",
    "randomisation",
    "ratios",
    "regression",
    "rollouts",
    "sequences",
    "shrinkage",
    "simulated",
    "survival",
    "team_assignment",
)
NAMES = ("Estimate", "Refusal", "TooFew", "Unusable", "Why")  # of `estimates`

__all__ = [*MODULES, *NAMES]


def __getattr__(name: str) -> Any:
    if name in MODULES:
        return import_module(f"{__name__}.{name}")
    if name in NAMES:
        return getattr(import_module(f"{__name__}.estimates"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
