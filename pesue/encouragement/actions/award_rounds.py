"""Moving a round on, a step at a time, and deciding it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe
from statistics import median

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.encouragement.actions.awards import AwardRefused
from pesue.encouragement.actions.ballots import CODE
from pesue.encouragement.actions.juries import seat_standing_jurors
from pesue.encouragement.deciding import (
    BLANK,
    FEWEST_SCORES,
    Decided,
    decided,
    most_winners,
    shown,
)
from pesue.encouragement.models import AwardNominee, AwardRound, Voter, Win
from pesue.encouragement.queries import juries
from pesue.encouragement.queries.awards import (
    categories,
    on_ballot,
    scope,
    standing,
    voted_so_far,
)
from pesue.foundation.counts import K
from pesue.foundation.moves import ForbiddenMove, LostRace

State = AwardRound.State
FIRST_TOLD = timedelta(days=1)  # winners know it before others do
GOOD = 3.0  # of 5, that somebody who stands alone needs from the jury
MOST_NEXT = 2  # runners-up asked whether they want to be named


@dataclass(frozen=True)
class Ballots:
    """What was in the boxes, opened together. It is counted and then gone."""

    said: Sequence[Mapping[str, str]]
    unread: int = 0  # boxes that could not be opened

    def chosen(self, category: int, among: Sequence[int]) -> Counter[int]:
        """How many chose whom; a choice of somebody who stands no more is of nobody."""
        known = {str(nominee): nominee for nominee in among}
        found = Counter(dict.fromkeys([*among, BLANK], 0))
        found.update(known.get(one.get(str(category), ""), BLANK) for one in self.said)
        return found

    def codes(self) -> list[str]:
        """In alphabetical order, which tells nothing: they are drawn by chance."""
        return sorted(one.get(CODE, "") for one in self.said)


@dataclass
class Result:
    """Of a round, by category, as it will be kept."""

    wins: list[Win] = field(default_factory=list)
    outcome: dict[str, str] = field(default_factory=dict)
    votes: dict[str, object] = field(default_factory=dict)


def go_on(found: AwardRound, *, now: datetime) -> None:
    """The next step. Raises AwardRefused with what is missing."""
    ways: dict[str, Callable[[AwardRound, datetime], None]] = {
        State.CALL: _call,
        State.NOMINATING: _close_list,
        State.JUDGING: _close_jury,
        State.VOTING: _close_vote,
        State.DECIDED: _publish,
    }
    way = ways.get(found.state)
    if way is None:
        raise AwardRefused(_("This round is over."))
    with transaction.atomic():
        way(found, now)


def call_off(found: AwardRound, *, now: datetime) -> None:
    """It ends with no result; ballots are destroyed unread."""
    with transaction.atomic():
        _move(found, State.OFF, now)
        Voter.objects.filter(round=found).delete()


def _move(found: AwardRound, to: str, now: datetime, **also: object) -> None:
    try:
        found.move(to, now=now, **also)
    except (ForbiddenMove, LostRace) as error:
        raise AwardRefused(_("It has just moved on. Look again.")) from error


def _call(found: AwardRound, now: datetime) -> None:
    people, wanted = scope(found.award).count(), len(categories(found))
    if people < K:
        raise AwardRefused(
            _("An award needs at least %(k)d people to be for.") % {"k": K}
        )
    if wanted > most_winners(people):
        raise AwardRefused(
            _(
                "%(wanted)d winners among %(people)d people are too many: an award "
                "honours where it is rare. %(most)d at most."
            )
            % {"wanted": wanted, "people": people, "most": most_winners(people)}
        )
    if found.nominate_until < localdate(now):
        raise AwardRefused(_("Its days are over. Choose new ones first."))
    if found.award.has_jury:
        seat_standing_jurors(found, now=now)
    _move(found, State.NOMINATING, now, begins=min(found.begins, localdate(now)))


def _close_list(found: AwardRound, now: datetime) -> None:
    if not standing(found):
        raise AwardRefused(
            _("Nobody stands yet. Give it some more days, or call it off.")
        )
    if not found.award.has_jury:
        _open_vote(found, now)
        return
    seat_standing_jurors(found, now=now)
    _need_jurors(juries.bench(found))
    _move(found, State.JUDGING, now)


def _need_jurors(seen: juries.Bench) -> None:
    for one in seen.nominees:
        if seen.free(one) < FEWEST_SCORES:
            raise AwardRefused(
                _(
                    "%(name)s has fewer than %(number)d jurors who are not too near. "
                    "Invite another one."
                )
                % {"name": one, "number": FEWEST_SCORES}
            )


def _close_jury(found: AwardRound, now: datetime) -> None:
    seen = juries.bench(found)
    scores = seen.scores()
    for one in seen.nominees:
        if len(scores[one.pk]) < FEWEST_SCORES:
            raise AwardRefused(
                _(
                    "Fewer than %(number)d jurors have scored %(name)s. Give the jury "
                    "some more days, or invite another juror."
                )
                % {"name": one, "number": FEWEST_SCORES}
            )
    if found.award.has_vote and on_ballot(found):
        _open_vote(found, now)
    else:
        decide(found, None, now=now)


def _open_vote(found: AwardRound, now: datetime) -> None:
    """The worker makes the roll and the key within seconds."""
    if not on_ballot(found):
        raise AwardRefused(
            _("One alone is no choice. Give it some more days, or call it off.")
        )
    _move(found, State.VOTING, now)


def _close_vote(found: AwardRound, now: datetime) -> None:
    """No ballot after this one moment; the worker counts them within seconds."""
    if localdate(now) <= found.vote_until and voted_so_far(found) < K:
        raise AwardRefused(
            _("Fewer than %(k)d have voted: closed now, nothing could be counted.")
            % {"k": K}
        )
    close(found, now=now)


def close(found: AwardRound, *, now: datetime) -> None:
    """Waits for ballots that are being put in. Twice is once."""
    with transaction.atomic():
        rows = AwardRound.objects.select_for_update().filter(pk=found.pk)
        rows.filter(state=State.VOTING, closed_at=None).update(closed_at=now)


def _publish(found: AwardRound, now: datetime) -> None:
    if found.decided_at is None or now < found.decided_at + FIRST_TOLD:
        raise AwardRefused(
            _("The winners have a day to choose how it is shown. Publish it then.")
        )
    _move(found, State.PUBLISHED, now, published_at=now)


def decide(found: AwardRound, ballots: Ballots | None, *, now: datetime) -> bool:
    """Add up what people scored and voted, once; False where it was done before.

    The ballots go in the same moment in which their result is kept.
    """
    with transaction.atomic():
        made = _result(found, ballots)
        also: dict[str, object] = {
            "outcome": made.outcome,
            "votes": made.votes,
            "decided_at": now,
        }
        if ballots is not None and len(ballots.said) >= K:
            also["voted"] = len(ballots.said)
            also["codes"] = ballots.codes()
            also["unread"] = ballots.unread
        try:
            found.move(State.DECIDED, now=now, **also)
        except (ForbiddenMove, LostRace):
            return False
        Win.objects.bulk_create(made.wins)
        Voter.objects.filter(round=found).delete()
    return True


def _result(found: AwardRound, ballots: Ballots | None) -> Result:
    made = Result()
    seen = juries.bench(found)
    scores = seen.scores() if found.award.has_jury else None
    most = most_winners(scope(found.award).count())
    by_pk = {one.pk: one for one in seen.nominees}
    for category in categories(found):
        nominees = [one.pk for one in seen.nominees if one.category_id == category.pk]
        votes = _votes(ballots, category.pk, nominees)
        came = decided(
            nominees,
            scores=scores,
            votes=votes,
            weight=found.award.weight,
            tie=found.award.tie,  # type: ignore[arg-type]
        )
        left = most - sum(not win.runner_up for win in made.wins)
        why = _why_nobody(found, nominees, came, scores, left)
        winners = () if why else came.winners
        if why:
            made.outcome[str(category.pk)] = why
        following = came.next if winners and len(came.next) <= MOST_NEXT else ()
        told = shown(votes) if votes else {}
        made.wins += [
            _win(found, by_pk[pk], told.get(pk), runner_up=pk in following)
            for pk in (*winners, *following)
        ]
        if votes:
            of_others = [n for pk, n in told.items() if pk not in (*winners, BLANK)]
            made.votes[str(category.pk)] = {
                "people": sum(votes.values()),
                "others": sorted(of_others, reverse=True),
            }
    return made


def _votes(
    ballots: Ballots | None, category: int, nominees: Sequence[int]
) -> Counter[int] | None:
    """None where there was nothing to choose, or too few chose somebody."""
    if ballots is None or len(ballots.said) < K or len(nominees) < 2:
        return None
    votes = ballots.chosen(category, nominees)
    return votes if sum(votes.values()) - votes[BLANK] >= K else None


def _why_nobody(
    found: AwardRound,
    nominees: Sequence[int],
    came: Decided,
    scores: Mapping[int, Sequence[float]] | None,
    left: int,
) -> str:
    """A key of queries.awards.NOBODY; empty where somebody won."""
    if not nominees:
        return "nobody"
    if len(nominees) == 1:
        mine = scores.get(nominees[0]) if scores else None
        return "" if mine and median(mine) >= GOOD else "alone"
    if not came.winners:
        return "lost" if found.lost else "turnout"
    return "level" if len(came.winners) > left else ""


def _win(
    found: AwardRound, nominee: AwardNominee, votes: int | None, *, runner_up: bool
) -> Win:
    """Winners are named unless they say no; who came next only if they say yes."""
    said = list(nominee.nominations.all())
    return Win(
        round=found,
        category_id=nominee.category_id,
        member=nominee.member,
        team=nominee.team,
        story=nominee.story,
        runner_up=runner_up,
        why=said[0].why if said else "",
        votes=votes,
        named=not runner_up,
        code=token_urlsafe(16),
    )
