"""What a survey said, once it was counted: nobody's answer can be found in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language

from pesue.foundation.counts import K
from pesue.people.models import Member, Team
from pesue.stats.proportions import Difference, Group, Share, difference, wilson
from pesue.surveys.instruments import texts
from pesue.surveys.models import Answer, Survey, SurveyQuestion, Tally
from pesue.surveys.scales import FACTORS, SCALES, SILENT, TEXT, Scale

STEP = 0.05  # shares are told to the nearest of these


@dataclass(frozen=True)
class Result:
    """What all who answered said to one question."""

    question: SurveyQuestion
    text: str
    shares: list[tuple[str, float]]  # the scale's label, and a rounded share
    good: Share | None  # who gave a good answer, of those who could say
    good_label: str | Promise
    teams: list[tuple[Team, float]]  # those that may be shown: rounded share of good
    change: Difference | None = None  # of that share since the wave before
    remarks: list[str] = field(default_factory=list)

    @property
    def points(self) -> list[tuple[str, int]]:
        """For a plot, in per cent."""
        return [(label, round(100 * share)) for label, share in self.shares]

    @property
    def percent(self) -> int:
        """Of those who could say, with the interval below."""
        return round(100 * self.good.share) if self.good else 0

    @property
    def low(self) -> int:
        return round(100 * self.good.low) if self.good else 0

    @property
    def high(self) -> int:
        return round(100 * self.good.high) if self.good else 0

    @property
    def moved(self) -> dict[str, int]:
        """The change in points, with its interval."""
        if self.change is None:
            return {}
        ends = ("estimate", "low", "high")
        return {name: round(100 * getattr(self.change, name)) for name in ends}


@dataclass(frozen=True)
class Results:
    survey: Survey
    rows: list[Result] = field(default_factory=list)  # empty: too few, or not counted
    before: Survey | None = None  # the wave that changes are told from


def asked_of(member: Member) -> QuerySet[Survey]:
    """Those that ask the member's team, one above it, or everybody."""
    mine = member.team.above() if member.team else []
    return Survey.objects.filter(Q(teams=None) | Q(teams__in=mine)).distinct()


def waiting_for(member: Member, *, today: date, kind: str = "") -> Survey | None:
    """A survey (of a kind) that is open to the member and not answered by them."""
    done = Answer.objects.filter(survey=OuterRef("pk"), member=member)
    rows = asked_of(member).filter(~Exists(done), opens__lte=today).exclude(key="")
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(closes__gte=today).order_by("closes", "pk").first()


def surveys(kind: str = "") -> QuerySet[Survey]:
    rows = Survey.objects.order_by("-closes", "-pk")
    return rows.filter(kind=kind) if kind else rows


def newest_counted(kind: str) -> Survey | None:
    return surveys(kind).filter(counted_at__isnull=False, people__gte=K).first()


def has_answered(survey: Survey, member: Member) -> bool:
    return Answer.objects.filter(survey=survey, member=member).exists()


def results(survey: Survey) -> Results:
    """By question, and by team where that betrays nobody. Nothing until counted."""
    if survey.counted_at is None or survey.people < K:
        return Results(survey)
    before = _wave_before(survey)
    told, earlier = _tallies(survey), whole_by_item(before)
    teams = {team.pk: team for team in Team.objects.order_by("path")}
    rows = []
    for question in survey.questions.prefetch_related("remarks"):
        by_team = told.get(question.pk, {})
        if question.scale == TEXT:
            rows.append(_remarks(question))
        elif None in by_team:
            rows.append(_result(question, by_team, teams, earlier.get(question.about)))
    return Results(survey, rows, before)


def _wave_before(survey: Survey) -> Survey | None:
    """The one of its kind before it, asked of the same teams."""
    asked = set(survey.teams.values_list("pk", flat=True))
    earlier = surveys(survey.kind).filter(
        closes__lt=survey.opens, counted_at__isnull=False, people__gte=K
    )
    same = (
        one
        for one in earlier.prefetch_related("teams")[:5]
        if {team.pk for team in one.teams.all()} == asked
    )
    return next(same, None)


Told = dict[int, dict[int | None, dict[str, int]]]  # question, team, choice: people


def _tallies(survey: Survey) -> Told:
    told: Told = {}
    rows = Tally.objects.filter(question__survey=survey)
    for question, team, choice, people in rows.values_list(
        "question", "team", "choice", "people"
    ):
        told.setdefault(question, {}).setdefault(team, {})[choice] = people
    return told


def whole_by_item(survey: Survey | None) -> dict[str, dict[str, int]]:
    """What all said, by what a question is about; no team."""
    found: dict[str, dict[str, int]] = {}
    rows = Tally.objects.filter(question__survey=survey, team=None)
    for about, choice, people in rows.values_list(
        "question__about", "choice", "people"
    ):
        found.setdefault(about, {})[choice] = people
    return found


def _remarks(question: SurveyQuestion) -> Result:
    words = [remark.words for remark in question.remarks.all()]
    return Result(question, _text(question), [], None, "", [], remarks=words)


def _result(
    question: SurveyQuestion,
    by_team: Mapping[int | None, Mapping[str, int]],
    teams: Mapping[int, Team],
    earlier: Mapping[str, int] | None,
) -> Result:
    scale = SCALES[question.scale]
    whole = by_team[None]
    found = [
        (team, good)
        for pk, team in teams.items()
        if pk in by_team and (good := _good(scale, by_team[pk]))
    ]
    total = sum(whole.values())
    return Result(
        question,
        _text(question),
        [
            (str(label), _rounded(whole.get(key, 0) / total))
            for key, label in scale.choices
        ],
        _good(scale, whole),
        scale.good_label,
        [(team, _rounded(good.share)) for team, good in found],
        _change(scale, earlier, whole),
    )


def _text(question: SurveyQuestion) -> str:
    return question.asked(get_language() or "en")


def _good(scale: Scale, told: Mapping[str, int]) -> Share | None:
    """Of those who could say; None where they are too few to be shown."""
    group = _group(scale, told)
    if not scale.good or group.people < K:
        return None
    return wilson(group.did, group.people)


def _group(scale: Scale, told: Mapping[str, int]) -> Group:
    said = sum(people for key, people in told.items() if key != SILENT)
    return Group(people=said, did=sum(told.get(key, 0) for key in scale.good))


def _change(
    scale: Scale, earlier: Mapping[str, int] | None, whole: Mapping[str, int]
) -> Difference | None:
    """The interval takes the waves for different people: where they are the same ones
    it is, if anything, too wide."""
    if not earlier or not scale.good:
        return None
    a, b = _group(scale, earlier), _group(scale, whole)
    return difference(a, b) if a.people >= K and b.people >= K else None


def _rounded(share: float) -> float:
    return round(share / STEP) * STEP


def quality(survey: Survey) -> list[dict[str, Any]]:
    """How well its items measure, by factor, and whether that is enough."""
    return judged(survey.quality)


def judged(quality: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The same of figures of `quality.quality_of`."""
    found, factors = [], quality.get("factors", {})
    for name in (name for name in FACTORS if name in factors):  # JSON has no order
        told = factors[name]
        estimate, low, _high = told["alpha"]
        items = told.get("items", {})
        weak = [key for key, r in items.items() if r < 0.30]
        fine = estimate >= 0.70 and low >= 0.60 and not weak
        asked = [texts(get_language() or "en")[key] for key in weak]
        found.append({"name": FACTORS[name], **told, "weak": asked, "fine": fine})
    return found
