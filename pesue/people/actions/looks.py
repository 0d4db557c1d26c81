"""Who looked at whose data."""

from datetime import datetime, timedelta

from pesue.people.models import Look, Member, Team

SAME_VISIT = timedelta(hours=1)


def note_page(by: Member, member: Member, *, now: datetime) -> None:
    """`by` opens the member's page; once an hour is enough, and never one's own."""
    if by == member:
        return
    same = Look.objects.filter(
        by=by, member=member, what=Look.What.PAGE, at__gt=now - SAME_VISIT
    )
    if not same.exists():
        Look.objects.create(by=by, member=member, what=Look.What.PAGE, at=now)


def note_export(by: Member, team: Team | None, *, now: datetime) -> None:
    """`by` takes out a list of the people of `team` and below, or of all."""
    Look.objects.create(by=by, team=team, what=Look.What.EXPORT, at=now)
