from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pesue.content.actions.pictures import describe
from pesue.content.actions.refusals import ChangedElsewhere
from pesue.content.canonical import canonical, url_key
from pesue.content.levers import HOLD_OUT
from pesue.content.models import Item, Picture, Question, Reading, Starter
from pesue.content.plain import line, plain
from pesue.content.queries.search import index
from pesue.guidance.models import Topic
from pesue.people.models import Member, Team
from pesue.trials.actions import NotDone, appear, leave_out

State = Item.State


def add_item(
    *,
    now: datetime,
    state: str = State.INBOX,
    read_page: bool = False,
    may_wait: bool = True,
    **fields: Any,
) -> Item:
    """Put a new item in the inbox, or in the library at once.

    With `read_page` the worker fills what is empty from the page at its address.
    Without `may_wait` it is in no hold-out: a colleague's own story is in none unless
    they said that it may be.
    """
    url = canonical(fields.pop("url", ""))
    with transaction.atomic():
        item = Item.objects.create(
            **fields,
            url=url,
            url_key=url_key(url),
            state=state,
            state_since=now,
            added_at=now,
            ready_at=now if state == State.READY else None,
        )
        index([item])
        if read_page and url:
            Reading.objects.create(
                item=item, state=Reading.State.WAITING, state_since=now, next_at=now
            )
        if state == State.READY and may_wait:
            appear(HOLD_OUT.key, item.pk, now, ends=item.valid_until)
    return item


def suggest(
    member: Member, *, url: str, title: str, text: str, now: datetime
) -> tuple[Item, bool]:
    """A colleague's suggestion, into the inbox; and whether it is new.

    The same address suggested again is the item that is already there.
    """
    same = url_key(url)
    known = Item.objects.filter(url_key=same).first() if same else None
    if known:
        return known, False
    item = add_item(
        now=now,
        read_page=True,
        url=url,
        title=line(title, 200) or canonical(url)[:200],
        summary=plain(text, 2000),
        suggested_by=member,
        team=member.team,
        language=member.language,
    )
    return item, True


@dataclass(frozen=True)
class Card:
    """What belongs to an item besides its own fields."""

    edition: int  # the one that was edited
    owner: Member | None
    picture: Picture | None
    picture_alt: str
    picture_people: str  # a Picture.People; empty: nobody has said
    topics: Iterable[Topic]
    audience: Iterable[Team]
    questions: Mapping[str, Sequence[str]]  # by language
    starters: Iterable[tuple[str, str, bool]]  # language, text, whether it is whole


def save_item(item: Item, card: Card, *, now: datetime) -> Item:
    """Save an item whole; a new one goes to the inbox.

    Raises ChangedElsewhere if it was saved since `card.edition`; then nothing is
    changed.
    """
    item.url = canonical(item.url)
    item.url_key = url_key(item.url)
    item.owner, item.picture = card.owner, card.picture
    with transaction.atomic():
        if item.pk is None:
            item.state, item.state_since, item.added_at = State.INBOX, now, now
            item.save()
        else:
            rows = Item.objects.filter(pk=item.pk, edition=card.edition)
            if not rows.update(edition=F("edition") + 1):
                raise ChangedElsewhere
            item.edition = card.edition + 1
            item.save(update_fields=SAVED)
        _save_around(item, card)
        index([item])
    return item


def _save_around(item: Item, card: Card) -> None:
    if card.picture:
        describe(card.picture, card.picture_alt, card.picture_people)
    item.topics.set(card.topics)
    item.audience.set(card.audience)
    item.questions.all().delete()
    Question.objects.bulk_create(
        Question(item=item, language=language, text=text)
        for language, texts in card.questions.items()
        for text in texts
    )
    item.starters.all().delete()
    Starter.objects.bulk_create(
        Starter(item=item, language=language, text=text, whole=whole)
        for language, text, whole in card.starters
    )


SAVED = (
    "title",
    "summary",
    "url",
    "url_key",
    "picture",
    "language",
    "concept",
    "owner",
    "disclosure",
    "finance",
    "valid_until",
    "locked_until",
    "locked_why",
    "edition",
)


def accept(item: Item, *, now: datetime) -> None:
    """Into the library; the first time it may wait there some days before it is
    offered, by lot. Raises ForbiddenMove, LostRace."""
    with transaction.atomic():
        is_new = item.ready_at is None
        item.move(State.READY, now=now, ready_at=item.ready_at or now)
        if is_new:
            appear(HOLD_OUT.key, item.pk, now, ends=item.valid_until)


def keep_out_of_trial(item: Item, *, by: Member, now: datetime) -> None:
    """Offer it at once when it is ready, whatever is tried. Raises NotDone."""
    if item.ready_at is not None:
        raise NotDone(_("It has been in the library already."))
    leave_out(HOLD_OUT.key, item.pk, by=by, now=now)


def drop(item: Item, *, now: datetime) -> None:
    """Leave out; it can be taken back. Raises ForbiddenMove, LostRace."""
    item.move(State.DROPPED, now=now)


def fill(item_id: int, found: dict[str, Any]) -> None:
    """Fill the empty fields of an item; what people wrote stays as it is."""
    with transaction.atomic():
        item = Item.objects.select_for_update().get(pk=item_id)
        blank = {
            name: value
            for name, value in found.items()
            if value and (not getattr(item, name) or _stands_in(item, name))
        }
        if blank:
            for name, value in blank.items():
                setattr(item, name, value)
            item.save(update_fields=list(blank))
            index([item])


def _stands_in(item: Item, name: str) -> bool:
    """A suggestion without a title carries its address until the page is read."""
    return name == "title" and item.title == item.url[:200]
