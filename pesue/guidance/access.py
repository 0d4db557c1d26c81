"""Who may write guidance, and the only way from a request to its rows."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from pesue.guidance.course import files
from pesue.guidance.forms import FORMS, GuidanceForm
from pesue.guidance.models import Certificate, Lesson
from pesue.people.access import Role, teams_of
from pesue.people.models import Member


def may_write(member: Member) -> bool:
    """Guidance is everybody's: those write it who lead the whole organisation."""
    return teams_of(member, Role.LEAD) is None


def to_write(member: Member, noun: str, row_id: int | None) -> Model | None:
    """The row to edit, or None for a new one. PermissionDenied, or 404."""
    if not may_write(member):
        raise PermissionDenied
    model = form_of(noun)._meta.model
    return None if row_id is None else get_object_or_404(model, pk=row_id)


def form_of(noun: str) -> type[GuidanceForm]:
    return FORMS[noun]


def lesson_to_word(
    member: Member, course: str, lesson: str, language: str
) -> Lesson | None:
    """The organisation's wording of a lesson, or None where it has none; leads only.
    404 where there is no such lesson."""
    if not may_write(member):
        raise PermissionDenied
    try:
        files.text(course, lesson, language)
    except KeyError as error:
        raise Http404 from error
    rows = Lesson.objects.select_related("by")
    return rows.filter(course=course, lesson=lesson, language=language).first()


def certificate(member: Member | None, code: str) -> Certificate:
    """One's own, or one whose owner shows it and is here; else 404."""
    shown = Q(public=True, member__state=Member.State.ACTIVE)
    mine = Q(member=member) if member else Q(pk__in=[])
    rows = Certificate.objects.select_related("member")
    return get_object_or_404(rows, shown | mine, code=code)


def own_certificate(member: Member, code: str) -> Certificate:
    return get_object_or_404(Certificate, member=member, code=code)
