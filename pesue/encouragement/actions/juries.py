"""Who sits in a jury, and what they say of the nominees."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.encouragement.actions.awards import AwardRefused
from pesue.encouragement.messages import awards as messages
from pesue.encouragement.models import (
    AwardNominee,
    AwardRound,
    Conflict,
    Judgement,
    Juror,
)
from pesue.encouragement.queries import juries
from pesue.people.models import Grant, Member

State = AwardRound.State
LOWEST, HIGHEST = 1, 5


def invite(found: AwardRound, member: Member, *, now: datetime) -> Juror:
    """Ask somebody to sit in the jury of this round. Twice is once.

    Raises AwardRefused for one who has left, and once the jury has done its part.
    """
    if not member.is_active:
        raise AwardRefused(_("They are not here."))
    if not found.award.has_jury:
        raise AwardRefused(_("This award has no jury."))
    with transaction.atomic():
        locked = AwardRound.objects.select_for_update().filter(
            pk=found.pk, state__in=(State.CALL, State.NOMINATING, State.JUDGING)
        )
        if not locked.exists():
            raise AwardRefused(_("The jury has done its part."))
        if found.state == State.JUDGING and juries.is_revealed(
            found, juries.bench(found), today=localdate(now)
        ):
            raise AwardRefused(_("The jury has done its part."))
        juror, new = Juror.objects.get_or_create(
            round=found, member=member, defaults={"at": now}
        )
        if new and found.state == State.JUDGING:
            messages.to_judge(juror, now=now)
    return juror


def excuse(juror: Juror, *, now: datetime) -> None:
    """They sit no more; what they scored goes with them."""
    found = juror.round
    over = found.state not in (State.CALL, State.NOMINATING, State.JUDGING)
    seen = juries.bench(found)
    if over or (
        found.state == State.JUDGING
        and juries.is_revealed(found, seen, today=localdate(now))
    ):
        raise AwardRefused(_("The jury has done its part."))
    with transaction.atomic():
        about = {"nominee__round": juror.round, "member": juror.member}
        Judgement.objects.filter(**about).delete()
        Conflict.objects.filter(**about).delete()
        juror.delete()


def seat_standing_jurors(found: AwardRound, *, now: datetime) -> None:
    """Those who hold the role of a juror over the place of the award."""
    team = found.award.team
    places = {None, *(team.above() if team else ())}
    held = Grant.objects.filter(
        role=Grant.Role.JUROR, member__state=Member.State.ACTIVE
    )
    sitting = {
        member
        for member, place in held.values_list("member", "team")
        if place in places
    }
    Juror.objects.bulk_create(
        (Juror(round=found, member_id=member, at=now) for member in sorted(sitting)),
        ignore_conflicts=True,
    )


def judge(
    nominee: AwardNominee,
    member: Member,
    points: Mapping[int, int],
    *,
    words: str = "",
    now: datetime,
) -> None:
    """A juror's scores, by criterion, in place of what they said before.

    Raises AwardRefused for who has to keep out, and once scores are open to all.
    """
    wanted = set(nominee.round.award.criteria.values_list("pk", flat=True))
    if set(points) != wanted or not all(
        LOWEST <= point <= HIGHEST for point in points.values()
    ):
        raise AwardRefused(_("Score each of them from 1 to 5."))
    with transaction.atomic():
        seen = _open_to_score(nominee, member, now)
        near = seen.near.get((member.pk, nominee.pk))
        if near:
            raise AwardRefused(f"{near.words()} {_('So you keep out of this one.')}")
        Judgement.objects.update_or_create(
            nominee=nominee,
            member=member,
            defaults={
                "points": {str(key): point for key, point in points.items()},
                "words": words,
                "at": now,
            },
        )


def keep_out(nominee: AwardNominee, member: Member, *, now: datetime) -> None:
    """A juror says that they are too near; scores given before count no more."""
    with transaction.atomic():
        _open_to_score(nominee, member, now)
        Conflict.objects.get_or_create(
            nominee=nominee, member=member, defaults={"at": now}
        )
        Judgement.objects.filter(nominee=nominee, member=member).delete()


def _open_to_score(
    nominee: AwardNominee, member: Member, now: datetime
) -> juries.Bench:
    """The jury as it stands; its round is held until the transaction ends."""
    rows = AwardRound.objects.select_for_update(of=("self",)).select_related("award")
    found = rows.get(pk=nominee.round_id)
    seen = juries.bench(found)
    if found.state != State.JUDGING or juries.is_revealed(
        found, seen, today=localdate(now)
    ):
        raise AwardRefused(_("The jury has done its part: scores stay as they are."))
    if member.pk not in {one.member_id for one in seen.jurors}:
        raise AwardRefused(_("You are not in this jury."))
    if nominee.pk not in {one.pk for one in seen.nominees}:
        raise AwardRefused(_("They stand no more."))
    return seen
