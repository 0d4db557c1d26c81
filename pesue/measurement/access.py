"""Which results a member may see, and who brings numbers in."""

from django.shortcuts import get_object_or_404

from pesue.foundation.numbers import row_number
from pesue.measurement.models import (
    HouseTrials,
    OpenReport,
    OutsideFile,
    Sender,
    ToldTrials,
)
from pesue.measurement.periods import Month
from pesue.measurement.queries.results import CUTS
from pesue.people.access import Role, leads_all, may, only
from pesue.people.models import Member


def cuts_for(member: Member) -> tuple[str, ...]:
    """The cuts the member may see: those of a lead, or none but the totals."""
    return CUTS if may(member, Role.LEAD) else ()


def may_bring(member: Member) -> bool:
    """Such numbers are the whole organisation's: so are those who bring them."""
    return leads_all(member)


leads = only(may_bring)  # others get 403


def outside_file(file_id: int) -> OutsideFile:
    return get_object_or_404(OutsideFile, pk=file_id)


def open_month(token: str) -> Month:
    """The month whose report this address opens; else 404."""
    return Month.of(get_object_or_404(OpenReport, token=token).begins)


def told_trials(file_id: int) -> ToldTrials:
    return get_object_or_404(ToldTrials, pk=file_id)


def house_trials(house_id: int) -> HouseTrials:
    return get_object_or_404(HouseTrials, pk=house_id)


def sender(sender_id: int) -> Sender:
    return get_object_or_404(Sender, pk=sender_id)


def caller(authorization: str) -> Sender | None:
    """The system whose token stands in the header, if it has not been ended."""
    scheme, _, token = authorization.partition(" ")
    number = row_number(token.strip().partition("-")[0])
    if scheme.lower() != "bearer" or number is None:
        return None
    found = Sender.objects.filter(pk=number, ended_at=None).first()
    return found if found and found.is_opened_by(token.strip()) else None
