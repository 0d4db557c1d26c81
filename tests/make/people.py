from itertools import count
from typing import Any

from pesue.people.models import Grant, Member, Organisation, Team
from tests.make import NOON

_number = count(1)


def an_organisation(name: str = "Saariston Leipä", **fields: Any) -> Organisation:
    return Organisation.objects.create(pk=1, name=name, **fields)


def a_team(name: str = "Yövuoro", parent: Team | None = None) -> Team:
    return Team.objects.create(name=f"{name} {next(_number)}", parent=parent)


def a_member(name: str = "Ana Aalto", **fields: Any) -> Member:
    n = next(_number)
    return Member.objects.create(
        **{
            "name": name,
            "email": f"member{n}@example.org",
            "language": "en",
            "state": Member.State.ACTIVE,
            "state_since": NOON,
            "joined_at": NOON,
            **fields,
        }
    )


def a_lead(team: Team | None = None, **fields: Any) -> Member:
    member = a_member("Leena Lead", **fields)
    Grant.objects.create(member=member, role=Grant.Role.LEAD, team=team)
    return member


def an_admin(team: Team | None = None, **fields: Any) -> Member:
    member = a_member("Aino Admin", **fields)
    Grant.objects.create(member=member, role=Grant.Role.ADMIN, team=team)
    return member
