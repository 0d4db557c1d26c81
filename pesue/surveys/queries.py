"""What a survey said, once it has closed, so that nobody's answer can be found."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from pesue.foundation.counts import K
from pesue.people.models import Member, Team
from pesue.stats.proportions import Share, wilson
from pesue.stats.protection import Node, may_be_shown
from pesue.surveys.models import Answered, Survey, SurveyQuestion, Tally
from pesue.surveys.scales import SCALES, Scale

STEP = 0.05  # shares are told to the nearest of these


@dataclass(frozen=True)
class Result:
    """What all who answered said to one question."""

    question: SurveyQuestion
    shares: list[tuple[str, float]]  # the scale's label, and a rounded share
    best: Share | None  # who chose the best answer, of those who could say
    teams: list[tuple[Team, float]]  # those that may be shown: rounded share of best

    @property
    def points(self) -> list[tuple[str, int]]:
        """For a plot, in per cent."""
        return [(label, round(100 * share)) for label, share in self.shares]

    @property
    def low(self) -> int:
        return round(100 * self.best.low) if self.best else 0

    @property
    def high(self) -> int:
        return round(100 * self.best.high) if self.best else 0


@dataclass(frozen=True)
class Results:
    survey: Survey
    people: int  # who answered
    rows: list[Result] = field(default_factory=list)  # empty: too few, or still open


def asked_of(member: Member) -> QuerySet[Survey]:
    """Those that ask the member's team, one above it, or everybody."""
    mine = member.team.above() if member.team else []
    return Survey.objects.filter(Q(teams=None) | Q(teams__in=mine)).distinct()


def waiting_for(member: Member, *, today: date) -> Survey | None:
    """A survey that is open to the member and not answered by them."""
    done = Answered.objects.filter(survey=OuterRef("pk"), member=member)
    rows = asked_of(member).filter(~Exists(done), opens__lte=today)
    return rows.filter(closes__gte=today).order_by("closes", "pk").first()


def surveys(kind: str) -> QuerySet[Survey]:
    return Survey.objects.filter(kind=kind).order_by("-closes", "-pk")


def newest_closed(kind: str, *, today: date) -> Survey | None:
    return surveys(kind).filter(closes__lt=today).first()


def results(survey: Survey, *, today: date) -> Results:
    """By question, and by team where that betrays nobody. Nothing while it is open."""
    people = survey.answered.count()
    if survey.closes >= today or people < K:
        return Results(survey, people)
    scale = SCALES[survey.kind]
    told = _tallies(survey)
    shown = _teams_shown(told)
    rows = [
        _result(question, scale, told.get(question.pk, {}), shown)
        for question in survey.questions.all()
    ]
    return Results(survey, people, rows)


Told = dict[int, dict[int | None, dict[str, int]]]  # question, team, choice: people


def _tallies(survey: Survey) -> Told:
    told: Told = {}
    rows = Tally.objects.filter(question__survey=survey)
    for question, team, choice, people in rows.values_list(
        "question", "team", "choice"
    ).annotate(people=Sum("people")):
        told.setdefault(question, {}).setdefault(team, {})[choice] = people
    return told


def _teams_shown(told: Told) -> list[tuple[Team, list[int]]]:
    """Teams that may be shown, each with the ids of all teams inside it.

    Everybody answers every question, so the first tells how many of a team did.
    """
    if not told:
        return []
    first = next(iter(told.values()))
    teams = {team.pk: team for team in Team.objects.all()}
    tree = _tree(teams, {team: sum(by.values()) for team, by in first.items()})
    keys = may_be_shown(tree, K)
    return [
        (team, [one.pk for one in teams.values() if one.path.startswith(team.path)])
        for team in sorted(teams.values(), key=lambda team: team.path)
        if team.pk in keys
    ]


def _tree(teams: dict[int, Team], people: dict[int | None, int]) -> Node:
    """The teams as figures; people are counted, so numbers stand for them."""
    children: dict[int | None, list[int]] = {}
    for team in teams.values():
        children.setdefault(team.parent_id, []).append(team.pk)
    begun = 0

    def node(team: int | None) -> Node:
        nonlocal begun
        here = people.get(team, 0)
        own = frozenset(range(begun, begun + here))
        begun += here
        return Node(team or "all", own, tuple(map(node, children.get(team, []))))

    return node(None)


def _result(
    question: SurveyQuestion,
    scale: Scale,
    by_team: dict[int | None, dict[str, int]],
    shown: list[tuple[Team, list[int]]],
) -> Result:
    whole = _sum(scale, list(by_team.values()))
    found = [
        (team, _best(scale, _sum(scale, [by_team.get(one, {}) for one in inside])))
        for team, inside in shown
    ]
    teams = [(team, _rounded(share.share)) for team, share in found if share]
    if any(share and share.share in (0, 1) for _team, share in found):
        teams = []  # where all of a team said the same, each one's answer is known
    total = sum(whole.values())
    shares = [
        (str(label), _rounded(whole[key] / total)) for key, label in scale.choices
    ]
    return Result(question, shares, _best(scale, whole), teams)


def _sum(scale: Scale, parts: list[dict[str, int]]) -> dict[str, int]:
    return {key: sum(part.get(key, 0) for part in parts) for key in scale.keys}


def _best(scale: Scale, told: dict[str, int]) -> Share | None:
    """Of those who could say; None where they are too few to be shown."""
    said = sum(people for key, people in told.items() if key != scale.silent)
    return wilson(told[scale.best], said) if said >= K else None


def _rounded(share: float) -> float:
    return round(share / STEP) * STEP
