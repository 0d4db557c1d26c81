"""How well items measure: figures that are not to be trusted are not kept."""

import random
from dataclasses import replace

import pytest

from pesue.stats import psychometrics
from pesue.surveys.quality import quality_of


def answered() -> list[dict[str, str]]:
    """Forty people, of whom each agrees about as much with all three barriers."""
    chance, rows = random.Random(1), []
    for _ in range(40):
        level = chance.randrange(2, 7)
        rows.append(
            {f"B{n}": str(level + chance.choice((-1, 0, 1))) for n in range(3, 6)}
        )
    return rows


def test_omega_is_told_beside_alpha():
    [told] = quality_of(answered())["factors"].values()
    assert told["n"] == 40
    assert told["omega"][1] <= told["omega"][0] <= told["omega"][2]


def test_an_omega_of_a_heywood_case_is_not(monkeypatch: pytest.MonkeyPatch):
    omega = psychometrics.omega
    monkeypatch.setattr(
        psychometrics,
        "omega",
        lambda *given, **more: replace(omega(*given, **more), heywood=True),
    )
    [told] = quality_of(answered())["factors"].values()
    assert "omega" not in told
    assert "alpha" in told
