"""Who gets what, by lot: the same from the same seed, for ever. No Django.

Chance comes from SHA-256 of the seed and of what is drawn, not from a library's
generator: those change between versions, and a draw must be repeatable in ten years.
No result depends on the order in which units are given.

`Mechanism` describes a draw so that anyone can draw it anew with another seed, which
is what randomisation inference does.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

Kind = str  # "arms", "rollout" or "holdout"
Shares = Sequence[tuple[str, int]]  # arms' keys and weights


class Unit(NamedTuple):  # of which there may be 100,000
    """What is drawn as a whole: a team, a member, an item."""

    id: str  # "team:4"
    stratum: str = ""


class Place(NamedTuple):
    """What a unit was drawn into."""

    arm: str
    wave: int | None = None  # of a roll-out, from 0


def number(seed: int, *what: object) -> int:
    """A number from 0 to 2**256 - 1, as by chance, the same for the same words."""
    words = "\x1f".join(map(str, (seed, *what)))
    return int.from_bytes(sha256(words.encode()).digest())


def shuffled(ids: Iterable[str], seed: int, *what: object) -> list[str]:
    return sorted(ids, key=lambda one: (number(seed, *what, one), one))


def to_arms(units: Iterable[Unit], shares: Shares, *, seed: int) -> dict[str, str]:
    """Each unit's arm; in each stratum the weights hold exactly, but for rounding.

    Of `n` units an arm gets `n * weight / sum` rounded down or up, and which of the
    two is drawn, so that on average it gets its share exactly.
    """
    drawn: dict[str, str] = {}
    for stratum, ids in _strata(units):
        seats = _seats(len(ids), shares, seed, stratum)
        order = iter(shuffled(ids, seed, "unit", stratum))
        for arm, many in seats:
            drawn |= {next(order): arm for _ in range(many)}
    return drawn


def _seats(
    units: int, shares: Shares, seed: int, stratum: str
) -> list[tuple[str, int]]:
    """How many of a stratum's units each arm gets.

    What is left over of whole numbers goes by systematic sampling: points one unit
    apart, the first drawn, on the arms' remainders laid end to end in drawn order.
    """
    weights, whole = dict(shares), sum(weight for _arm, weight in shares)
    point = number(seed, "rounding", stratum) % whole
    seats, laid = [], 0
    for arm in shuffled(weights, seed, "arm", stratum):
        many, rest = divmod(units * weights[arm], whole)
        laid += rest
        if point < laid:
            many, point = many + 1, point + whole
        seats.append((arm, many))
    return seats


def to_waves(units: Iterable[Unit], waves: int, *, seed: int) -> dict[str, int]:
    """Each unit's wave, from 0: dealt like cards, stratum after stratum.

    A round gives each wave one unit, in an order of its own. So two waves differ by
    one unit at most, and within a stratum by two.
    """
    strata = dict(_strata(units))
    drawn: dict[str, int] = {}
    for stratum in shuffled(strata, seed, "stratum"):
        for one in shuffled(strata[stratum], seed, "unit", stratum):
            turn, card = divmod(len(drawn), waves)
            order = shuffled(map(str, range(waves)), seed, "round", turn)
            drawn[one] = int(order[card])
    return drawn


def late_arm(unit: str, shares: Shares, *, seed: int) -> str:
    """The arm of a unit that came after the draw: by its own lot, whoever asks."""
    whole = sum(weight for _arm, weight in shares)
    point = number(seed, "late", unit) % whole
    for arm, weight in sorted(shares):
        point -= weight
        if point < 0:
            return arm
    raise AssertionError("weights are positive")


def late_wave(unit: str, waves: int, *, seed: int) -> int:
    return number(seed, "late wave", unit) % waves


def _strata(units: Iterable[Unit]) -> list[tuple[str, list[str]]]:
    """The units by stratum, both in order; raises ValueError where one comes twice."""
    found: dict[str, list[str]] = defaultdict(list)
    for unit in sorted(units):
        found[unit.stratum].append(unit.id)
    ids = [one for part in found.values() for one in part]
    if len(ids) != len(set(ids)):
        raise ValueError("a unit is drawn once")
    return sorted(found.items())


@dataclass(frozen=True)
class Mechanism:
    """How a trial was drawn, without anybody's name: enough to draw it anew.

    A stratum's `counts` are of the day of the draw. Units that have gone since (the
    erased among them) are drawn, too, as nobody: so those who are left are drawn
    from as many lots as then.
    """

    kind: Kind
    unit: str  # what is drawn as a whole, and so the cluster: "team", "member", "item"
    shares: tuple[tuple[str, int], ...]  # arms' keys and weights; of a roll-out "on"
    waves: int = 0  # of a roll-out
    counts: tuple[tuple[str, int], ...] = ()  # units by stratum
    people: int = 0  # within the units, on that day

    def draw(self, units: Iterable[Unit], *, seed: int) -> dict[str, Place]:
        """Draw all of these units at once."""
        if self.kind == "rollout":
            [(arm, _weight)] = self.shares
            waves = to_waves(units, self.waves, seed=seed)
            return {one: Place(arm, wave) for one, wave in waves.items()}
        arms = to_arms(units, self.shares, seed=seed)
        return {one: Place(arm) for one, arm in arms.items()}

    def late(self, unit: str, *, seed: int) -> Place:
        """Draw one unit that came later."""
        arm = late_arm(unit, self.shares, seed=seed)
        if self.kind == "rollout":
            return Place(arm, late_wave(unit, self.waves, seed=seed))
        return Place(arm)

    def redraw(
        self, units: Iterable[Unit], late: Iterable[str] = (), *, seed: int
    ) -> dict[str, Place]:
        """What another seed would have given the units of the draw, and late ones."""
        known = list(units)
        here: dict[str, int] = defaultdict(int)
        for unit in known:
            here[unit.stratum] += 1
        gone = [
            Unit(f"gone:{stratum}:{n}", stratum)
            for stratum, count in self.counts
            for n in range(count - here[stratum])
        ]
        drawn = self.draw([*known, *gone], seed=seed)
        places = {unit.id: drawn[unit.id] for unit in known}
        return places | {one: self.late(one, seed=seed) for one in late}


@dataclass(frozen=True)
class Drawn:
    """A trial's draw as it stands: for those who read its outcome."""

    mechanism: Mechanism
    seed: int
    units: tuple[Unit, ...]  # of the day of the draw, that are still here
    late: tuple[str, ...]  # that came after it
    places: dict[str, Place] = field(default_factory=dict)  # of all of these
