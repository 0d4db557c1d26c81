"""The first minute of an installation."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pesue.people.actions.refusals import Refused
from pesue.people.models import Grant, Member, Organisation


def found(
    *,
    name: str,
    language: str,
    languages: Sequence[str],
    admin_name: str,
    email: str,
    password: str,
    now: datetime,
) -> Member:
    """Create the organisation and its first administrator.

    Of two who try at once, one succeeds. Raises Refused once there is one.
    """
    try:
        with transaction.atomic():
            Organisation.objects.create(
                pk=1, name=name, language=language, languages=list(languages)
            )
            member = Member(
                email=email.lower(),
                name=admin_name,
                language=language,
                state=Member.State.ACTIVE,
                state_since=now,
                joined_at=now,
            )
            member.set_password(password)
            member.save(force_insert=True)
            for role in (Grant.Role.ADMIN, Grant.Role.PRIVACY):
                Grant.objects.create(member=member, role=role)
    except IntegrityError as error:
        raise Refused(
            _("Somebody has just created the organisation. Sign in, or ask them in.")
        ) from error
    return member
