"""What the organisation has of its own, for lessons to be made of."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate

from pesue.guidance.course import cases
from pesue.guidance.course.reading import Own, Part, Text
from pesue.guidance.models import (
    Ask,
    Concept,
    Guideline,
    Known,
    QuietPeriod,
    Topic,
    Value,
)
from pesue.guidance.queries import quiet
from pesue.guidance.queries.guidelines import in_force
from pesue.people.access import Role
from pesue.people.models import Member

MANY = 12  # rows of one table: a lesson is short


@dataclass(frozen=True)
class Material:
    """All of it. `stories` come from downstream: who shows them passes them in."""

    today: date
    values: Sequence[Value]
    guidelines: Sequence[Guideline]
    topics: Sequence[Topic]
    concepts: Sequence[Concept]
    quiet: Sequence[QuietPeriod]
    leads: Sequence[Member]
    asks: Sequence[Known]  # asked before, for all to read
    stories: Sequence[Any] = ()

    @property
    def alive(self) -> list[Concept]:
        return [concept for concept in self.concepts if concept.ends >= self.today]

    @property
    def learned(self) -> list[Concept]:
        return [concept for concept in self.concepts if concept.learned]

    @property
    def words(self) -> list[str]:
        """Everything of it that a lesson shows: where one differs, a lesson does."""
        fields = {
            "values": ("name", "meaning"),
            "guidelines": ("kind", "text", "instead", "why", "example"),
            "topics": ("name", "about", "who"),
            "concepts": ("name", "brief", "hashtag", "ends", "learned"),
            "quiet": ("name", "why", "ends", "contact"),
            "leads": ("name", "email", "title"),
            "asks": ("topic", "question", "verdict", "answer"),
            "stories": ("title", "text", "author"),
        }
        found = [
            str(getattr(row, field))
            for name, its in fields.items()
            for row in getattr(self, name)
            for field in its
        ]
        seen = (one for value in self.values for one in value.behaviours.all())
        owners = (owner for topic in self.topics for owner in topic.owners.all())
        found += [f"{one.role} {one.text}" for one in seen]
        return found + [f"{one.name} {one.email} {one.title}" for one in owners]

    def of_kind(self, kind: str) -> list[Guideline]:
        return [row for row in self.guidelines if row.kind == kind]

    @property
    def contacts(self) -> list[tuple[Member, list[Topic]]]:
        """Who stands behind one: those who lead this, then who answers for topics
        that ask for care."""
        found: dict[Member, list[Topic]] = {lead: [] for lead in self.leads}
        for topic in self.topics:
            for owner in topic.owners.all() if topic.who != Topic.Who.EVERYONE else ():
                found.setdefault(owner, []).append(topic)
        return list(found.items())


def material(member: Member, *, now: datetime) -> Material:
    """A fixed number of queries."""
    today = localdate(now)
    active = Member.objects.filter(state=Member.State.ACTIVE).order_by("name")
    return Material(
        today=today,
        values=list(Value.objects.prefetch_related("behaviours")[:MANY]),
        guidelines=_few_of_each(in_force().order_by("pk")),
        topics=list(Topic.objects.prefetch_related(Prefetch("owners", active))),
        concepts=list(Concept.objects.filter(starts__lte=today)[: 2 * MANY]),
        quiet=list(quiet.for_member(member, today=today)),
        leads=list(active.filter(grants__role=Role.LEAD, grants__team=None)[:3]),
        asks=list(Known.objects.select_related("topic")[:MANY]),
    )


def _few_of_each(rows: Iterable[Guideline]) -> list[Guideline]:
    """The first guidelines of each kind."""
    kinds = Counter[str]()
    kept = []
    for row in rows:
        kinds[row.kind] += 1
        if kinds[row.kind] <= MANY:
            kept.append(row)
    return kept


def filled(text: Text, own: Material) -> Text:
    """The lesson, its blocks of cases become questions where there are enough."""
    parts: list[Part] = []
    for part in text.parts:
        made = _questions(part.kind, own) if isinstance(part, Own) else []
        parts += made or [part]
    return replace(text, parts=tuple(parts))


def _questions(kind: str, own: Material) -> Sequence[Part]:
    if kind == "asking":
        return cases.asking([_subject(topic) for topic in own.topics])
    if kind == "instead":
        rows = own.of_kind(Guideline.Kind.INSTEAD)
        return cases.instead(
            [cases.Instead(row.pk, row.text, row.instead, row.why) for row in rows]
        )
    if kind == "asks":
        verdicts = [(str(key), str(words)) for key, words in Ask.Verdict.choices]
        return cases.asked([_asked(ask) for ask in own.asks], verdicts)
    return []


def _subject(topic: Topic) -> cases.Subject:
    owners = tuple(cases.Person(o.name, o.title) for o in topic.owners.all())
    return cases.Subject(topic.pk, topic.name, topic.about, topic.who, owners)


def _asked(ask: Known) -> cases.Asked:
    name = ask.topic.name
    return cases.Asked(ask.pk, name, ask.question, ask.verdict, ask.answer)
