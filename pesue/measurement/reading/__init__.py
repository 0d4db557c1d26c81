"""How a trial went, from what each unit did. No Django, no database.

A unit is what was drawn: a team (then `after` is the mean of its people), a member or
an item. Numbers are in the unit of the outcome. Where there is no honest figure there
is a reason instead: `stats.Why`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pesue.stats import means, randomisation, regression, sequences
from pesue.stats.assignment import Blocked
from pesue.stats.checks import SampleRatio, sample_ratio
from pesue.stats.estimates import Estimate, Refusal, TooFew, Why

FEWEST_TEAMS = 6  # fewer: the lot's own test alone
FEWEST_ITEMS = 20
K = 5  # people in an arm: of fewer nothing is told
ADJUSTED = 5  # units in an arm: with fewer, adjusting costs more than it gives
SIDES = (True, False)  # the control, and the other
DRAWS, LEAST, PLACES = 1999, 199, 20_000_000  # of lots; and of people in all of them


class Unit(NamedTuple):  # of which there may be 100,000
    code: int  # its own within the reading; tells nothing outside it
    arm: str
    after: float  # the outcome while the trial ran
    before: float = 0.0  # the same in the weeks before it
    people: int = 1
    stratum: str = ""


@dataclass(frozen=True)
class Plan:
    """What was decided before, as far as the reading needs it."""

    control: str
    shares: tuple[tuple[str, int], ...]  # arms and their weights
    by: str  # "team", "member" or "item"
    planned: int = 0  # units on the day of the draw; 0 where they were yet to come


@dataclass(frozen=True)
class Compared:
    """An arm beside the control: what it changed, on average over the units."""

    arm: str
    effect: Estimate | None = None
    plain: Estimate | None = None  # not adjusted for the time before
    lot: float | None = None  # how often chance alone gives as much, by the lot
    why: Why | None = None  # there is no figure, and this is the reason

    @property
    def cannot_tell(self) -> bool:
        """Both more and less are possible."""
        return self.effect is not None and self.effect.low <= 0 <= self.effect.high


@dataclass(frozen=True)
class Guard:
    """Something that must not get worse: more of it is worse."""

    name: str
    compared: Compared

    @property
    def harms(self) -> bool:
        """Whether it surely got worse."""
        return self.compared.effect is not None and self.compared.effect.low > 0


@dataclass(frozen=True)
class Arm:
    key: str
    units: int
    people: int
    mean: float | None  # of the outcome over its units; None where few are in it


@dataclass(frozen=True)
class Reading:
    arms: tuple[Arm, ...]
    compared: tuple[Compared, ...]
    ratio: SampleRatio | None = None  # whether as many were drawn as planned
    always: bool = False  # the intervals may be looked at on any day
    guards: tuple[Guard, ...] = ()
    heaviest: float = 0.0  # of items: the share of all that one of them had alone

    @property
    def broken(self) -> bool:
        return self.ratio is not None and self.ratio.alarm


def read(
    units: Sequence[Unit], plan: Plan, *, over: bool, early: bool = False
) -> Reading:
    """The arms of a trial beside its control.

    While it runs (not `over`) the intervals are always-valid ones, and there are none
    below 200 units or 50 in an arm: until then nothing can be told. Where it was ended
    `early`, the same interval stays for those that were told while it ran: somebody
    may have ended it for what they saw.
    """
    keys = [key for key, _share in plan.shares]
    arms = tuple(_arm(key, units) for key in keys)
    mine = {arm.key: arm.units for arm in arms}
    others = [key for key in keys if key != plan.control]
    seen = any(could_be_seen((mine[plan.control], mine[key])) for key in others)
    live = not over or (early and seen)
    found = tuple(_compared(key, units, plan, over=not live) for key in others)
    heaviest = _heaviest(units) if plan.by == "item" else 0.0
    return Reading(arms, found, _ratio(arms, plan), live, heaviest=heaviest)


def could_be_seen(arms: Sequence[int]) -> bool:
    """Whether units in two arms are enough for an interval while the trial runs."""
    return sum(arms) >= sequences.PEOPLE and min(arms) >= sequences.IN_EACH_ARM


def _heaviest(units: Sequence[Unit]) -> float:
    numbers = [unit.after for unit in units]
    whole = sum(numbers)
    return max(numbers) / whole if whole > 0 else 0.0


def _arm(key: str, units: Sequence[Unit]) -> Arm:
    mine = [unit for unit in units if unit.arm == key]
    people = sum(unit.people for unit in mine)
    mean = sum(unit.after for unit in mine) / len(mine) if mine else None
    return Arm(key, len(mine), people, mean)


def _ratio(arms: Sequence[Arm], plan: Plan) -> SampleRatio | None:
    whole = sum(share for _key, share in plan.shares)
    try:
        return sample_ratio(
            [arm.units for arm in arms],
            [share / whole for _key, share in plan.shares],
        )
    except Refusal:
        return None


def _compared(key: str, units: Sequence[Unit], plan: Plan, *, over: bool) -> Compared:
    both = [unit for unit in units if unit.arm in {key, plan.control}]
    after = np.array([unit.after for unit in both])
    before = np.array([unit.before for unit in both])
    treated = np.array([unit.arm == key for unit in both], dtype=np.float64)
    try:
        _enough(both, treated, plan)
        effect, plain = _effect(after, treated, before)
        if not over:
            return Compared(key, _always(effect, treated, plan), plain)
        return Compared(key, effect, plain, _lot(both, after, treated, before))
    except Refusal as refusal:
        lot = _lot(both, after, treated, before) if over and len(both) else None
        return Compared(key, lot=lot, why=refusal.why)


def _always(effect: Estimate, treated: "np.ndarray", plan: Plan) -> Estimate:
    """The estimate with its always-valid interval."""
    on = int(treated.sum())
    if not could_be_seen((on, len(treated) - on)):
        raise TooFew(Why.FEW, n=len(treated))
    # Tuned at one number, fixed before: at the number there is, it would not hold.
    planned = plan.planned or sequences.PEOPLE
    return sequences.always_valid(
        effect.estimate, effect.se, n=len(treated), planned=planned
    )


def _enough(both: Sequence[Unit], treated: "np.ndarray", plan: Plan) -> None:
    """Raises TooFew where the interval could not be trusted."""
    if not 0 < treated.sum() < len(both):
        raise TooFew(Why.ONE_ARM)
    people = [
        sum(u.people for u in both if (u.arm == plan.control) is c) for c in SIDES
    ]
    if plan.by != "item" and min(people) < K:
        raise TooFew(Why.FEW, n=min(people), needed=K)
    fewest = {"team": FEWEST_TEAMS, "item": FEWEST_ITEMS}.get(plan.by, 2)
    if len(both) < fewest:
        why = Why.FEW_CLUSTERS if plan.by == "team" else Why.FEW
        raise TooFew(why, n=len(both), needed=fewest)


def _effect(
    after: "np.ndarray", treated: "np.ndarray", before: "np.ndarray"
) -> tuple[Estimate, Estimate]:
    """The effect, adjusted for the time before where that can be done, and plain."""
    on = treated == 1
    plain = means.difference(after[on], after[~on])
    if min(on.sum(), (~on).sum()) < ADJUSTED:
        return plain, plain
    try:
        return means.adjusted(after, treated, before).estimate, plain
    except Refusal:
        return plain, plain


def _lot(
    both: Sequence[Unit],
    after: "np.ndarray",
    treated: "np.ndarray",
    before: "np.ndarray",
) -> float | None:
    """The share of possible lots that would have shown as much, within the strata.

    Of what the time before leaves of the outcome: that knows nothing of the lot.
    """
    try:
        if np.isfinite(after).all() and np.ptp(before):
            after = regression.ols(after, regression.design(before)).residuals
        strata = [unit.stratum for unit in both]
        arms = treated.astype(np.int16)
        lots = Blocked.of(strata, arms)
        draws = max(LEAST, min(DRAWS, PLACES // len(both)))
        return randomisation.test(after, arms, lots, draws=draws, seed=1).p
    except Refusal:
        return None
