"""The second half of an import: its good rows become members."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from pesue.foundation.moves import LostRace
from pesue.people import tables
from pesue.people.actions import teams
from pesue.people.actions.invitations import GOOD_FOR
from pesue.people.models import (
    ImportRow,
    Invitation,
    Member,
    Organisation,
    PeopleImport,
    Team,
)

BATCH = 1000  # rows of one transaction
State = PeopleImport.State


def take_in(batch: PeopleImport, *, now: datetime) -> Iterator[bool]:
    """Take the good rows in, batch by batch; True when that was the last."""
    good = ImportRow.objects.filter(batch=batch).exclude(kind=ImportRow.Kind.BAD)
    places = Places()
    while some := list(
        good.filter(number__gt=batch.imported).order_by("number")[:BATCH]
    ):
        for path in {row.team for row in some}:
            places.ensure(path)
        with transaction.atomic():
            _take(batch, some, places, now=now)
        yield False
    batch.move(State.DONE, now=now)
    yield True


def _take(
    batch: PeopleImport, some: list[ImportRow], places: "Places", *, now: datetime
) -> None:
    """One transaction: the members, their invitations, and how far we are."""
    known = Member.objects.in_bulk([row.email for row in some], field_name="email")
    new = [row for row in some if row.email not in known]
    organisation = Organisation.the() or Organisation()
    made = [
        Member(
            email=row.email,
            name=row.name,
            title=row.title,
            team_id=places.ids[row.team],
            language=row.language or organisation.language,
            state=Member.State.INVITED,
            state_since=now,
            password=make_password(None),
        )
        for row in new
    ]
    # Somebody may have come in by another way since we looked.
    Member.objects.bulk_create(made, ignore_conflicts=True)
    if batch.invite:
        _invite(batch, made, now=now)
    changed = [
        known[row.email]
        for row in some
        if row.email in known and _change(known[row.email], row, places)
    ]
    Member.objects.bulk_update(changed, ["name", "title", "team"])
    batch.imported = some[-1].number
    batch.added += len(made)
    batch.changed += len(changed)
    mine = PeopleImport.objects.filter(pk=batch.pk, taken_until=batch.taken_until)
    if not mine.update(
        imported=batch.imported, added=batch.added, changed=batch.changed
    ):
        raise LostRace(f"{batch} is worked on elsewhere")


def _change(member: Member, row: ImportRow, places: "Places") -> bool:
    """Bring team and title up to date; the name only until the member has come.

    Whoever has left or been erased since the list was read stays as they are.
    """
    if member.state not in (Member.State.ACTIVE, Member.State.INVITED):
        return False
    before = (member.name, member.title, member.team_id)
    if member.state == Member.State.INVITED:
        member.name = row.name
    member.title = row.title or member.title
    if row.team:
        member.team_id = places.ids[row.team]
    return before != (member.name, member.title, member.team_id)


def _invite(batch: PeopleImport, made: list[Member], *, now: datetime) -> None:
    Invitation.objects.bulk_create(
        Invitation(
            email=member.email,
            name=member.name,
            team_id=member.team_id,
            language=member.language,
            by_id=batch.by_id,
            at=now,
            ends_at=now + GOOD_FOR,
        )
        for member in made
    )


class Places:
    """Teams by their written path, "Parent / Child"; made where they are missing."""

    def __init__(self) -> None:
        self.ids: dict[str, int | None] = {"": None}

    def ensure(self, path: str) -> None:
        if path in self.ids:
            return
        parent: Team | None = None
        for name in tables.team_names(path):
            found = Team.objects.filter(parent=parent, name__iexact=name).first()
            parent = found or teams.add(name=name, parent=parent)
        self.ids[path] = parent.pk if parent else None
