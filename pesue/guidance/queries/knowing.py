"""What the check must know of the house, for the member who writes."""

from datetime import date

from pesue.guidance.check import Known, Rule, Subject
from pesue.guidance.models import Guideline, Topic
from pesue.guidance.queries.guidelines import in_force
from pesue.guidance.queries.overview import with_owners
from pesue.guidance.queries.quiet import quiet_for
from pesue.guidance.speaking import may_speak
from pesue.people.models import Member, Organisation


def known_for(member: Member, *, today: date) -> Known:
    """All of it, in as many queries whatever there is."""
    organisation = Organisation.the() or Organisation()
    return Known(
        organisation=organisation.name,
        country=organisation.rules,
        own=frozenset({member.email.casefold()}),
        subjects=_subjects(member),
        rules=_rules(),
        quiets=tuple(quiet_for(member, today=today)),
    )


def _subjects(member: Member) -> tuple[Subject, ...]:
    """The topics that one asks others about first."""
    found = []
    for topic in with_owners(Topic.objects.all()):
        owners = list(topic.owners.all())
        if owners and may_speak(topic.who, is_owner=member in owners) == "ask":
            found.append(Subject(topic.pk, topic.name, topic.about, owners[0].name))
    return tuple(found)


def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            text=guideline.text,
            why=guideline.why,
            instead=guideline.instead,
            asks=guideline.kind == Guideline.Kind.ASK,
            topics=frozenset(topic.pk for topic in guideline.topics.all()),
        )
        for guideline in in_force().prefetch_related("topics").order_by("pk")
    )
