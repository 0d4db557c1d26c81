"""What can be done with a member: joining, leaving, coming back, own settings."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.people.actions.grants import keep_an_admin
from pesue.people.actions.refusals import Refused
from pesue.people.models import Member, Team

State = Member.State


def expect(
    *, email: str, name: str, team: Team | None, language: str, now: datetime
) -> Member:
    """The member with that address; an invited one is made where there is none."""
    member, _made = Member.objects.get_or_create(
        email=email.lower(),
        defaults={
            "name": name or email.split("@")[0],
            "team": team,
            "language": language,
            "state": State.INVITED,
            "state_since": now,
            "password": make_password(None),
        },
    )
    return member


def join(
    member: Member, *, name: str, language: str, password: str, now: datetime
) -> None:
    """An invited member comes in. Raises LostRace when they just did elsewhere."""
    also = {"name": name, "language": language, "joined_at": now}
    if password:
        also["password"] = make_password(password)
    member.move(State.ACTIVE, now=now, **also)


def leave(member: Member, *, now: datetime) -> None:
    """End the membership: sessions end, the rest waits for the days it is kept.

    Raises Refused for the last administrator.
    """
    with transaction.atomic():
        keep_an_admin(without=member)
        member.move(State.LEFT, now=now)
        end_sessions(member)


def leave_all(members: QuerySet[Member], ids: Sequence[int], *, now: datetime) -> int:
    """Those of `members` with an id in `ids` leave; how many did."""
    left = 0
    for member in members.filter(pk__in=ids):
        with suppress(Refused, LostRace, ForbiddenMove):
            leave(member, now=now)
            left += 1
    return left


def come_back(member: Member, *, now: datetime) -> None:
    """The same member again, with all that was theirs. Raises Refused, LostRace."""
    if member.state != State.LEFT:
        raise Refused(_("This person has not left."))
    back = State.ACTIVE if member.joined_at else State.INVITED
    member.move(back, now=now)


def end_sessions(member: Member, *, but: str | None = None) -> None:
    """Sign the member out everywhere, `but` in the session with that key."""
    for session in UserSession.objects.filter(user=member).exclude(session_key=but):
        session.end()


def forget_second_factors(member: Member) -> None:
    """For somebody who lost them: passkeys and codes; sessions end, too."""
    Authenticator.objects.filter(user=member).delete()
    end_sessions(member)


def change(
    member: Member,
    *,
    name: str,
    email: str,
    title: str,
    team: Team | None,
    leader: bool,
    here: str | None = None,
    now: datetime,
) -> None:
    """What an administrator may change. Raises Refused for a taken address.

    With another address all sessions of the member end, but the one with the key
    `here`: whoever changes their own goes on. Those who have come are told at the
    former address.
    """
    former = member.email
    member.name, member.email, member.title = name, email.lower(), title
    member.team, member.leader = team, leader
    fields = ["name", "email", "title", "team", "leader"]
    try:
        with transaction.atomic():
            member.save(update_fields=fields)
            # An address that was proven once opens the door for good, even to
            # whoever is given it next.
            proven = EmailAddress.objects.filter(user=member)
            proven.exclude(email=member.email).delete()
            if member.email != former:
                end_sessions(member, but=here)
                if member.joined_at:
                    member.former_addresses.create(email=former, at=now)
    except IntegrityError as error:
        raise Refused(_("Another member has that address.")) from error


def settle(member: Member, *, name: str, language: str, part: str) -> None:
    """What members decide of themselves."""
    member.name, member.language, member.part = name, language, part
    member.save(update_fields=["name", "language", "part"])


def rest(member: Member, *, until: date | None) -> None:
    """No nudges before `until`; None ends the pause."""
    member.paused_until = until
    member.save(update_fields=["paused_until"])
