"""One spelling for each page, as the library has it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from pesue.content.canonical import canonical, url_key

MANY = 50_000  # spellings that are remembered

_EMAIL = re.compile(r"[^\s/@?&=]+(?:@|%40)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_BARE = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/|$)")


class Page(NamedTuple):
    """A page in its one spelling, with the key that items go by."""

    address: str
    key: str
    site: str


def page(address: str) -> Page:
    return Page(address, url_key(address), site_of(address))


def site_of(address: str) -> str:
    """The host without www.; a port other than the usual belongs to it."""
    try:
        return urlsplit(canonical(address)).netloc.removeprefix("www.")
    except ValueError:
        return ""


class Addresses:
    """Reads addresses of pages.

    A query string is left out, as it may say who somebody is, but for what belongs to
    the address of an item: `known` are those of the library. `site` is where pages
    without a host are.
    """

    def __init__(self, known: Iterable[str] = (), site: str = "") -> None:
        self.site = site_of(site if "://" in site else f"https://{site}")
        self._own: dict[str, list[tuple[set[tuple[str, str]], Page]]] = defaultdict(
            list
        )
        for address in known:
            whole = canonical(address)
            if urlsplit(whole).query:
                pairs = set(parse_qsl(urlsplit(whole).query, keep_blank_values=True))
                self._own[_bare(whole)].append((pairs, page(whole)))
        for choices in self._own.values():
            choices.sort(key=lambda choice: (-len(choice[0]), choice[1]))
        self._read: dict[tuple[str, str], Page | None] = {}

    def of(self, text: str, host: str = "") -> Page | None:
        """The page, or None if the text is no web address.

        Raises ValueError if it holds an e-mail address.
        """
        path, mark, _query = text.partition("?")
        if mark:  # mostly it says nothing, and each one is another
            page = self.of(path, host)
            if page is None or _bare(page.address) not in self._own:
                return page
        asked = (text, host)
        if asked not in self._read:
            if len(self._read) >= MANY:
                self._read.clear()
            self._read[asked] = self._of(text.strip(), host)
        return self._read[asked]

    def _of(self, text: str, host: str) -> Page | None:
        if text.startswith("/"):
            place = site_of(f"https://{host}") if host else self.site
            text = f"https://{place}{text}" if place else ""
        elif "://" not in text and _BARE.match(text):
            text = f"https://{text}"
        whole = canonical(text) if "://" in text else ""
        if not whole or len(whole) > 1000:
            return None
        parts = urlsplit(whole)
        if parts.query:
            pairs = set(parse_qsl(parts.query, keep_blank_values=True))
            for wanted, own in self._own.get(_bare(whole), []):
                if wanted <= pairs:
                    return own
        if _EMAIL.search(parts.path) or "@" in parts.netloc:
            raise ValueError(text)
        return page(urlunsplit((parts.scheme, parts.netloc, parts.path, "", "")))


def _bare(whole: str) -> str:
    parts = urlsplit(whole)
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
