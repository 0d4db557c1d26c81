"""Beginning an award, and a round of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.encouragement.award_templates import CRITERIA, MOST_CRITERIA, Days, Template
from pesue.encouragement.models import (
    Aside,
    Award,
    AwardCategory,
    AwardCriterion,
    AwardRound,
)
from pesue.guidance.models import Value
from pesue.people.models import Member, Team


class AwardRefused(Exception):
    """It cannot be done now; the text says why, and what can."""


@dataclass(frozen=True)
class Dates:
    """Of a round. Each is the last day of its part."""

    begins: date
    nominate_until: date
    judge_until: date
    vote_until: date
    publish_on: date

    @classmethod
    def after(cls, begins: date, days: Days, award: Award) -> "Dates":
        """What is not part of the award takes no days."""
        nominate = begins + timedelta(days=days.nominate)
        judge = nominate + timedelta(days=days.judge if award.has_jury else 0)
        vote = judge + timedelta(days=days.vote if award.has_vote else 0)
        return cls(begins, nominate, judge, vote, vote + timedelta(days=days.tell))

    def in_order(self) -> bool:
        return (
            self.begins <= self.nominate_until <= self.judge_until <= self.vote_until
            and self.vote_until < self.publish_on
        )


def begin(
    award: Award,
    categories: Sequence[tuple[str, str]],
    values: Sequence[Value],
    dates: Dates,
    *,
    by: Member | None,
    now: datetime,
) -> AwardRound:
    """A new award (not kept yet) with its first round, which waits to be called.

    Jurors score how the nominees live the values; where there are none, three
    questions of ours. Raises AwardRefused.
    """
    if not categories:
        raise AwardRefused(_("Name at least one category."))
    with transaction.atomic():
        award.by, award.made_at = by, now
        award.save(force_insert=True)
        AwardCategory.objects.bulk_create(
            AwardCategory(award=award, name=name, what=what, position=at)
            for at, (name, what) in enumerate(categories)
        )
        looked_at = [(str(value), value) for value in values[:MOST_CRITERIA]]
        AwardCriterion.objects.bulk_create(
            AwardCriterion(award=award, words=words, value=value, position=at)
            for at, (words, value) in enumerate(
                looked_at or [(str(words), None) for words in CRITERIA]
            )
        )
        return begin_round(award, dates, by=by, now=now)


def begin_from(
    template: Template,
    *,
    team: Team | None,
    by: Member,
    begins: date,
    now: datetime,
) -> AwardRound:
    """One of the ready-made awards, as it stands."""
    award = Award(
        name=str(template.name),
        purpose=str(template.purpose),
        rhythm=template.rhythm,
        team=team,
        jury_weight=template.jury_weight,
        months_here=template.months_here,
        months_between=template.months_between,
    )
    return begin(
        award,
        [(str(name), str(what)) for name, what in template.categories],
        list(Value.objects.all()[:MOST_CRITERIA]),
        Dates.after(begins, template.days, award),
        by=by,
        now=now,
    )


def begin_round(
    award: Award, dates: Dates, *, by: Member | None, now: datetime
) -> AwardRound:
    """Once more, or for the first time. Raises AwardRefused while another is open."""
    _check(dates)
    with transaction.atomic():
        Award.objects.select_for_update().get(pk=award.pk)  # two at once take turns
        if award.rounds.exclude(state__in=AwardRound.OVER).exists():
            raise AwardRefused(_("Another round of this award is not over yet."))
        return AwardRound.objects.create(
            award=award,
            by=by,
            state=AwardRound.State.CALL,
            state_since=now,
            **vars(dates),
        )


def again(award: Award, *, by: Member, now: datetime) -> AwardRound:
    """The next round, as long in each part as the last was, from tomorrow on."""
    last = award.rounds.first()
    if last is None:
        raise AwardRefused(_("This award has no round to go by."))
    later = localdate(now) + timedelta(days=1) - last.begins
    dates = Dates(**{name: getattr(last, name) + later for name in _NAMES})
    return begin_round(award, dates, by=by, now=now)


_NAMES = ("begins", "nominate_until", "judge_until", "vote_until", "publish_on")


def change_dates(found: AwardRound, dates: Dates, *, now: datetime) -> None:
    """Of what is not over yet. Raises AwardRefused for a part that is."""
    _check(dates)
    today, state = localdate(now), AwardRound.State
    past = {
        state.CALL: 0,
        state.NOMINATING: 1,
        state.JUDGING: 2,
        state.VOTING: 3,
        state.DECIDED: 4,
    }.get(state(found.state), 5)
    for at, name in enumerate(_NAMES):
        before, after = getattr(found, name), getattr(dates, name)
        if before != after and (at < past or after < today):
            raise AwardRefused(_("What is over cannot be moved, nor into the past."))
    rows = AwardRound.objects.filter(
        pk=found.pk, state=found.state, state_since=found.state_since, closed_at=None
    )
    if not rows.update(**vars(dates)):
        raise AwardRefused(_("It has just moved on. Look again."))


def _check(dates: Dates) -> None:
    if not dates.in_order():
        raise AwardRefused(
            _("The days are not in order: nominate, score, vote, then the result.")
        )


def put_aside(found: AwardRound, member: Member, *, now: datetime) -> None:
    """Not this call, or this vote: it is offered no more on Today. It stays where it
    is, and whoever changes their mind can still take part."""
    if found.state in (AwardRound.State.NOMINATING, AwardRound.State.VOTING):
        part = {"round": found, "member": member, "state": found.state}
        Aside.objects.get_or_create(**part, defaults={"at": now})
