"""The door: what a visitor of a short link gets, and the line a visit leaves.

No Django and no waiting: a look in a dict, one write() to the click log, the answer.
"""

import re
import time
from collections.abc import Callable
from typing import NamedTuple

from pesue.sharing.clicks import robots
from pesue.sharing.clicks.log import Click, ClickLog, Landing, line
from pesue.sharing.clicks.visitors import Salts, network_of, visitor

# No vowels, so no words; no characters that are taken for one another. 47**7 = 5e11.
ALPHABET = "23456789bcdfghjkmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ"
LENGTH = 7
_SLUG = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")

MOST_WAYS = 200_000  # links kept in memory, about 0.5 kB each; the rest are asked for
MISSES = 30  # unknown links that one address may try in a WINDOW
WINDOW = 60.0  # seconds
MOST_ADDRESSES = 50_000  # counted at once; beyond that newcomers wait for the next
ABSENT_FOR = 5.0  # seconds that "there is no such link" is believed
MOST_ABSENT = 50_000

_KEPT_SHORT = [
    ("cache-control", "no-store"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("x-robots-tag", "noindex"),
]
_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{0}</title>'
    "<p>{0}</p></html>"
)


class Way(NamedTuple):
    """Where a link leads; an empty target is a link that was closed."""

    link: int
    target: str


class Answer(NamedTuple):
    status: int
    headers: list[tuple[str, str]]
    body: bytes


def _page(status: int, text: str, *more: tuple[str, str]) -> Answer:
    kind = ("content-type", "text/html; charset=utf-8")
    policy = ("content-security-policy", "default-src 'none'")
    headers = [*_KEPT_SHORT, kind, policy, *more]
    return Answer(status, headers, _PAGE.format(text).encode())


UNKNOWN = _page(404, "There is no such link. Check that it is whole.")
CLOSED = _page(410, "This link has been closed.")
TOO_MANY = _page(
    429, "Too many links tried. Wait a minute.", ("retry-after", f"{WINDOW:.0f}")
)
UNREACHED = _page(
    503, "We cannot look the link up now. Try again soon.", ("retry-after", "5")
)
NOT_READ = _page(405, "A link can only be followed.", ("allow", "GET, HEAD"))


class Door:
    """What one process knows of the links, and how it answers.

    `find` gives the way of a slug that is not in memory, or None; it may be slow:
    only `seek` calls it, and a loop calls `seek` in a thread.
    """

    def __init__(
        self,
        log: ClickLog,
        salts: Salts,
        find: Callable[[str], Way | None],
    ) -> None:
        self.log = log
        self.salts = salts
        self.ways: dict[str, Way] = {}
        self._find = find
        self._absent: dict[str, float] = {}
        self._misses: dict[str, int] = {}
        self._window_ends = 0.0

    def learn(self, slug: str, way: Way) -> None:
        """Keep a link in memory; the one learnt first gives way when it is full."""
        self._absent.pop(slug, None)
        self.ways[slug] = way
        if len(self.ways) > MOST_WAYS:
            self.ways.pop(next(iter(self.ways)), None)

    def follow(
        self,
        slug: str,
        method: str,
        headers: robots.Headers,
        address: str,
        at: float,
    ) -> Answer:
        """Answer one request for a link that is in memory, and write it down.

        `address` is the visitor's, `at` seconds since 1970. A disk that takes nothing
        does not stop a visitor.
        """
        if method not in ("GET", "HEAD"):
            return NOT_READ
        way = self.ways.get(slug)
        if way is None:
            return UNKNOWN
        if not way.target:
            return CLOSED
        said = (headers.get("user-agent") or "")[: robots.LONGEST_AGENT]
        found = robots.agent(said)
        click = Click(
            int(at * 1000),
            way.link,
            visitor(self.salts.secret(at), address, said),
            robots.kind_of(method, headers, found),
            found.device,
            robots.source_of(headers.get("referer"), found),
        )
        self.log.write(line(click))
        return Answer(302, [("location", way.target), *_KEPT_SHORT], b"")

    def land(
        self, page: str, method: str, headers: robots.Headers, address: str, at: float
    ) -> None:
        """Write down that a story's page is shown; `at` as for `follow`."""
        said = (headers.get("user-agent") or "")[: robots.LONGEST_AGENT]
        who = visitor(self.salts.secret(at), address, said)
        kind = robots.kind_of(method, headers, robots.agent(said))
        self.log.write(line(Landing(int(at * 1000), page, who, kind)))

    def refuse(self, slug: str, address: str) -> Answer | None:
        """The answer for a slug that is not in memory; None if it is worth a `seek`.

        Guessing is slow for one address and costs us no look-up; whoever follows
        a link that we have in memory never comes here.
        """
        if not _SLUG.fullmatch(slug):
            return UNKNOWN
        now = time.monotonic()
        if self._absent.get(slug, 0.0) > now:
            return UNKNOWN
        if now > self._window_ends:
            self._misses.clear()
            self._window_ends = now + WINDOW
        asker = network_of(address)
        known = asker in self._misses or len(self._misses) < MOST_ADDRESSES
        if not known or self._misses.get(asker, 0) >= MISSES:
            return TOO_MANY
        return None

    def seek(self, slug: str, address: str) -> Answer | None:
        """Look a link up; None when it is now in memory and can be followed."""
        try:
            way = self._find(slug)
        except Exception:  # whatever the database's driver raises: it is not there
            return UNREACHED
        if way is not None:
            self.learn(slug, way)
            return None
        if len(self._absent) >= MOST_ABSENT:
            self._absent.clear()
        self._absent[slug] = time.monotonic() + ABSENT_FOR
        asker = network_of(address)
        self._misses[asker] = self._misses.get(asker, 0) + 1
        return UNKNOWN


def slug_of(path: str) -> str:
    """The slug in "/r/bcd2345", on the pages' address, or "/bcd2345", on one for links.

    What is pasted with a link out of a sentence does not belong to it.
    """
    return (path[3:] if path.startswith("/r/") else path[1:]).rstrip("/.,;:!?)")
