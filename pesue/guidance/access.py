"""Who may write guidance, and the only way from a request to its rows."""

from functools import update_wrapper

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404

from pesue.guidance.forms import FORMS, GuidanceForm
from pesue.guidance.models import Ask, Guideline, OldGuideline, Topic, Value
from pesue.people.access import (
    MemberRequest,
    P,
    PlainView,
    Role,
    View,
    signed_in,
    teams_of,
)
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


def writers(view: View[P]) -> PlainView[P]:
    """Those who write guidance; others get 403."""

    def guarded(
        request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not may_write(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return update_wrapper(signed_in(guarded), view)


def old_guidelines() -> QuerySet[OldGuideline]:
    """Every old guideline, the newest first; its text is left unread."""
    return OldGuideline.objects.defer("text").select_related("by")


def old_guideline(old_id: int) -> OldGuideline:
    return get_object_or_404(old_guidelines(), pk=old_id)


def guideline(guideline_id: int) -> Guideline:
    """In force or not: what it said can be read."""
    return get_object_or_404(Guideline, pk=guideline_id)


def topic(topic_id: int) -> Topic:
    return get_object_or_404(Topic, pk=topic_id)


def ask(member: Member, ask_id: int) -> Ask:
    """A question: for who asked, who answers for its topic, and those who lead the
    whole; for others it does not exist."""
    asks = Ask.objects.select_related("topic", "asker", "answered_by")
    if not may_write(member):
        asks = asks.filter(Q(asker=member) | Q(topic__owners=member)).distinct()
    return get_object_or_404(asks, pk=ask_id)


def may_answer(member: Member, ask: Ask) -> bool:
    """Owners of the topic and those who lead the whole, but nobody themselves."""
    return ask.asker_id != member.pk and (
        may_write(member) or ask.topic.owners.filter(pk=member.pk).exists()
    )


def choices() -> tuple[list[Topic], list[Value]]:
    """What a sentence may be tied to."""
    return list(Topic.objects.all()), list(Value.objects.all())
