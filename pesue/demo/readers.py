"""People who follow the demo's links, through the same door as everybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings

from pesue.sharing.actions.links import salt_of
from pesue.sharing.clicks.door import Door, Way
from pesue.sharing.clicks.log import ClickLog
from pesue.sharing.clicks.visitors import Salts
from pesue.sharing.models import Link, Share

BROWSERS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/19.0 Safari/605.1.15",
)
PREVIEWS = {
    "linkedin": "LinkedInBot/1.0 (compatible; Mozilla/5.0)",
    "facebook": "facebookexternalhit/1.1",
    "whatsapp": "WhatsApp/2.24",
    "mastodon": "Mastodon/4.4.0 (http.rb/5.2.0; +https://mastodon.example/)",
}
REFERRERS = {
    "linkedin": "https://www.linkedin.com/",
    "facebook": "https://m.facebook.com/",
    "instagram": "https://l.instagram.com/",
    "mastodon": "https://mastodon.social/",
    "x": "https://t.co/",
    "threads": "https://l.threads.com/",
}
# How many people a post brings in the middle of the pack, by channel.
USUAL = {"linkedin": 9, "facebook": 7, "instagram": 3, "whatsapp": 5, "mastodon": 4}


@contextmanager
def door() -> Iterator[Door]:
    """The links' door with a click log of its own."""
    log = ClickLog(settings.CLICK_LOG)
    try:
        yield Door(
            log, Salts(salt_of, ZoneInfo(settings.TIME_ZONE)), lambda _slug: None
        )
    finally:
        log.close()


def crowd(chance: Random, share: Share) -> list[timedelta]:
    """How long after the post each of its readers comes: most of them soon."""
    usual = USUAL.get(share.channel, 4)
    many = min(round(usual * chance.lognormvariate(0, 0.9)), 90)
    return [
        timedelta(minutes=min(chance.expovariate(1 / 900), 9 * 24 * 60))
        for _ in range(many)
    ]


def follow(door: Door, link: Link, chance: Random, *, at: datetime) -> None:
    """One person comes; now and then twice."""
    peer = f"198.51.{chance.randrange(256)}.{chance.randrange(256)}"
    headers = {"user-agent": chance.choice(BROWSERS)}
    referrer = REFERRERS.get(link.share.channel)
    if referrer and chance.random() < 0.7:
        headers["referer"] = referrer
    for _ in range(2 if chance.random() < 0.08 else 1):
        _answered(door, link, headers, peer, at)


def preview(door: Door, link: Link, *, at: datetime) -> None:
    """The network looks at the page to make a card of it."""
    agent = PREVIEWS.get(link.share.channel)
    if agent:
        _answered(door, link, {"user-agent": agent}, "198.51.100.1", at)


def _answered(
    door: Door, link: Link, headers: dict[str, str], peer: str, at: datetime
) -> None:
    if link.slug not in door.ways:
        door.learn(link.slug, Way(link.pk, link.target))
    door.follow(link.slug, "GET", headers, peer, at.timestamp())
