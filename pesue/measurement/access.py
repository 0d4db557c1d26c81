"""Which results a member may see."""

from pesue.measurement.queries.results import CUTS
from pesue.people.access import Role, may
from pesue.people.models import Member


def cuts_for(member: Member) -> tuple[str, ...]:
    """The cuts the member may see: those of a lead, or none but the totals."""
    return CUTS if may(member, Role.LEAD) else ()
