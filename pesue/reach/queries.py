"""What one may ask of how people are reached."""

from zoneinfo import ZoneInfo

from django.conf import settings

from pesue.people.models import Member, Organisation, Team
from pesue.reach.hours import Hours
from pesue.reach.kinds import KINDS, Kind
from pesue.reach.models import Unsubscription


def hours_of(member: Member) -> Hours:
    """The hours of the nearest team above the member that has some, else of all."""
    zone = ZoneInfo(settings.TIME_ZONE)
    if member.team is not None:
        nearest = (
            Team.objects.filter(pk__in=member.team.above(), open_from__isnull=False)
            .order_by("-path")
            .first()
        )
        if nearest and nearest.open_from and nearest.open_until:
            return Hours(nearest.open_from, nearest.open_until, zone)
    organisation = Organisation.the() or Organisation()
    return Hours(organisation.open_from, organisation.open_until, zone)


def declined(member: Member, kind: Kind) -> bool:
    return Unsubscription.objects.filter(member=member, kind=kind.key).exists()


def wanted_kinds(member: Member) -> list[str]:
    """Keys of the kinds of mail that can be declined and are not."""
    not_wanted = set(member.unsubscriptions.values_list("kind", flat=True))
    return [
        kind.key
        for kind in KINDS.values()
        if not kind.asked_for and kind.key not in not_wanted
    ]
