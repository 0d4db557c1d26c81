"""Twelve weeks of life: who writes what when, who reads it, and who says thanks."""

import heapq
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from random import Random

import httpx
from django.utils.timezone import localdate, localtime

from pesue.content.levers import HOLD_OUT
from pesue.content.models import Item
from pesue.demo import deeds, readers
from pesue.demo.company import Story, phrases, read
from pesue.demo.house import House
from pesue.demo.library import Library
from pesue.encouragement.actions.thanks import Enough, thank
from pesue.encouragement.steps import tell_impact
from pesue.example import actions as example
from pesue.people.models import Member
from pesue.sharing.clicks.door import Door
from pesue.sharing.models import Link, Share
from pesue.sharing.steps.links import ingest
from pesue.trials.queries import held_until
from pesue.worker import turn

Part = Member.Part
EAGER = {Part.READER: 0.0, Part.COMMENTER: 0.06, Part.SHARER: 0.36}
EAGER |= {Part.WRITER: 0.55, Part.COACH: 0.35}
CHANNELS = ("linkedin", "facebook", "instagram", "whatsapp", "mastodon", "threads", "x")
WEIGHTS = (34, 18, 14, 12, 12, 5, 5)
ALIVE = timedelta(days=24)  # how long an item is talked about
DRAFTED, PUT_OFF = 0.08, 0.14  # of those that begin
NIGHTLY = (ingest, tell_impact)
Act = Callable[[datetime], None]


class Life:
    """A calendar of acts, done in their order, each with its own time as the clock."""

    def __init__(
        self,
        house: House,
        chance: Random,
        door: Door,
        http: httpx.Client,
        *,
        began: datetime,
        now: datetime,
    ) -> None:
        self.house, self.chance, self.door, self.http = house, chance, door, http
        self.began, self.now = began, now
        self.library = Library(house)
        self.told: list[tuple[datetime, Item, Story]] = []
        self.done: set[tuple[int, int]] = set()  # member, item
        self._acts: list[tuple[datetime, int, Act]] = []
        self._number = count()

    def on(self, at: datetime, act: Act) -> None:
        """Put an act into the calendar; what would be after today never happens."""
        if at < self.now:
            heapq.heappush(self._acts, (at, next(self._number), act))

    def plan(self, stories: list[Story], weeks: int) -> None:
        """Items through each week, people's evenings, and the night's work."""
        for place, story in enumerate(stories):
            week = story.week - (12 - weeks)
            at = self.began + timedelta(weeks=week, hours=(place * 29) % 110)
            self.on(at, partial(self._item, story))
        for member in self.house.people:
            self._habits(member, weeks)
        for day in range(weeks * 7):
            self.on(self.began + timedelta(days=day, hours=19), self._night)

    def live(self) -> None:
        while self._acts:
            at, _number, act = heapq.heappop(self._acts)
            act(at)
        self.library.suggestions(now=self.now - timedelta(hours=20))
        self._night(self.now)

    def _habits(self, member: Member, weeks: int) -> None:
        """When the member will sit down to write; more do as they see others do."""
        ours = member == self.house.advocate  # whom visitors of the demo will be
        eager = 0.9 if ours else EAGER[Part(member.part)]
        favourites = self.chance.choices(CHANNELS, WEIGHTS, k=2)
        if ours:
            favourites = ["linkedin", "facebook"]
        if eager and "mastodon" in favourites:
            self.on(self.began, partial(self._connect, member))
        for week in range(weeks):
            if self.chance.random() < eager * (0.55 + 0.05 * week):
                hours = self.chance.choice((7, 9, 12, 12, 16, 18, 20))
                at = self.began + timedelta(
                    weeks=week,
                    days=self.chance.randrange(7),
                    hours=hours - 6,
                    minutes=self.chance.randrange(60),
                )
                channel = self.chance.choice(favourites)
                self.on(at, partial(self._write, member, channel))

    def _connect(self, member: Member, at: datetime) -> None:
        deeds.connect(member, now=at)

    def _item(self, story: Story, at: datetime) -> None:
        until = localdate(at + timedelta(days=60))
        item = self.library.add(story, owner_of=story.topic, now=at, until=until)
        today = localdate(at)
        waits = (held_until(HOLD_OUT.key, item.pk, today=today) or today) - today
        self.told.append((at + waits, item, story))

    def _write(self, member: Member, channel: str, at: datetime) -> None:
        """Choose a story and tell it: to the end, or not."""
        fresh = [
            (item, story)
            for since, item, story in self.told
            if timedelta() <= at - since < ALIVE
            and (member.pk, item.pk) not in self.done
        ]
        own = [pair for pair in fresh if pair[1].language == member.language]
        if not (own or fresh):
            return
        item, story = self.chance.choice(own or fresh)
        self.done.add((member.pk, item.pk))
        if channel == "mastodon" and not member.accounts.exists():
            channel = "linkedin"
        words = deeds.Words(self._said(story, channel), story.language, channel)
        share = deeds.write(member, item, words, now=at)
        later = at + timedelta(minutes=self.chance.randint(2, 9))
        if channel == "mastodon":
            self.on(later, partial(self._send, share))
            return
        finishes = member == self.house.advocate or self.chance.random() >= DRAFTED
        if finishes:
            self.on(later, partial(self._hand_over, share))

    def _said(self, story: Story, channel: str) -> str:
        said = phrases(story.language)
        core = self.chance.choice(story.posts)
        before, after = (self.chance.choice(said[at]) for at in ("before", "after"))
        hashtags = {c["key"]: c["hashtag"] for c in read("house")["concept"]}
        tag = hashtags.get(story.concept, "") if self.chance.random() < 0.4 else ""
        parts = [before, core, after, tag] if channel != "x" else [core]
        return " ".join(part for part in parts if part)

    def _send(self, share: Share, at: datetime) -> None:
        deeds.send(share, now=at, http=self.http)
        if share.state == Share.State.SHARED:
            self._is_out(share, at)

    def _hand_over(self, share: Share, at: datetime) -> None:
        deeds.hand_over(share, now=at)
        wait = timedelta(minutes=min(self.chance.expovariate(1 / 90), 3000))
        posted = share.member == self.house.advocate or self.chance.random() >= PUT_OFF
        if posted:
            self.on(at + wait, partial(self._confirm, share))
        else:
            self.on(at + wait, partial(self._put_off, share))

    def _confirm(self, share: Share, at: datetime) -> None:
        deeds.confirm(share, now=at)
        self._is_out(share, at)

    def _is_out(self, share: Share, at: datetime) -> None:
        """Machines look, people read, colleagues thank; some posts become examples."""
        link = deeds.link_of(share)
        self.on(at + timedelta(seconds=20), partial(self._preview, link))
        for wait in readers.crowd(self.chance, share):
            self.on(at + wait, partial(self._follow, link))
        own = share.member == self.house.advocate
        if own or self.chance.random() < 0.4:
            givers = self.chance.sample(self.house.people, k=2 if own else 1)
            if self.chance.random() < 0.3:
                givers.append(self.house.leader)
            for giver in givers:
                wait = timedelta(hours=self.chance.uniform(1, 60))
                self.on(at + wait, partial(self._thank, share, giver))
        if self.chance.random() < 0.25:
            wait = timedelta(hours=self.chance.uniform(2, 48))
            self.on(at + wait, partial(self._offer, share))

    def _put_off(self, share: Share, at: datetime) -> None:
        deeds.not_now(share, now=at)

    def _preview(self, link: Link, at: datetime) -> None:
        readers.preview(self.door, link, at=at)

    def _follow(self, link: Link, at: datetime) -> None:
        readers.follow(self.door, link, self.chance, at=at)

    def _offer(self, share: Share, at: datetime) -> None:
        example.offer(share, share.member, now=at)

    def _thank(self, share: Share, giver: Member, at: datetime) -> None:
        if giver.pk != share.member_id:
            words = self.chance.choice(phrases(giver.language)["thanks"])
            with suppress(Enough):
                thank(share, giver, now=at, words=words)

    def _night(self, at: datetime) -> None:
        """What the worker does unattended."""
        self.door.salts.prepare(localtime(at))
        turn(at, NIGHTLY)
