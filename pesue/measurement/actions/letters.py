"""Writing the monthly letter to those who lead the whole and want it."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from pesue.measurement import messages
from pesue.measurement.kinds import LETTER
from pesue.measurement.models import PutAside
from pesue.measurement.periods import Month
from pesue.measurement.queries import evidence, reports
from pesue.people.models import Grant, Member
from pesue.reach.models import Message, Unsubscription

NEWS = timedelta(days=14)  # after that it is news no more


def write_letters(month: Month, *, now: datetime) -> int:
    """One to each who has none of this month yet. Returns how many were written."""
    leads = _waiting(month)
    if not leads:
        return 0
    known = reports.known(month)
    ground = evidence.ground(localdate(now))
    aside = PutAside.objects.filter(member__in=leads).values_list("member", "key")
    keys: dict[int, set[str]] = {lead.pk: set() for lead in leads}
    for member, key in aside:
        keys[member].add(key)
    return sum(
        messages.monthly(
            known, ground, lead, aside=keys[lead.pk], now=now, ends_at=now + NEWS
        )
        for lead in leads
    )


def _waiting(month: Month) -> list[Member]:
    grants = Grant.objects.filter(role=Grant.Role.LEAD, team=None)
    unwanted = Unsubscription.objects.filter(kind=LETTER.key)
    written = Message.objects.filter(once__startswith=f"letter:{month}:")
    return list(
        Member.objects.filter(state=Member.State.ACTIVE, pk__in=grants.values("member"))
        .exclude(pk__in=unwanted.values("member"))
        .exclude(pk__in=written.exclude(member=None).values("member"))
        .order_by("pk")
    )
