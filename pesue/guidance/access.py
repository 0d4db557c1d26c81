"""Who may write guidance, and the only way from a request to its rows."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.shortcuts import get_object_or_404

from pesue.guidance.forms import FORMS, GuidanceForm
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
