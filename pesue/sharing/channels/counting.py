"""How long a text is, by each network's own rule. No Django."""

import regex

from pesue.sharing.channels.x_weight import EMOJI
from pesue.sharing.channels.x_weight import x_weight as x_weight

_GRAPHEME = regex.compile(r"\X")
_URL = regex.compile(r"https?://[^\s<>\"]+", regex.IGNORECASE)
_URL_END = ".,:;!?'\"»”"  # punctuation after an address is not part of it


def characters(text: str) -> int:
    """Unicode code points."""
    return len(text)


def utf16(text: str) -> int:
    """UTF-16 units, as JavaScript counts."""
    return len(text.encode("utf-16-le")) // 2


def utf8(text: str) -> int:
    """Bytes in UTF-8."""
    return len(text.encode())


def graphemes(text: str) -> int:
    """What people see as single characters. Source: Unicode UAX 29."""
    return len(_GRAPHEME.findall(text))


def urls(text: str) -> list[tuple[int, int]]:
    """Where addresses with http(s):// stand: (start, end) in characters."""
    return [
        (match.start(), match.start() + len(_ended(match.group())))
        for match in _URL.finditer(text)
    ]


def _ended(url: str) -> str:
    """The address without what only follows it: "(see https://a.fi)."."""
    while url:
        alone = url[-1] == ")" and url.count(")") > url.count("(")
        if url[-1] not in _URL_END and not alone:
            break
        url = url[:-1]
    return url


def with_urls_as(text: str, length: int) -> str:
    """The text with each address put as `length` letters."""
    for start, end in reversed(urls(text)):
        text = text[:start] + "x" * length + text[end:]
    return text


def threads_length(text: str) -> int:
    """Characters, an emoji by its bytes in UTF-8."""
    return sum(
        utf8(cluster) if EMOJI.match(cluster) else len(cluster)
        for cluster in _GRAPHEME.findall(text)
    )
