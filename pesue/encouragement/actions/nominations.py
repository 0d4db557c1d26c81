"""Naming a colleague, and their own yes or no."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.content.models import Story
from pesue.encouragement.actions.awards import AwardRefused
from pesue.encouragement.messages import awards as messages
from pesue.encouragement.models import (
    AwardCategory,
    AwardNominee,
    AwardRound,
    Nomination,
)
from pesue.encouragement.queries import eligibility
from pesue.encouragement.queries.awards import is_in_scope
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.guidance.models import Value
from pesue.people.models import Member, Team

State = AwardNominee.State
EACH = 3  # nominations of one colleague in a round: who names everybody names nobody


@dataclass(frozen=True)
class Named:
    """Whom somebody names: one of the three."""

    member: Member | None = None
    team: Team | None = None
    story: Story | None = None


def nominate(
    found: AwardRound,
    category: AwardCategory,
    named: Named,
    *,
    by: Member,
    why: str,
    value: Value | None = None,
    now: datetime,
) -> Nomination:
    """Name somebody, or add one's words to theirs who named them before.

    Whoever is named for the first time is asked whether they stand; once. Raises
    AwardRefused with the reason in words.
    """
    today = localdate(now)
    who = named.story.author if named.story else named.member
    with transaction.atomic():
        open_now = AwardRound.objects.select_for_update().filter(
            pk=found.pk,
            state=AwardRound.State.NOMINATING,
            begins__lte=today,
            nominate_until__gte=today,
        )
        if not open_now.exists() or category.award_id != found.award_id:
            raise AwardRefused(_("Nominations are not open now."))
        _check(found, who, named.team, by=by, today=today)
        nominee = _nominee(found, category, who, named, now)
        try:
            with transaction.atomic():
                made = Nomination.objects.create(
                    nominee=nominee, by=by, why=why, value=value, at=now
                )
        except IntegrityError as error:
            raise AwardRefused(_("You have named them already.")) from error
    return made


def _check(
    found: AwardRound,
    who: Member | None,
    team: Team | None,
    *,
    by: Member,
    today: date,
) -> None:
    if not is_in_scope(found.award, by):
        raise AwardRefused(_("This award is for others."))
    mine = Nomination.objects.filter(nominee__round=found, by=by).count()
    if mine >= EACH:
        raise AwardRefused(
            _("You have named %(number)d already: that is all there is.")
            % {"number": EACH}
        )
    if (who and who.pk == by.pk) or (team and team.pk == by.team_id):
        raise AwardRefused(_("Name others: somebody else may name you."))
    why = _("Choose whom you name.")
    if who is not None:
        why = eligibility.why_not(found, [who], today=today).get(who.pk, "")
    elif team is not None:
        why = eligibility.why_not_team(found, team, today=today)
    if why:
        raise AwardRefused(why)


def _nominee(
    found: AwardRound,
    category: AwardCategory,
    who: Member | None,
    named: Named,
    now: datetime,
) -> AwardNominee:
    """The one row of theirs. Rounds are locked, so nobody makes a second."""
    nominee, new = AwardNominee.objects.get_or_create(
        round=found,
        category=category,
        member=who,
        team=named.team,
        story=named.story,
        defaults={"state": State.ASKED, "state_since": now},
    )
    if new:
        messages.asked(nominee, now=now)
    return nominee


def stand(nominee: AwardNominee, *, now: datetime) -> None:
    """Yes. Raises AwardRefused once the list is closed."""
    _answer(nominee, State.STANDING, now)


def decline(nominee: AwardNominee, *, now: datetime) -> None:
    """No, and nobody is told: who named them reads what they read before."""
    _answer(nominee, State.DECLINED, now)


def withdraw(nominee: AwardNominee, *, now: datetime) -> None:
    """No more, at any time until it is decided; votes for them are then for nobody."""
    if nominee.round.state in (
        AwardRound.State.DECIDED,
        AwardRound.State.PUBLISHED,
        AwardRound.State.OFF,
    ):
        raise AwardRefused(
            _("It has been decided. You can still choose how it is shown.")
        )
    _moved(lambda: nominee.move(State.WITHDRAWN, now=now))


def _answer(nominee: AwardNominee, state: str, now: datetime) -> None:
    with transaction.atomic():
        locked = AwardRound.objects.select_for_update().filter(
            pk=nominee.round_id, state=AwardRound.State.NOMINATING
        )
        if not locked.exists():
            raise AwardRefused(_("The list is closed, so nothing is asked any more."))
        _moved(lambda: nominee.move(state, now=now))


def _moved(move: Callable[[], None]) -> None:
    try:
        move()
    except (ForbiddenMove, LostRace) as error:
        raise AwardRefused(_("That was answered already. Look again.")) from error
