"""A certificate: given for a course read, shown only by its owner's wish."""

import secrets
from datetime import datetime

from django.utils.translation import gettext as _

from pesue.guidance.course import files
from pesue.guidance.models import Certificate
from pesue.guidance.queries import course as queries
from pesue.people.actions.refusals import Refused
from pesue.people.models import Member


def give(member: Member, course: str, *, now: datetime) -> Certificate:
    """The member's certificate of a course, the same one each time.

    Raises Refused while lessons are left, and for a course that has no end.
    """
    done = queries.finished(member)
    left = [key for key in files.keys(course) if (course, key) not in done]
    if course not in queries.ENDING or left:
        raise Refused(_("There is still a lesson to read. Then it is yours."))
    given, _new = Certificate.objects.get_or_create(
        member=member,
        course=course,
        defaults={"code": secrets.token_urlsafe(16), "at": now},
    )
    return given


def show(certificate: Certificate, *, public: bool) -> None:
    """Let everybody who has the address see it, or nobody else."""
    certificate.public = public
    certificate.save(update_fields=["public"])
