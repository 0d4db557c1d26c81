"""What a web page says about itself. No Django, no network.

OpenGraph (https://ogp.me/), Twitter cards, JSON-LD of Schema.org, then plain HTML,
in this order; oEmbed (https://oembed.com/) fills what is still empty.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from pesue.content.canonical import canonical
from pesue.content.plain import clipped, endless, line, seen

TITLE, SUMMARY, TEXT, ALT, SITE = 200, 2000, 20_000, 500, 100  # characters
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.I)
OEMBED = 'link[type="application/json+oembed"]'
WORDLESS = "script,style,noscript,template,nav,header,footer,aside,form,svg,iframe"


@dataclass(frozen=True)
class Page:
    url: str  # canonical, as the page itself says
    title: str
    summary: str
    text: str
    picture_url: str
    picture_alt: str
    language: str  # "fi", or empty
    site: str
    oembed_url: str  # where to ask for what is missing; may be empty


def read_page(body: bytes, *, url: str, charset: str = "") -> Page:
    """What the HTML found at `url` tells a reader before they open it."""
    tree = HTMLParser(decoded(body, charset))
    base_tag = tree.css_first("base[href]")
    base = urljoin(url, (base_tag.attributes.get("href") or "") if base_tag else "")
    said, data = _meta(tree), _linked_data(tree)
    html = tree.css_first("html")
    lang = (html.attributes.get("lang") if html else "") or said.get("og:locale", "")
    summary = _first(
        said.get("og:description"),
        said.get("twitter:description"),
        _of(data, "description"),
        said.get("description"),
    )
    alt = _first(said.get("og:image:alt"), said.get("twitter:image:alt"))
    site = _first(said.get("og:site_name"), _publisher(data))
    return Page(
        url=_own_address(tree, said, url),
        title=line(_title(tree, said, data), TITLE),
        summary=clipped(summary, SUMMARY),
        picture_url=_pictures(said, data, base),
        picture_alt=line(alt, ALT),
        language=language(lang or _of(data, "inLanguage")),
        site=line(site, SITE),
        oembed_url=_oembed(tree, base),
        text=_article(tree),
    )


def _first(*values: str | None) -> str:
    """The first value that has words."""
    return next(filter(None, (line(value or "", 2000) for value in values)), "")


def _title(tree: HTMLParser, said: dict[str, str], data: list[dict[str, Any]]) -> str:
    head, heading = tree.css_first("title"), tree.css_first("h1")
    return _first(
        said.get("og:title"),
        said.get("twitter:title"),
        _of(data, "headline"),
        head.text() if head else "",
        heading.text() if heading else "",
    )


def with_oembed(page: Page, answer: bytes, base: str) -> Page:
    """The page with what was empty filled from an oEmbed answer."""
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        return page
    if not isinstance(found, dict):
        return page
    said = {key: line(str(found.get(key) or ""), 2000) for key in OEMBED_KEYS}
    photo = said["url"] if said["type"] == "photo" else ""
    return replace(
        page,
        title=page.title or line(said["title"], TITLE),
        site=page.site or line(said["provider_name"], SITE),
        picture_url=page.picture_url or canonical(photo or said["thumbnail_url"], base),
    )


OEMBED_KEYS = ("type", "title", "provider_name", "thumbnail_url", "url")


def decoded(body: bytes, charset: str) -> str:
    """Text of a page, whatever it says its encoding is: its marks, header, meta."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    inside = CHARSET.search(body[:4096])
    for name in (charset, inside[1].decode() if inside else "", "utf-8"):
        if endless(name):
            continue
        name = "cp1252" if name.lower() in {"iso-8859-1", "latin-1"} else name
        try:
            return body.decode(name) if name else body.decode("utf-8")
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return body.decode("cp1252", "replace")


def language(code: str) -> str:
    """Two small letters of "fi-FI", "sv_FI"; empty when it is none."""
    return code[:2].lower() if re.match(r"[A-Za-z]{2}([-_]|$)", code) else ""


def _meta(tree: HTMLParser) -> dict[str, str]:
    said: dict[str, str] = {}
    for tag in tree.css("meta[content]"):
        name = tag.attributes.get("property") or tag.attributes.get("name") or ""
        said.setdefault(name.strip().lower(), tag.attributes.get("content") or "")
    return said


def _linked_data(tree: HTMLParser) -> list[dict[str, Any]]:
    """The JSON-LD objects of the page, those that are articles first."""
    found: list[dict[str, Any]] = []
    for tag in tree.css('script[type="application/ld+json"]')[:20]:
        try:
            found += list(_objects(json.loads(tag.text()), depth=4))
        except (ValueError, RecursionError):
            continue  # others' mistakes are common here
    return sorted(found, key=lambda part: "headline" not in part)


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, list) and depth:
        for part in data[:50]:
            yield from _objects(part, depth - 1)
    elif isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph", []), depth - 1)


def _of(data: list[dict[str, Any]], key: str) -> str:
    return next((part[key] for part in data if isinstance(part.get(key), str)), "")


def _publisher(data: list[dict[str, Any]]) -> str:
    makers = [part.get("publisher") for part in data]
    return _of([maker for maker in makers if isinstance(maker, dict)], "name")


def _pictures(said: dict[str, str], data: list[dict[str, Any]], base: str) -> str:
    pictures = [part.get("image") for part in data]
    named = [_address(picture) for picture in pictures]
    keys = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image")
    for address in [*(said.get(key, "") for key in keys), *named]:
        if address and (whole := canonical(address, base)):
            return whole
    return ""


def _address(picture: Any) -> str:
    """Of an image in JSON-LD: an address, an ImageObject, or a list of them."""
    if isinstance(picture, list):
        return _address(picture[0]) if picture else ""
    if isinstance(picture, dict):
        return str(picture.get("url") or picture.get("contentUrl") or "")
    return picture if isinstance(picture, str) else ""


def _own_address(tree: HTMLParser, said: dict[str, str], url: str) -> str:
    """The address the page gives itself, believed only on its own site."""
    tag = tree.css_first('link[rel="canonical"]')
    named = (tag.attributes.get("href") if tag else "") or said.get("og:url", "")
    own, here = canonical(named or "", url), canonical(url)
    if own and own.split("/")[2] == here.split("/")[2] and own.count("/") > 3:
        return own
    return here


def _oembed(tree: HTMLParser, base: str) -> str:
    tag = tree.css_first(OEMBED)
    return canonical((tag.attributes.get("href") if tag else "") or "", base)


def _article(tree: HTMLParser) -> str:
    """The page's words without what surrounds them; for search, not for show."""
    tree.strip_tags(WORDLESS.split(","))
    body = tree.css_first("article") or tree.css_first("main") or tree.body
    return (
        clipped(seen(" ".join(body.text(separator=" ").split())), TEXT) if body else ""
    )


def feed_in(body: bytes, *, url: str, charset: str = "") -> str:
    """The address of the feed that a page names (rel=alternate), or ""."""
    for tag in HTMLParser(decoded(body[:500_000], charset)).css("link[href]"):
        kind = (tag.attributes.get("type") or "").lower()
        rel = (tag.attributes.get("rel") or "").lower().split()
        if "alternate" in rel and kind in FEED_TYPES:
            return canonical(tag.attributes.get("href") or "", url)
    return ""


FEED_TYPES = {
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
}
