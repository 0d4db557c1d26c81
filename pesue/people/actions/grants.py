"""Who is trusted with what."""

from django.db import transaction
from django.utils.translation import gettext as _

from pesue.people.actions.refusals import Refused
from pesue.people.models import Grant, Member, Organisation, Team


def keep_an_admin(*, without: Member) -> None:
    """Raise Refused if nobody but `without` could administer the organisation.

    Holds the organisation's row, so that two administrators cannot remove each other
    at once. Call it inside a transaction.
    """
    Organisation.objects.select_for_update().filter(pk=1).first()
    admins = Grant.objects.filter(
        role=Grant.Role.ADMIN, team=None, member__state=Member.State.ACTIVE
    )
    if admins.filter(member=without).exists() and not (
        admins.exclude(member=without).exists()
    ):
        raise Refused(
            _("They are the last administrator. Make somebody else one first.")
        )


def give(member: Member, *, role: str, team: Team | None) -> None:
    """Trust the member with a role over `team`, or over all. Twice is once.

    Raises Refused for somebody who has not come: whoever holds their invitation,
    and those who invite see it, would hold the role.
    """
    if not member.is_active:
        raise Refused(_("They are not here yet. Give it to them once they have come."))
    Grant.objects.get_or_create(member=member, role=role, team=team)


def take(grant: Grant) -> None:
    """Take a role back. Raises Refused for the last administrator's."""
    with transaction.atomic():
        if grant.role == Grant.Role.ADMIN and grant.team_id is None:
            keep_an_admin(without=grant.member)
        grant.delete()
