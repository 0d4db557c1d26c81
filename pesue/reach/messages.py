"""What this room writes to people: the way in."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from sesame.utils import get_token

from pesue.people.models import FormerAddress, Invitation, Member, Organisation
from pesue.reach.actions.line import queue
from pesue.reach.kinds import ACCOUNT, INVITATION, SIGN_IN


def sign_in_link(member: Member, *, now: datetime) -> None:
    """Mail an active member a link that signs them in, once, within 15 minutes."""
    address = (
        f"{settings.ADDRESS}{reverse('sign-in-by-link', args=[get_token(member)])}"
    )
    with translation.override(member.language):
        queue(
            SIGN_IN,
            f"sign-in:{secrets.token_hex(12)}",
            to=member,
            language=member.language,
            subject=_("Your link to {organisation}").format(organisation=_home()),
            text=render_to_string(
                "reach/sign_in.txt",
                {"member": member, "address": address},
            ),
            now=now,
            ends_at=now + timedelta(seconds=settings.SESAME_MAX_AGE.total_seconds()),
        )


def invitation(invited: Invitation, *, now: datetime) -> None:
    """Mail a personal invitation; the same one is mailed once."""
    address = f"{settings.ADDRESS}{reverse('invitation', args=[invited.token])}"
    with translation.override(invited.language):
        about = {"invitation": invited, "address": address, "home": _home()}
        queue(
            INVITATION,
            f"invitation:{invited.pk}",  # not the token: this row outlives the mail
            to=invited.email,
            language=invited.language,
            subject=_("Come to {organisation}").format(organisation=_home()),
            text=render_to_string("reach/invitation.txt", about),
            now=now,
            ends_at=invited.ends_at,
        )


def address_changed(former: FormerAddress, *, now: datetime) -> None:
    """Tell the former address; the new one is not named, as others may read there."""
    member = former.member
    with translation.override(member.language):
        queue(
            ACCOUNT,
            f"address:{former.pk}",
            to=member,
            address=former.email,
            language=member.language,
            subject=_("Your address in {organisation} was changed").format(
                organisation=_home()
            ),
            text=render_to_string(
                "reach/address_changed.txt", {"member": member, "home": _home()}
            ),
            now=now,
        )


def _home() -> str:
    organisation = Organisation.the()
    return organisation.name if organisation else "Pesue"


class AccountMails(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's mails wait in our line as all others do; nobody signs up unasked."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        member = Member.objects.filter(email=email.lower()).first()
        if member is None or not member.is_active:
            return
        with translation.override(member.language):
            about = {**context, "home": _home(), "member": member}
            mail: EmailMessage = self.render_mail(template_prefix, email, about)
        queue(
            ACCOUNT,
            f"account:{secrets.token_hex(12)}",
            to=member,
            language=member.language,
            subject=str(mail.subject),
            text=str(mail.body),
            now=timezone.now(),
        )

    def format_email_subject(self, subject: str) -> str:
        return f"{_home()}: {subject}"
