"""All that the composer shows, read in a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.timezone import localdate

from pesue.content.levers import HOLD_OUT, why_held
from pesue.content.models import Item
from pesue.content.queries.library import questions_for, starters_for
from pesue.guidance.check import Draft, Known, is_marked, line_of
from pesue.guidance.models import Ask, Guideline, Topic
from pesue.guidance.queries.asks import on_page
from pesue.guidance.queries.knowing import known_for
from pesue.guidance.queries.overview import fitting
from pesue.people.models import Member, Organisation
from pesue.sharing.channels import CHANNELS, base
from pesue.sharing.clicks.door import LENGTH
from pesue.sharing.composing import Look, joined, look, way_out, words_of
from pesue.sharing.levers import DELAY
from pesue.sharing.models import Account, Share
from pesue.sharing.queries.accounts import connected
from pesue.sharing.queries.likeness import like_a_colleague
from pesue.sharing.queries.links import short_address
from pesue.sharing.queries.shares import channels_used, open_of, server_used
from pesue.sharing.sameness import ALIKE, most_alike, shingles
from pesue.trials.queries import held_until, meets

NEAR = 4  # channels shown before "more"


@dataclass(frozen=True)
class Desk:
    """The composer's page: what helps, where it goes, how it stands."""

    initial: Mapping[str, Any]  # of the form
    questions: list[str]
    starters: list[str]
    ready: list[str]  # whole texts
    topics: list[Topic]
    guidelines: list[Guideline]
    near: list[base.Channel]
    more: list[base.Channel]
    channel: base.Channel
    accounts: list[Account]  # connected, on any channel
    account: Account | None  # by which it would go out
    way: base.Way
    look: Look
    asks: list[Ask]  # what was asked here, with what was answered
    draft: Share | None
    under_way: Share | None  # another share about the item that waits for something
    unmarked: bool  # advertising, and the line does not say so
    waits: date | None  # offered from that day on, by lot
    may_be_delayed: bool  # some posts go out later, by lot, and this may be one
    time_zone: str

    @property
    def choices(self) -> list[Account]:
        """The accounts to choose from, where there are several."""
        mine = [a for a in self.accounts if a.channel == self.channel.key]
        return mine if len(mine) > 1 else []

    @property
    def by_api(self) -> bool:
        return self.way is base.Way.API

    @property
    def out(self) -> str:
        """What the one button says it does: the place and the way."""
        return f"out-{self.channel.key}-{self.way}"

    @property
    def may_wait(self) -> bool:
        return self.by_api and self.channel.allows(base.About.SCHEDULE)


def accounts(member: Member) -> list[Account]:
    return list(connected(member))


def first_line(item: Item, language: str) -> str:
    """The disclosure line that an item asks for, before anyone edits it."""
    ours = Organisation.the() or Organisation()
    return line_of(item.disclosure, language, ours.name, ours.rules)


def blank(member: Member, item: Item) -> Mapping[str, Any]:
    """What the composer shows of an item of which nothing is written."""
    near, _more = _places(member, accounts(member))
    return _initial(member, item, None, near[0].key)


def desk(member: Member, item: Item, draft: Share | None, *, now: datetime) -> Desk:
    """The composer of one item, with the member's draft if one is begun."""
    prefetch_related_objects([item], "questions", "starters", "topics__owners")
    mine = accounts(member)
    near, more = _places(member, mine)
    kept = _initial(member, item, draft, near[0].key)
    channel = CHANNELS.get(kept["channel"], CHANNELS["anywhere"])
    account = _chosen([a for a in mine if a.channel == channel.key], kept["account"])
    link = link_to_be(item, draft)
    known = known_for(member, today=localdate(now))
    asks = on_page(member, reverse("compose", args=[item.pk]))
    waits = held_until(HOLD_OUT.key, item.pk, today=localdate(now), member=member)
    written = _written(member, item, kept, asks, waits, now=now)
    language = kept["language"]
    post = base.Post(f"{written.line}\n\n{written.words}", link=link, title=item.title)
    way = way_out(channel, post, connected=account is not None, server=kept["server"])
    return Desk(
        initial=kept,
        questions=questions_for(item, language),
        starters=starters_for(item, language),
        ready=starters_for(item, language, whole=True),
        topics=list(item.topics.all()),
        guidelines=fitting(item.topics.all(), item.concept),
        near=near,
        more=more,
        channel=channel,
        accounts=mine,
        account=account,
        way=way,
        look=look(channel, written, link, account.limits if account else None, known),
        asks=asks,
        draft=draft,
        under_way=open_of(member, item),
        unmarked=_is_unmarked(written, known),
        waits=waits,
        may_be_delayed=_may_be_delayed(member, item, channel, way, now=now),
        time_zone=settings.TIME_ZONE,
    )


def _may_be_delayed(
    member: Member, item: Item, channel: base.Channel, way: base.Way, *, now: datetime
) -> bool:
    """The same whatever the lot is, so that nobody presses because of it."""
    if way is not base.Way.API or not channel.allows(base.About.SCHEDULE):
        return False
    trial = meets(DELAY.key, member)
    return trial is not None and trial.begins <= localdate(now)


def _chosen(usable: list[Account], pk: int) -> Account | None:
    return next((a for a in usable if a.pk == pk), next(iter(usable), None))


def _places(
    member: Member, mine: list[Account]
) -> tuple[list[base.Channel], list[base.Channel]]:
    """The channels the person knows first, filled up to a few; then the rest."""
    known = [*channels_used(member), *(a.channel for a in mine), *CHANNELS]
    order = list(dict.fromkeys(key for key in known if key in CHANNELS))
    own = len({key for key in known[: -len(CHANNELS)] if key in CHANNELS})
    cut = max(NEAR, min(own, 2 * NEAR))
    return [CHANNELS[k] for k in order[:cut]], [CHANNELS[k] for k in order[cut:]]


def _initial(
    member: Member, item: Item, draft: Share | None, first: str
) -> dict[str, Any]:
    alt = item.picture.alt if item.picture else ""
    if draft is None:
        language = member.language
        return {
            "line": first_line(item, language),
            "words": "",
            "reason": "",
            "channel": first,
            "account": 0,
            "server": _server(member, first),
            "language": language,
            "pictured": False,
            "alt": alt,
            "edition": 0,
            "left": [],
        }
    return {
        "line": draft.disclosure,
        "words": words_of(draft.text, draft.disclosure),
        "reason": draft.undisclosed_why,
        "channel": draft.channel,
        "account": draft.account_id or 0,
        "server": draft.server or _server(member, draft.channel),
        "language": draft.language,
        "pictured": draft.picture_id is not None,
        "alt": draft.alt or alt,
        "edition": draft.edition,
        "left": draft.left,
        "draft": draft.pk,
    }


def _server(member: Member, key: str) -> str:
    channel = CHANNELS.get(key)
    return server_used(member, key) if channel and channel.needs_server else ""


def link_to_be(item: Item, draft: Share | None) -> str:
    """The short link, or before it is made one of the same length."""
    if draft is not None and hasattr(draft, "link"):
        return short_address(draft.link)
    return f"{settings.LINK_ADDRESS}/{'x' * LENGTH}" if item.url else ""


def _written(
    member: Member,
    item: Item,
    kept: Mapping[str, Any],
    asks: list[Ask],
    waits: date | None,
    *,
    now: datetime,
) -> Draft:
    """The draft as the check looks at it."""
    today = localdate(now)
    mine = shingles(kept["words"])
    offered = (starter.text for starter in item.starters.all())
    locked = item.locked_on(today)
    late = item.valid_until is not None and item.valid_until < today
    return Draft(
        words=kept["words"],
        line=kept["line"],
        language=kept["language"],
        kind=item.disclosure,
        reason=kept["reason"],
        topics=frozenset(topic.pk for topic in item.topics.all()),
        cleared=frozenset(a.topic_id for a in asks if a.verdict == Ask.Verdict.GO),
        finance=item.finance,
        locked=locked or waits,
        locked_why=item.locked_why if locked else why_held() if waits else "",
        gone=late or item.state != Item.State.READY,
        pictured=kept["pictured"],
        alt=kept["alt"],
        people=item.picture.people if item.picture else "",
        like_ready=most_alike(mine, offered) > ALIKE,
        like_colleague=like_a_colleague(kept["words"], member, now=now) > ALIKE,
        left=frozenset(kept["left"]),
    )


def _is_unmarked(written: Draft, known: Known) -> bool:
    """Advertising, and nothing in it says so: then one is asked why."""
    whole = joined(written.line, written.words) or written.line
    return written.kind == Item.Disclosure.AD and not is_marked(whole, known.country)
