"""The whole platform's unattended work, in the order the river flows."""

from collections.abc import Callable
from datetime import datetime

Step = Callable[[datetime], int]

STEPS: list[Step] = []


def turn(now: datetime) -> dict[str, int]:
    """Run every step once; say how many rows each one looked at."""
    return {f"{step.__module__}.{step.__name__}": step(now) for step in STEPS}
