"""Plain words out of HTML that others wrote. No Django."""

import codecs
import html
import re
import unicodedata

import nh3

BREAKS = re.compile(
    r"<\s*(?:br|/p|/div|/li|/h[1-6]|/tr|/blockquote)\b[^>]{0,200}>", re.I
)
SPACES = re.compile(r"[^\S\n]+")
LINES = re.compile(r"\s*\n\s*")
MOST_HTML = 200_000  # characters looked at: far more than a card can show


def endless(charset: str) -> bool:
    """Whether decoding a page by it may take minutes: these are for a host's name."""
    try:
        return codecs.lookup(charset).name in {"punycode", "idna"}
    except (LookupError, ValueError):
        return False


def plain(source: str, most: int) -> str:
    """The text of a piece of HTML: paragraphs as lines, at most `most` characters.

    Scripts, styles and tags go; entities are read; control characters vanish.
    """
    marked = BREAKS.sub("\n", source[:MOST_HTML])
    bare = html.unescape(nh3.clean(marked, tags=set(), clean_content_tags=UNSEEN))
    return clipped(LINES.sub("\n", SPACES.sub(" ", seen(bare))).strip(), most)


def line(source: str, most: int) -> str:
    """The same on one line, for titles."""
    return clipped(" ".join(plain(source, MOST_HTML).split()), most)


def clipped(text: str, most: int) -> str:
    """At most `most` characters, cut at a word, the cut marked by an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    space = head.rfind(" ", most // 2)
    return f"{head[:space] if space > 0 else head}…"


def seen(text: str) -> str:
    """Without characters that neither print nor separate (NUL, bidi overrides)."""
    return "".join(
        sign
        for sign in text
        if sign == "\n"
        or (
            unicodedata.category(sign) not in {"Cc", "Cs", "Co", "Cn"}
            and sign not in BIDI
        )
        or sign == "\t"
    ).replace("\t", " ")


UNSEEN = {"script", "style"}
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
