"""Who may write guidance, and the only way from a request to its rows."""

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from pesue.foundation.gone import Gone
from pesue.guidance.course import files
from pesue.guidance.forms import FORMS, GuidanceForm
from pesue.guidance.models import (
    Ask,
    Certificate,
    Concept,
    Guideline,
    Known,
    Lesson,
    OldGuideline,
    Topic,
    Value,
)
from pesue.people.access import leads_all, only
from pesue.people.models import Member


def may_write(member: Member) -> bool:
    """Guidance is everybody's: those write it who lead the whole organisation."""
    return leads_all(member)


def to_write(member: Member, noun: str, row_id: int | None) -> Model | None:
    """The row to edit, or None for a new one. PermissionDenied, or 404.

    Those who lead a concept may change that one, too.
    """
    model = form_of(noun)._meta.model
    leads = (
        noun == "concepts"
        and row_id is not None
        and member.concepts_led.filter(pk=row_id).exists()
    )
    if not (leads or may_write(member)):
        raise PermissionDenied
    return None if row_id is None else get_object_or_404(model, pk=row_id)


def form_of(noun: str) -> type[GuidanceForm]:
    return FORMS[noun]


writers = only(may_write)  # others get 403


def old_guidelines() -> QuerySet[OldGuideline]:
    """Every old guideline, the newest first; its text is left unread."""
    return OldGuideline.objects.defer("text").select_related("by")


def old_guideline(old_id: int) -> OldGuideline:
    return get_object_or_404(old_guidelines(), pk=old_id)


def value(value_id: int) -> Value:
    return get_object_or_404(Value, pk=value_id)


def concept(concept_id: int) -> Concept:
    rows = Concept.objects.prefetch_related("values", "leads", "prompts")
    return get_object_or_404(rows, pk=concept_id)


def public_concept(concept_id: int) -> Concept:
    """One whose page is for everybody. Raises Gone if it was; others get 404."""
    found = get_object_or_404(Concept, pk=concept_id, was_public=True)
    if not found.public:
        raise Gone
    return found


def may_lead(member: Member, concept: Concept) -> bool:
    """Whether the member may change a concept."""
    return may_write(member) or member in concept.leads.all()


def guideline(guideline_id: int) -> Guideline:
    """In force or not: what it said can be read."""
    return get_object_or_404(Guideline, pk=guideline_id)


def topic(topic_id: int) -> Topic:
    return get_object_or_404(Topic, pk=topic_id)


def answers_for(member: Member, topic: Topic) -> bool:
    """Owners of the topic, and those who lead the whole."""
    return may_write(member) or topic.owners.filter(pk=member.pk).exists()


def asks_seen(member: Member) -> QuerySet[Ask]:
    """One's own questions, those on topics one owns; all, for leads of the whole."""
    asks = Ask.objects.select_related("topic", "asker", "answered_by")
    if may_write(member):
        return asks
    owned = Topic.owners.through.objects.filter(member=member).values("topic")
    return asks.filter(Q(asker=member) | Q(topic__in=owned))


def ask(member: Member, ask_id: int) -> Ask:
    """For others it does not exist."""
    return get_object_or_404(asks_seen(member), pk=ask_id)


def own_ask(member: Member, ask_id: int) -> Ask:
    return get_object_or_404(asks_seen(member), pk=ask_id, asker=member)


def may_answer(member: Member, ask: Ask) -> bool:
    """Those who answer for the topic, but nobody themselves."""
    return ask.asker_id != member.pk and answers_for(member, ask.topic)


def known_to_drop(member: Member, known_id: int) -> Known:
    """What stands on a topic's page goes by the word of those who answer for it."""
    known = get_object_or_404(Known.objects.select_related("topic"), pk=known_id)
    if not answers_for(member, known.topic):
        raise PermissionDenied
    return known


def choices() -> tuple[list[Topic], list[Value]]:
    """What a sentence may be tied to."""
    return list(Topic.objects.all()), list(Value.objects.all())


def lesson_to_word(course: str, lesson: str, language: str) -> Lesson | None:
    """The organisation's wording of a lesson, or None where it has none. 404 where
    there is no such lesson."""
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
