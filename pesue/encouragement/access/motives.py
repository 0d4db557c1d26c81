"""Who reads what moves a community. A profile has one reader, and no address."""

from pesue.people.access import Role, needs, teams_of
from pesue.people.models import Member

leads = needs(Role.LEAD)  # others get 403


def led(member: Member) -> list[str] | None:
    """Paths of the subtrees that the member leads; None means all."""
    return teams_of(member, Role.LEAD)
