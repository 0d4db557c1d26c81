"""What ends a course: a certificate, once its reader has also tried it."""

from datetime import datetime

from django.utils.translation import gettext as _

from pesue.guidance.actions import certificates
from pesue.guidance.models import Certificate
from pesue.pages.course.queries import has_draft
from pesue.people.actions.refusals import Refused
from pesue.people.models import Member


def certify(member: Member, course: str, *, now: datetime) -> Certificate:
    """Give the member the certificate of a course. Raises Refused while something
    is left, such as the draft that the short course is made for."""
    if course == "advocate" and not has_draft(member):
        raise Refused(_("Write a draft of your own first: the fifth lesson helps."))
    return certificates.give(member, course, now=now)
