"""What to do next: a few rules on what is known. No Django but words.

Advice is about what is done, never about a person. Each has its reason and the grade of
the evidence that it rests on. The order of the rules is their order of weight: harm is
stopped first.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.measurement.calibrated import WORDS, Measured, Said
from pesue.measurement.pooled import Common
from pesue.stats.grades import Grade
from pesue.trials.graded import GRADES
from pesue.trials.levers import GUARDS, LEVERS

MOST = 3  # at a time
OLD = timedelta(days=365)  # a trial of longer ago advises nothing any more
FRESH = timedelta(days=183)  # a hold-out's answer holds so long


@dataclass(frozen=True)
class Tried:
    """An arm of a trial that is over, beside what was there before."""

    trial: int
    name: str  # of the trial
    arm: str  # its key
    arm_name: str
    lever: str
    kind: str  # "rollout", "arms" or "holdout"
    outcome: str
    over: date
    units: int
    people: int  # who had it
    measured: Measured | None  # None: there is no figure
    said: Said = Said.CANNOT_TELL
    believed: Measured | None = None  # drawn towards the others
    why: str = ""  # there is no figure
    sound: bool = True  # drawn and kept as planned
    arms: int = 1  # of the trial, beside what was there before
    harmed: tuple[str, ...] = ()  # outcomes that were not to get worse, and did

    @property
    def label(self) -> str:
        return self.name if self.arms < 2 else f"{self.name}: {self.arm_name}"


@dataclass(frozen=True)
class Ground:
    """What advice rests on."""

    today: date
    tried: Sequence[Tried] = ()  # newest first
    common: Sequence[Common] = ()  # with trials of other houses
    running: Set[str] = field(default_factory=frozenset)  # levers
    told: bool = True  # somebody has told something, and it was counted
    has_web: bool = False  # all visits to some items are known of late
    holding: str = "items.offered"  # the lever that holds items out


@dataclass(frozen=True)
class Advice:
    key: str  # the same as long as its ground is the same
    what: str
    reason: str
    grade: Grade
    page: str  # where one does it: a name in urls
    about: int | None = None  # a trial

    @property
    def rests(self) -> str:
        return str(GRADES[self.grade])


def advise(ground: Ground, dismissed: Set[str] = frozenset()) -> list[Advice]:
    """The three that weigh most of those not dismissed.

    None in a house in which nobody has told anything: it needs people and stories.
    """
    found: list[Advice] = []
    if not ground.told:
        return found
    for rule in RULES:
        found += [one for one in rule(ground) if one.key not in dismissed]
    return found[:MOST]


def _latest(ground: Ground) -> list[Tried]:
    """Each lever's last trial that can be relied on, of people; newest first."""
    seen: dict[str, int] = {}
    for one in ground.tried:
        if one.sound and one.kind != "holdout" and ground.today - one.over <= OLD:
            seen.setdefault(one.lever, one.trial)
    return [one for one in ground.tried if seen.get(one.lever) == one.trial]


def _stop(ground: Ground) -> Iterator[Advice]:
    for one in _latest(ground):
        harm = one.said.is_harm or one.harmed
        if harm and one.lever not in ground.running:
            yield Advice(
                f"stop:{one.trial}:{one.arm}",
                _("Leave out what “%(trial)s” tried.") % {"trial": one.name},
                _why_stop(one),
                Grade.OWN_TRIAL,
                "trial-reading",
                one.trial,
            )


def _why_stop(one: Tried) -> str:
    if one.said is Said.VERY_LIKELY_LESS:
        return _("It very likely brought less of what was measured.")
    if one.said is Said.LIKELY_LESS:
        return _("It likely brought less of what was measured.")
    names = ", ".join(str(GUARDS.get(name, name)) for name in one.harmed)
    return _("What must not get worse got worse: %(what)s.") % {"what": names}


def _roll_out(ground: Ground) -> Iterator[Advice]:
    for one in _latest(ground):
        helps = one.said is Said.VERY_LIKELY and not one.harmed
        if helps and one.lever not in ground.running:
            about = {"trial": one.name, "arm": one.arm_name}
            everybody = one.kind == "rollout"
            yield Advice(
                f"keep:{one.trial}:{one.arm}",
                _("Keep what “%(trial)s” brought to everybody.") % about
                if everybody
                else _("Let everybody have “%(arm)s” of “%(trial)s”.") % about,
                _("It very likely brought more of what was measured."),
                Grade.OWN_TRIAL,
                "trial-reading",
                one.trial,
            )


def _in_common(ground: Ground) -> Iterator[Advice]:
    """What several houses found, where our own trials have not told."""
    sure = {Said.VERY_LIKELY, Said.LIKELY_LESS, Said.VERY_LIKELY_LESS}
    told = {one.lever for one in _latest(ground) if one.said in sure or one.harmed}
    for one in ground.common:
        lever = LEVERS.get(one.about.lever)
        if lever is None or one.missing or one.said not in sure:
            continue
        if lever.key in told or lever.key in ground.running:
            continue
        words = _WITH_OURS if one.tried_here else _WITHOUT_OURS
        about = {"houses": one.houses, "said": WORDS[one.said]}
        harm = one.said.is_harm
        what = _("Do without this: %(lever)s.") if harm else _("Use this: %(lever)s.")
        yield Advice(
            f"common:{lever.key}:{one.about.outcome}:{one.said}",
            what % {"lever": lever.title},
            str(words) % about,
            Grade.POOLED_TRIALS,
            "trials-others",
        )


_WITH_OURS = gettext_lazy(
    "Trials by lot in %(houses)d organisations, read together with ours: %(said)s of "
    "what was measured."
)
_WITHOUT_OURS = gettext_lazy(
    "Trials by lot in %(houses)d other organisations say what to expect here: "
    "%(said)s of what was measured."
)


def _bring_web(ground: Ground) -> Iterator[Advice]:
    if not ground.has_web:
        yield Advice(
            "web",
            _("Bring in your web statistics."),
            _(
                "Our links count the visits they bring; whether people would have come "
                "anyway shows only beside all visits to the same pages."
            ),
            Grade.OPINION,
            "outside",
        )


def _hold_out(ground: Ground) -> Iterator[Advice]:
    held = [one for one in ground.tried if one.kind == "holdout" and one.sound]
    known = any(one.measured and ground.today - one.over <= FRESH for one in held)
    if ground.has_web and not known and ground.holding not in ground.running:
        yield Advice(
            "hold-out",
            _("Let a few new items, drawn by lot, wait some days."),
            _(
                "It is not known how many visits telling adds. Items that wait show "
                "what would have come anyway. Begin early: 25 large trials of "
                "advertising elsewhere still left wide intervals (Lewis & Rao 2015)."
            ),
            Grade.ANALOGOUS_TRIAL,
            "trials",
        )


def _again(ground: Ground) -> Iterator[Advice]:
    for one in _latest(ground):
        unsure = one.said in {Said.CANNOT_TELL, Said.LIKELY} and not one.harmed
        if unsure and one.lever not in ground.running:
            yield Advice(
                f"again:{one.trial}",
                _("Try “%(trial)s” once more, with more teams or for longer.")
                % {"trial": one.name},
                _("It could not tell. Twice as much, read together, tells more.")
                if one.said is Said.CANNOT_TELL
                else _("It likely helps. Once more makes it sure, or shows luck."),
                Grade.OWN_TRIAL,
                "trial-reading",
                one.trial,
            )
            return


def _try_something(ground: Ground) -> Iterator[Advice]:
    if not ground.running and not _latest(ground):
        yield Advice(
            "try",
            _("Give the next new thing to your teams in an order drawn by lot."),
            _(
                "Everybody gets it anyway, and you learn what it does. Elsewhere 126 "
                "trials at scale changed what 1.4 people in a hundred did, on average "
                "(DellaVigna & Linos 2022): small, so a lot is needed to see it."
            ),
            Grade.ANALOGOUS_TRIAL,
            "trials",
        )


RULES = (_stop, _roll_out, _in_common, _bring_web, _hold_out, _again, _try_something)
