"""An old guideline is read, gone through by a person, and becomes an enabling one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pesue.guidance.actions.editions import record
from pesue.guidance.documents import text_of
from pesue.guidance.models import (
    Guideline,
    OldGuideline,
    OldSentence,
    Topic,
    Value,
)
from pesue.guidance.reader import Owner, Reading, Sentence, linked, read
from pesue.people.models import Member

Kind = OldSentence.Kind
Decision = OldSentence.Decision
State = OldGuideline.State
MOST_TEXT = 600_000  # characters; some 200 pages


class NotRead(Exception):
    """There is nothing in the text to go through. The text says what to do."""


@dataclass(frozen=True)
class Decided:
    """What a person made of one sentence."""

    sentence: OldSentence
    taken: bool
    kind: str
    words: str
    instead: str
    topic: Topic | None
    values: list[Value]


def take_in(
    name: str, data: bytes, *, by: Member | None, now: datetime
) -> OldGuideline:
    """Read a document. Raises Unreadable, or NotRead."""
    return take_in_text(name, text_of(name, data).text, by=by, now=now)


def take_in_text(
    name: str, text: str, *, by: Member | None, now: datetime
) -> OldGuideline:
    """Read a text that was pasted. Raises NotRead."""
    if len(text) > MOST_TEXT:
        raise NotRead(
            _("This is longer than 200 pages. Bring the part that guides people.")
        )
    found = read(text)
    if not found.sentences:
        raise NotRead(_("There is no sentence in it. Paste the text itself."))
    with transaction.atomic():
        old = OldGuideline.objects.create(
            name=name[:200],
            language=found.language,
            text=text,
            by=by,
            at=now,
            state=State.OPEN,
            state_since=now,
            score=found.score.value,
            permissions=found.score.permissions,
            readability=found.score.readability,
            words=found.score.words,
        )
        rows = _rows(old, found)
        OldSentence.objects.bulk_create(rows)
        _link(rows)
    return old


def _rows(old: OldGuideline, found: Reading) -> list[OldSentence]:
    topics = _by_name(Topic.objects.all())
    return [
        OldSentence(
            old=old,
            position=position,
            start=one.start,
            end=one.end,
            text=one.text,
            language=one.language,
            label=one.label,
            owners=[owner.name for owner in one.owners],
            law=one.law,
            topic=_topic(one.owners, topics),
            **_proposed(one),
        )
        for position, one in enumerate(found.sentences)
    ]


def _proposed(one: Sentence) -> dict[str, str]:
    """What the sentence would become, if the person agrees."""
    if one.label == "do":
        kind = Kind.ASK if one.owners and not one.enables else Kind.DO
        return {"kind": kind, "words": one.text}
    if one.label == "dont":
        return {"kind": Kind.INSTEAD, "words": one.text, "instead": one.instead}
    if one.label == "overbroad":  # it cannot stand; what people may do, can
        return {"kind": Kind.DO, "words": one.instead}
    if one.label == "value":
        return {"kind": Kind.VALUE, "words": one.text}
    return {}


def _by_name(topics: Iterable[Topic]) -> dict[str, Topic]:
    return {topic.name.casefold(): topic for topic in topics}


def _topic(owners: Iterable[Owner], topics: dict[str, Topic]) -> Topic | None:
    """The topic that is called as one of the owners, if there is one."""
    known = (topics.get(owner.name.casefold()) for owner in owners)
    return next((topic for topic in known if topic), None)


def _link(rows: list[OldSentence]) -> None:
    """Tie the rules to the values they speak of."""
    values = [
        (str(value.pk), f"{value.name} {value.meaning}")
        for value in Value.objects.all()
    ]
    through = OldSentence.values.through
    through._default_manager.bulk_create(
        through(oldsentence_id=row.pk, value_id=int(key))
        for row in rows
        if values and row.kind
        for key in linked(row.text, values, row.language)
    )


def decide(old: OldGuideline, decided: Iterable[Decided]) -> None:
    """Keep what the person made of some sentences, all or none."""
    with transaction.atomic():
        for one in decided:
            rows = OldSentence.objects.filter(pk=one.sentence.pk, old=old, made=None)
            found = rows.update(
                decision=Decision.TAKEN if one.taken else Decision.LEFT,
                kind=one.kind,
                words=one.words,
                instead=one.instead,
                topic=one.topic,
            )
            if found:
                one.sentence.values.set(one.values)


def publish(old: OldGuideline, *, by: Member, now: datetime) -> int:
    """Make guidelines of what was taken; returns how many. LostRace, ForbiddenMove.

    The move comes first, so that of two who press the button one publishes.
    """
    with transaction.atomic():
        old.move(State.DONE, now=now)
        rows = old.sentences.filter(decision=Decision.TAKEN, made=None)
        taken = list(rows.prefetch_related("values").select_related("topic"))
        for sentence in taken:
            if sentence.kind == Kind.VALUE:
                _make_value(sentence)
            else:
                _make_guideline(old, sentence, by=by, now=now)
    return len(taken)


def _make_value(sentence: OldSentence) -> None:
    name, _sep, meaning = sentence.words.partition(": ")
    if not meaning or len(name) > 80:
        name, meaning = sentence.words, sentence.words
    Value.objects.create(
        name=_short(name, 80), meaning=meaning[:1000], position=Value.objects.count()
    )


def _short(text: str, most: int) -> str:
    """Cut at a space, so that no word is broken."""
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rsplit(' ', 1)[0]}…"


def _make_guideline(
    old: OldGuideline, sentence: OldSentence, *, by: Member, now: datetime
) -> None:
    guideline = Guideline.objects.create(
        kind=sentence.kind,
        text=sentence.words[:500],
        instead=sentence.instead[:500] if sentence.kind == Kind.INSTEAD else "",
        quote=sentence.text,
        source=old.name,
        changed_at=now,
    )
    guideline.values.set(sentence.values.all())
    if sentence.topic:
        guideline.topics.add(sentence.topic)
    record(guideline, by=by, now=now)
    sentence.made = guideline
    sentence.save(update_fields=["made"])


def put_aside(old: OldGuideline, *, now: datetime) -> None:
    """Leave it; it can be taken up again. LostRace, ForbiddenMove."""
    old.move(State.DROPPED, now=now)


def take_up(old: OldGuideline, *, now: datetime) -> None:
    """Go on with it. What has been published stays. LostRace, ForbiddenMove."""
    old.move(State.OPEN, now=now)


def forget(old: OldGuideline) -> None:
    """The old text goes for good; the guidelines made of it stay."""
    old.delete()


def ask_model(old: OldGuideline) -> int:
    """Have a language model propose wordings for what is not decided yet."""
    waiting = old.sentences.filter(
        decision=Decision.OPEN,
        label__in=["dont", "overbroad"],
        wish__in=[OldSentence.Wish.NONE, OldSentence.Wish.FAILED],
    )
    return waiting.update(wish=OldSentence.Wish.ASKED)
