"""The library as one member sees it: a page at a time, newest first."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from pesue.content.models import DEFAULT_QUESTIONS, Item
from pesue.content.queries.search import having
from pesue.guidance.models import Concept, Topic

PAGE = 24
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Wanted:
    """What a member is looking for; empty fields let all through."""

    words: str = ""
    topic: Topic | None = None
    concept: Concept | None = None
    language: str = ""


@dataclass(frozen=True)
class Shelf:
    items: list[Item]
    older: str  # where the next page begins, or ""


def shelf(items: "QuerySet[Item]", wanted: Wanted, before: str = "") -> Shelf:
    """One page of `items`, those that `wanted` asks for. Two queries and topics."""
    if wanted.topic:
        items = items.filter(topics=wanted.topic)
    if wanted.concept:
        items = items.filter(concept=wanted.concept)
    if wanted.language:
        items = items.filter(language=wanted.language)
    rows = having(items, wanted.words).filter(_from(before))
    found = list(
        rows.select_related("picture", "source")
        .prefetch_related("topics")
        .defer("text")
        .order_by("-ready_at", "-pk")[: PAGE + 1]
    )
    return Shelf(found[:PAGE], place(found[PAGE - 1]) if len(found) > PAGE else "")


def place(item: Item) -> str:
    """Where an item stands in the library, as a word of an address."""
    assert item.ready_at
    return f"{(item.ready_at - EPOCH) // timedelta(microseconds=1)}-{item.pk}"


def _from(before: str) -> Q:
    """Items after the place `before`; a place nobody made is the beginning."""
    first, _, last = before.partition("-")
    if not (first.isdigit() and last.isdigit() and len(before) < 40):
        return Q()
    try:
        at = EPOCH + timedelta(microseconds=int(first))
    except OverflowError:
        return Q()
    return Q(ready_at__lt=at) | Q(ready_at=at, pk__lt=int(last))


def questions_for(item: Item, language: str) -> list[str]:
    """The questions that get one writing: the item's own, else ours."""
    own = [q.text for q in item.questions.all() if q.language == language]
    return own or list(DEFAULT_QUESTIONS.get(language, DEFAULT_QUESTIONS["en"]))


def starters_for(item: Item, language: str, *, whole: bool = False) -> list[str]:
    """First sentences to continue, or with `whole` the ready texts."""
    return [
        starter.text
        for starter in item.starters.all()
        if starter.language == language and starter.whole == whole
    ]
