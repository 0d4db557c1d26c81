"""Offering each their step of the week, and what they say to it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from pesue.encouragement.ladder import Person, monday, step
from pesue.encouragement.matching import Post, Reader, Shelf
from pesue.encouragement.models import Offer
from pesue.encouragement.queries import offers as queries
from pesue.encouragement.queries.offers import Past, week_of
from pesue.encouragement.rungs import PRESSED, Rung
from pesue.people.actions import members
from pesue.people.models import Member

BATCH = 2000
ABOUT_ITEMS = {Rung.READ, Rung.ANSWER, Rung.LINE}
ABOUT_POSTS = {Rung.REACT, Rung.COMMENT}
KEPT = timedelta(weeks=16)  # as long as a step decides the next ones, and some
NOBODYS: frozenset[int] = frozenset()
Answered = Offer.Answered
About = dict[Rung, dict[str, int]]  # the fields of an offer, by rung


def offer_to_all(posts: Sequence[Post], *, now: datetime) -> int:
    """Choose the week's step for every active member who has none; how many got one.

    `posts` are what colleagues may be shown. Run twice, or by two at once, it offers
    once: the database keeps one a week.
    """
    shelf, after, made = queries.shelf(posts, now=now), 0, 0
    while rows := list(queries.members_after(after, BATCH)):
        after = rows[-1][0]
        new = _chosen(rows, shelf, now=now)
        with transaction.atomic():
            Offer.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)
        made += len(new)
    return made


def offer_to_one(
    member: Member, posts: Sequence[Post], *, now: datetime
) -> Offer | None:
    """The step of one who has come and has none this week; None: there is nothing."""
    rows = list(queries.people(Member.objects.filter(pk=member.pk)))
    shelf = queries.shelf(posts, now=now, team=member.team_id or 0)
    new = _chosen(rows, shelf, now=now, came=True)
    for offer in new:
        offer.looked_at = now  # nobody who is here is written to
    with transaction.atomic():
        Offer.objects.bulk_create(new, ignore_conflicts=True)
    return queries.offer_of(member, week_of(now))


def offer_anew(offer: Offer, posts: Sequence[Post], *, now: datetime) -> Offer | None:
    """What it was about is no more: the same week, another."""
    offer.delete()
    return offer_to_one(offer.member, posts, now=now)


def _chosen(
    rows: Sequence[Any], shelf: Shelf, *, now: datetime, came: bool = False
) -> list[Offer]:
    past, week, today = (
        queries.past(rows, shelf, now=now),
        week_of(now),
        localdate(now),
    )
    found = []
    for row in rows:
        pk, *_who, part, paused_until, posted = row
        earlier = past.offers.get(pk, [])
        if earlier and earlier[0].week == week:
            continue
        about = _about(queries.reader(row, past.topics), past, shelf, week)
        person = Person(
            pk,
            part,
            frozenset(about),
            past.done.get(pk, ()),
            earlier,
            posted,
            paused=bool(paused_until and paused_until > today),
        )
        chosen = step(person, week, came=came)
        if chosen:
            found.append(
                Offer(
                    member_id=pk,
                    week=week,
                    rung=chosen.rung,
                    why=chosen.why,
                    after=chosen.after,
                    at=now,
                    **about[chosen.rung],
                )
            )
    return found


def _about(reader: Reader, past: Past, shelf: Shelf, week: date) -> About:
    """What each rung there is something for would be about, for one person."""
    told = past.told.get(reader.id, NOBODYS)
    before = past.offers.get(reader.id, ())
    done = [row for row in before if row.answered == Answered.DONE]
    read = {row.item for row in done if row.rung == Rung.READ and row.item}
    found: About = {}
    # What was read once is not offered for reading again.
    if to_read := shelf.item(reader, told | read):
        found[Rung.READ] = {"item_id": to_read}
    if reader.id in past.flat:
        return found
    found |= {Rung.WRITE: {}, Rung.FILM: {}}  # these need nothing but the person
    if item := shelf.item(reader, told) if read else to_read:
        found |= {rung: {"item_id": item} for rung in ABOUT_ITEMS - {Rung.READ}}
    thanked = past.thanked.get(reader.id, NOBODYS)
    lot = shelf.lot(reader, week)
    if share := shelf.post(reader, thanked, lot, reachable=False):
        found[Rung.REACT] = {"share_id": share}
    been = {row.share for row in done if row.rung == Rung.COMMENT and row.share}
    if share := shelf.post(reader, thanked | been, lot, reachable=True):
        found[Rung.COMMENT] = {"share_id": share}
    if colleague := shelf.newcomer(reader, week):
        found[Rung.HELP] = {"colleague_id": colleague}
    return found


def forget(*, now: datetime) -> int:
    """Delete what is too old to decide anything; how many."""
    old = Offer.objects.filter(week__lt=week_of(now) - KEPT)
    return old.delete()[0]


def press(offer: Offer, *, now: datetime) -> None:
    """It is done, by the person's word: of steps of which no row tells."""
    if offer.rung in PRESSED:
        _answer(offer, Answered.DONE, now=now)


def not_this(offer: Offer, *, now: datetime) -> None:
    """Another kind next week."""
    _answer(offer, Answered.NOT_THIS, now=now)


def nothing(member: Member, *, now: datetime) -> None:
    """Nothing more until next Monday; a longer pause stands."""
    offer = queries.offer_of(member, week_of(now))
    if offer:
        _answer(offer, Answered.NOTHING, now=now)
    until = monday(localdate(now)) + timedelta(days=7)
    if member.paused_until is None or member.paused_until < until:
        members.rest(member, until=until)


def come_back(member: Member, *, now: datetime) -> None:
    """End the pause; what was put off this week stands there again."""
    members.rest(member, until=None)
    Offer.objects.filter(
        member=member, week=week_of(now), answered=Answered.NOTHING
    ).update(answered=Answered.NONE, answered_at=None)


def _answer(offer: Offer, answered: Answered, *, now: datetime) -> None:
    """What is done stays done."""
    rows = Offer.objects.filter(pk=offer.pk).exclude(answered=Answered.DONE)
    rows.update(answered=answered, answered_at=now)
