"""All checks, in the order in which they are shown."""

from benchmarks.coverage import (
    advice,
    amiss,
    content,
    peers,
    people,
    planning,
    private,
    rollouts,
    taking,
    teams,
)
from benchmarks.coverage.running import Check

ROOMS = (
    *(people, teams, rollouts, peers, taking, content),
    *(planning, advice, private, amiss),
)
CHECKS: tuple[Check, ...] = tuple(check for room in ROOMS for check in room.CHECKS)
