"""What moves a community, what it gets, and which mix would suit it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from pesue.encouragement import mix
from pesue.encouragement.given import KINDS, SUITS, WORDS
from pesue.encouragement.levers import MIX
from pesue.encouragement.mix import ORDINARY, Mix, Sentence
from pesue.encouragement.models import GivenShare, MotiveShare, Prediction
from pesue.encouragement.motives import EVEN, FEWEST_TOLD, ITEMS, MOTIVES, STRONGEST
from pesue.encouragement.prediction import is_dropped
from pesue.people.access import within
from pesue.people.models import Member, Team
from pesue.stats.proportions import Share, wilson
from pesue.surveys.models import Survey, Tally
from pesue.surveys.queries import newest_counted
from pesue.surveys.queries.asked import judged
from pesue.surveys.scales import AGREE, FACTORS, SILENT
from pesue.trials.graded import GRADES
from pesue.trials.models import Trial
from pesue.trials.queries import arm, running

Shares = list[tuple[str, Share]]  # by motive
STEP = 5  # per cent that shares are told to, and people that groups are


@dataclass(frozen=True)
class Told:
    """One motive's share, in per cent."""

    motive: str
    label: str | Promise
    percent: int
    low: int
    high: int


@dataclass(frozen=True)
class Community:
    """A team and all below it; the whole house without a team."""

    team: Team | None
    on: date
    people: int  # at least
    shares: list[Told]
    agreeing: bool  # of a survey: who agrees, so that shares add up to no whole
    motive: str  # of most; "" where none stands out
    given: list[tuple[str | Promise, int | None]]  # per 100 people in a month
    lacks: bool  # what suits them is what they get least of

    @property
    def most(self) -> str | Promise:
        return FACTORS.get(self.motive, "")

    @property
    def mix(self) -> Mix:
        return mix.proposed(self.motive)

    @property
    def order(self) -> list[str | Promise]:
        return [WORDS[kind] for kind in self.mix.order]

    @property
    def advice(self) -> list[tuple[Sentence, str | Promise]]:
        """Each sentence with the grade of what it rests on, in words."""
        return [(one, GRADES[one.grade]) for one in mix.sentences(self.motive)]


def communities(paths: list[str] | None) -> list[Community]:
    """Those within these subtrees of which something may be told, in the tree's order.

    `paths` None means all, and the whole house with them. Of each the profiles, where
    they were released; else what it said in the newest survey.
    """
    teams = list(Team.objects.filter(within(paths, "path")).order_by("path"))
    places: list[Team | None] = [None, *teams] if paths is None else [*teams]
    ids = {team.pk for team in teams}
    released = {
        row.team_id: row
        for row in MotiveShare.objects.filter(shown=True)
        if row.team_id is None or row.team_id in ids
    }
    survey = newest_counted("motives") or newest_counted("annual")
    asked = _agreeing(survey) if survey else {}
    month, given = _given()
    dropped = profiles_are_dropped()
    found: list[Community] = []
    for team in places:
        pk = team.pk if team else None
        got = given.get(pk, {}) if month else None
        if pk in released:
            row = released[pk]
            found.append(_community(team, row.on, _profiles(row), got, dropped=dropped))
        elif survey and pk in asked:
            day, told = survey.closes, asked[pk]
            found.append(
                _community(team, day, told, got, agreeing=True, dropped=dropped)
            )
    return found


def _community(
    team: Team | None,
    on: date,
    told: Shares,
    got: Mapping[str, int] | None,
    *,
    agreeing: bool = False,
    dropped: bool,
) -> Community:
    motive = "" if dropped else _most(told, agreeing)
    return Community(
        team,
        on,
        told[0][1].of // STEP * STEP,
        [_told(name, share) for name, share in told],
        agreeing,
        motive,
        [(WORDS[kind], got.get(kind)) for kind in KINDS] if got is not None else [],
        _lacks(motive, got or {}),
    )


def _profiles(row: MotiveShare) -> Shares:
    return [(name, wilson(getattr(row, name), row.people)) for name in (*MOTIVES, EVEN)]


def _agreeing(survey: Survey) -> dict[int | None, Shares]:
    """By team, the share of those who agree with a motive's items, on average.

    Each interval is of so many people as answered: three answers of one are not three
    people.
    """
    tallies: dict[tuple[int | None, str], dict[str, int]] = {}
    rows = Tally.objects.filter(question__survey=survey)
    for team, about, choice, people in rows.values_list(
        "team", "question__about", "choice", "people"
    ):
        tallies.setdefault((team, about), {})[choice] = people
    found: dict[int | None, Shares] = {}
    for place in {team for team, _about in tallies}:
        told = [(m, _agree([tallies.get((place, k)) for k in ITEMS[m]])) for m in ITEMS]
        whole = [(m, share) for m, share in told if share]
        if len(whole) == len(MOTIVES):
            found[place] = whole
    return found


def _agree(items: list[dict[str, int] | None]) -> Share | None:
    """None where an item is not told, or fewer than FEWEST_TOLD could say."""
    could, did = [], []
    for item in items:
        said = {key: n for key, n in (item or {}).items() if key != SILENT}
        could.append(sum(said.values()))
        did.append(sum(n for key, n in said.items() if key in AGREE.good))
    if min(could) < FEWEST_TOLD:
        return None
    return wilson(sum(did) // len(did), sum(could) // len(could))


def _most(told: Shares, agreeing: bool) -> str:
    """The motive of most; of agreeing, one whose interval lies above the others'."""
    if not agreeing:
        return mix.majority([one for one in told if one[0] != EVEN])
    [first, second, _last] = sorted(told, key=lambda one: -one[1].share)
    return first[0] if first[1].low > second[1].share else ""


def _told(name: str, share: Share) -> Told:
    label = dict(STRONGEST.choices)[name]
    ends = [share.share, share.low, share.high]
    return Told(name, label, *(STEP * round(100 * end / STEP) for end in ends))


def _given() -> tuple[date | None, dict[int | None, dict[str, int]]]:
    """Per 100 people, by team and kind, in the last month that was counted."""
    newest = GivenShare.objects.order_by("-month").first()
    found: dict[int | None, dict[str, int]] = {}
    if newest is None:
        return None, found
    for row in GivenShare.objects.filter(month=newest.month):
        found.setdefault(row.team_id, {})[row.kind] = row.per_hundred
    return newest.month, found


def _lacks(motive: str, got: Mapping[str, int]) -> bool:
    kind = SUITS.get(motive, "")
    others = [number for name, number in got.items() if name != kind]
    return kind in got and bool(others) and got[kind] < min(others)


@dataclass(frozen=True)
class Quality:
    """How well the questions measure: by motive, and into how many groups they fall."""

    factors: list[dict[str, object]]
    groups: int | None
    people: int | None


def quality() -> Quality | None:
    """Of the profiles; None below 30, or where nothing was released."""
    row = MotiveShare.objects.filter(team=None, shown=True).first()
    if row is None or not row.quality.get("factors"):
        return None
    motives = row.quality.get("motives", {})
    return Quality(judged(row.quality), motives.get("factors"), motives.get("n"))


def predictions() -> list[Prediction]:
    """Newest first."""
    return list(Prediction.objects.select_related("trial").order_by("-at", "-pk"))


def profiles_are_dropped() -> bool:
    """Whether the last trials have shown that they foretell nothing."""
    rows = Prediction.objects.filter(p__isnull=False).order_by("-at", "-pk")
    return is_dropped(list(rows.values_list("foretold", flat=True)[:5]))


def running_trial() -> Trial | None:
    found: Trial | None = running(MIX.key)
    return found


def mix_for(member: Member, now: datetime) -> Mix:
    """The mix that meets the member: the ordinary one, or their community's in a trial.

    A trial's arm has {"orders": [[path, kinds]]}; of the teams above the member the
    nearest counts, and "/" is the whole house.
    """
    given = arm(MIX.key, member, now)
    if given is None or given.is_control:
        return ORDINARY
    path = member.team.path if member.team else "/"
    within = [
        (place, kinds)
        for place, kinds in given.payload.get("orders", ())
        if path.startswith(place)
    ]
    _place, kinds = max(within, key=lambda one: len(one[0]), default=("", ()))
    return Mix(tuple(kinds)) if set(kinds) == set(KINDS) else ORDINARY
