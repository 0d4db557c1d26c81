"""Lists of feeds as feed readers export them (OPML). No Django."""

from html.parser import HTMLParser


class _Outlines(HTMLParser):
    """OPML in the wild is rarely well-formed XML; an HTML parser forgives all."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "outline" and named.get("xmlurl"):
            title = named.get("title") or named.get("text") or ""
            self.found.append((named["xmlurl"].strip(), title.strip()))


def is_opml(body: bytes) -> bool:
    return b"<opml" in body[:2000].lower()


def feeds_of(body: bytes, most: int = 500) -> list[tuple[str, str]]:
    """Addresses and titles of the feeds in an OPML file, each once, in order."""
    reader = _Outlines()
    reader.feed(body.decode("utf-8", "replace"))
    return list(dict(reader.found).items())[:most]
