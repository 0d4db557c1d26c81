"""Ways in for those who are not members yet."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pesue.people.actions import members
from pesue.people.actions.refusals import Refused
from pesue.people.models import Invitation, Member, Team

GOOD_FOR = timedelta(days=14)  # a personal invitation


def invite(
    *,
    email: str,
    name: str,
    team: Team | None,
    language: str,
    by: Member | None,
    now: datetime,
) -> Invitation:
    """Invite one person; the mail goes out soon. Raises Refused for a member."""
    known = Member.objects.filter(email=email.lower()).first()
    if known is not None and known.is_active:
        raise Refused(_("They are a member already."))
    if known is not None and known.state == Member.State.LEFT:
        raise Refused(
            _("They have been a member before: bring them back on their page.")
        )
    return Invitation.objects.create(
        email=email.lower(),
        name=name,
        team=team,
        language=language,
        by=by,
        at=now,
        ends_at=now + GOOD_FOR,
    )


def open_link(
    *,
    team: Team | None,
    language: str,
    uses: int,
    ends_at: datetime,
    by: Member,
    now: datetime,
) -> Invitation:
    """Make a link for `uses` people until `ends_at`; each proves their address."""
    return Invitation.objects.create(
        team=team, language=language, uses_left=uses, ends_at=ends_at, by=by, at=now
    )


def end(invitation: Invitation, *, now: datetime) -> None:
    """Close it: nobody comes in by it any more."""
    invitation.ends_at = min(invitation.ends_at, now)
    invitation.save(update_fields=["ends_at"])


def invite_again(member: Member, *, now: datetime) -> None:
    """An invited member asked for a way in: at most one mail in ten minutes."""
    recent = Invitation.objects.filter(
        email=member.email, at__gt=now - timedelta(minutes=10)
    )
    if not recent.exists():
        Invitation.objects.create(
            email=member.email,
            name=member.name,
            team=member.team,
            language=member.language,
            at=now,
            ends_at=now + GOOD_FOR,
        )


def ask_by_link(
    invitation: Invitation, *, email: str, name: str, language: str, now: datetime
) -> None:
    """Somebody with a link for many gives an address, to be proven by mail.

    What the mail is depends on who has the address: it is written later, so that the
    page says the same to all. Raises Refused when the link is used up or over.
    """
    with transaction.atomic():
        use(invitation, now=now)
        Invitation.objects.create(
            email=email.lower(),
            name=name,
            team=invitation.team,
            language=language,
            by=invitation.by,
            at=now,
            ends_at=now + GOOD_FOR,
        )


def accept(
    invitation: Invitation, *, name: str, language: str, password: str, now: datetime
) -> Member:
    """Come in by a personal invitation, whose mail has proven the address.

    Of two who accept at once, one comes in. Raises Refused when it is used or over.
    """
    with transaction.atomic():
        use(invitation, now=now)
        member = members.expect(
            email=invitation.email,
            name=name,
            team=invitation.team,
            language=language,
            now=now,
        )
        if member.state != Member.State.INVITED:
            raise Refused(_("You are a member already. Sign in."))
        members.join(member, name=name, language=language, password=password, now=now)
    return member


def use(invitation: Invitation, *, now: datetime) -> None:
    """Take one of its uses. Raises Refused when there is none, or it is over."""
    left = Invitation.objects.filter(pk=invitation.pk, uses_left__gt=0, ends_at__gt=now)
    if not left.update(uses_left=F("uses_left") - 1):
        raise Refused(_("This invitation has been used or is over. Ask for another."))
