"""What a jury has scored, and who keeps out of what. No score is shown too early."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from pesue.encouragement.deciding import FEWEST_SCORES
from pesue.encouragement.models import (
    AwardNominee,
    AwardRound,
    Conflict,
    Judgement,
    Juror,
    Nomination,
)
from pesue.encouragement.queries.awards import standing
from pesue.people.models import Member

State = AwardRound.State


class Near(StrEnum):
    """Why a juror keeps out of a nominee's scores, by the rule."""

    NOMINATED = "nominated"
    STANDS = "stands"
    TEAM = "team"
    DECLARED = "declared"

    def words(self) -> str:
        return {
            Near.NOMINATED: _("You named them yourself."),
            Near.STANDS: _("You stand in this category yourself."),
            Near.TEAM: _("You are in the same team."),
            Near.DECLARED: _("You said that you are too near to them."),
        }[self]


def jurors(found: AwardRound) -> list[Juror]:
    rows = Juror.objects.filter(round=found, member__state=Member.State.ACTIVE)
    return list(rows.select_related("member__team"))


def near(
    found: AwardRound,
    members: Iterable[Member],
    nominees: Iterable[AwardNominee],
) -> dict[tuple[int, int], Near]:
    """(juror's member, nominee): why they keep out. Who is not in it may score.

    Somebody who stands in a category scores nobody in it, as they would their rivals.
    """
    rows = Nomination.objects.filter(nominee__round=found)
    named = set(rows.values_list("by", "nominee"))
    said = Conflict.objects.filter(nominee__round=found)
    declared = set(said.values_list("member", "nominee"))
    nominees = list(nominees)
    stands: set[tuple[int, int]] = set()
    for member in members:
        for one in nominees:
            if _is(one, member):
                stands.add((member.pk, one.category_id))
    found_near: dict[tuple[int, int], Near] = {}
    for member in members:
        for one in nominees:
            pair = (member.pk, one.pk)
            if (member.pk, one.category_id) in stands:
                found_near[pair] = Near.STANDS
            elif pair in named:
                found_near[pair] = Near.NOMINATED
            elif _of_one_team(one, member):
                found_near[pair] = Near.TEAM
            elif pair in declared:
                found_near[pair] = Near.DECLARED
    return found_near


def _is(nominee: AwardNominee, member: Member) -> bool:
    mine = nominee.team_id is not None and nominee.team_id == member.team_id
    return nominee.member_id == member.pk or mine


def _of_one_team(nominee: AwardNominee, juror: Member) -> bool:
    """In the team of somebody who stands; or in a team that stands, or one below it."""
    if juror.team is None:
        return False
    if nominee.team:
        return juror.team.path.startswith(nominee.team.path)
    return nominee.member is not None and nominee.member.team_id == juror.team_id


@dataclass(frozen=True)
class Bench:
    """A round's jury at one moment, read at once."""

    jurors: list[Juror]
    nominees: list[AwardNominee]
    near: dict[tuple[int, int], Near]
    judged: dict[tuple[int, int], Judgement]  # (member, nominee), those that count

    def free(self, nominee: AwardNominee) -> int:
        """Jurors who may score the nominee."""
        return sum((one.member_id, nominee.pk) not in self.near for one in self.jurors)

    def wanted(self, member_id: int) -> list[AwardNominee]:
        return [one for one in self.nominees if (member_id, one.pk) not in self.near]

    def done(self, member_id: int) -> int:
        mine = self.wanted(member_id)
        return sum((member_id, one.pk) in self.judged for one in mine)

    def scores(self) -> dict[int, list[float]]:
        """Each nominee's means, one a juror; none of somebody who keeps out."""
        found: dict[int, list[float]] = {one.pk: [] for one in self.nominees}
        for (_member, nominee), judgement in self.judged.items():
            found[nominee].append(judgement.mean)
        return found

    @property
    def is_enough(self) -> bool:
        """Whether each nominee has been scored by as many as it takes to decide."""
        return all(len(mine) >= FEWEST_SCORES for mine in self.scores().values())

    @property
    def is_complete(self) -> bool:
        """Whether all have scored all they may."""
        return self.is_enough and all(
            self.done(one.member_id) == len(self.wanted(one.member_id))
            for one in self.jurors
        )


def bench(found: AwardRound) -> Bench:
    """What was scored by somebody who keeps out, now or since, is not in it."""
    sitting, nominees = jurors(found), standing(found)
    apart = near(found, [one.member for one in sitting], nominees)
    rows = Judgement.objects.filter(
        nominee__in=[one.pk for one in nominees],
        member__in=[one.member_id for one in sitting],
    )
    judged = {(row.member_id, row.nominee_id): row for row in rows}
    counts = {pair: row for pair, row in judged.items() if pair not in apart}
    return Bench(sitting, nominees, apart, counts)


def is_revealed(found: AwardRound, seen: Bench, *, today: date) -> bool:
    """Whether jurors see each other's scores: all have scored, or the time is over.

    From then on nobody may change theirs. While scores that it takes are missing, they
    are neither shown nor closed, whatever the day.
    """
    if found.state != State.JUDGING:
        return found.state not in (State.CALL, State.NOMINATING)
    over = today > found.judge_until and seen.is_enough
    return over or seen.is_complete


@dataclass(frozen=True)
class Sheet:
    """A nominee as one juror sees them."""

    nominee: AwardNominee
    near: Near | None
    mine: Judgement | None
    others: list[Judgement]  # in no order of jurors; none before it is revealed


def sheets(found: AwardRound, member: Member, *, today: date) -> list[Sheet]:
    seen = bench(found)
    open_now = is_revealed(found, seen, today=today)
    rows = []
    for one in seen.nominees:
        why = seen.near.get((member.pk, one.pk))
        others = [
            judgement
            for (juror, nominee), judgement in seen.judged.items()
            if open_now and nominee == one.pk and juror != member.pk
        ]
        mine = seen.judged.get((member.pk, one.pk))
        rows.append(Sheet(one, why, mine, [] if why else others))
    return rows
