"""What guides a member, on its own page and beside what they write."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from pesue.guidance.finding import stems
from pesue.guidance.lived import LIVED
from pesue.guidance.models import Concept, Guideline, QuietPeriod, Topic, Value
from pesue.guidance.queries import changes, quiet, values
from pesue.guidance.queries.guidelines import in_force
from pesue.guidance.queries.values import Lived
from pesue.people.models import Member
from pesue.surveys import queries as surveys
from pesue.surveys.models import Survey

ENOUGH = 4  # guidelines beside a text: more are not read
LEAVE_FIRST = Case(When(kind="do", then=0), When(kind="ask", then=1), default=2)


@dataclass(frozen=True)
class Guidance:
    """All of it, for reading. `followed` holds ids of topics."""

    values: list[Value]
    guidelines: list[Guideline]
    topics: list[Topic]
    concepts: list[Concept]
    followed: set[int]
    quiet: list[QuietPeriod]  # on now, for this member
    coming: list[QuietPeriod]
    news: int  # guidelines that changed since the member looked
    lived: Lived  # what the last workshop said
    survey: Survey | None  # that waits for the member

    @property
    def by_kind(self) -> list[tuple[str, list[Guideline]]]:
        """The guidelines in columns: do, ask first, do this instead."""
        return [
            (kind, [one for one in self.guidelines if one.kind == kind])
            for kind in Guideline.Kind.values
        ]


def everything(member: Member, *, today: date, words: str = "") -> Guidance:
    """Values, guidelines, topics, and the concepts that have not ended.

    `words` leave out the guidelines that do not have all of them.
    """
    guidelines = in_force().prefetch_related("values", "topics")
    return Guidance(
        list(Value.objects.prefetch_related("behaviours")),
        found(guidelines.select_related("owner"), words, member.language),
        list(with_owners(Topic.objects.all())),
        list(Concept.objects.filter(ends__gte=today).prefetch_related("values")),
        set(member.topics.values_list("pk", flat=True)),
        list(quiet.for_member(member, today=today)),
        list(quiet.coming(member, today=today)[:3]),
        changes.number_since(member),
        values.lived(),
        surveys.waiting_for(member, today=today, kind=LIVED.name),
    )


def found(rows: Iterable[Guideline], words: str, language: str) -> list[Guideline]:
    """The guidelines with all the words, in any form of theirs."""
    asked = stems(words, language)
    return [one for one in rows if asked <= stems(_said(one), language)]


def _said(one: Guideline) -> str:
    tied = [*one.values.all(), *one.topics.all()]
    names = " ".join(str(row) for row in tied)
    return f"{one.text} {one.instead} {one.why} {one.example} {names}"


def of_topic(topic: Topic) -> list[Guideline]:
    rows = in_force().filter(topics=topic).select_related("owner")
    return list(rows.prefetch_related("values", "topics"))


def fitting(topics: Iterable[Topic], concept: Concept | None) -> list[Guideline]:
    """The few guidelines for a fact card of these topics and this concept.

    First those of the topics, then those on the concept's values, then those for
    everything; among these in turns, so that asking first crowds out no leave. Two
    queries, however many topics there are.
    """
    ours = Guideline.topics.through.objects.filter(
        guideline=OuterRef("pk"), topic__in=[topic.pk for topic in topics]
    )
    grown = Guideline.values.through.objects.filter(
        guideline=OuterRef("pk"), value__concepts=concept.pk if concept else 0
    )
    bound = Guideline.topics.through.objects.filter(guideline=OuterRef("pk"))
    rows = (
        in_force()
        .annotate(ours=Exists(ours), grown=Exists(grown))
        .filter(Q(ours=True) | Q(grown=True) | ~Exists(bound))
        .annotate(
            turn=Window(RowNumber(), ["ours", "grown", "kind"], "pk"), leave=LEAVE_FIRST
        )
        .order_by("-ours", "-grown", "turn", "leave", "pk")
    )
    return list(rows.prefetch_related("values")[:ENOUGH])


def with_owners(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """Topics with those of their owners who are here, in one query more."""
    return topics.prefetch_related(_owners())


def _owners() -> "Prefetch[str]":
    active = Member.objects.filter(state=Member.State.ACTIVE).order_by("name")
    return Prefetch("owners", active)
