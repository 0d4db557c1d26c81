"""How long a text is, by each network's own rule. No Django."""

import unicodedata

import regex

_GRAPHEME = regex.compile(r"\X")
_URL = regex.compile(r"https?://[^\s<>\"]+", regex.IGNORECASE)
_URL_END = ".,:;!?)'\"»”"  # punctuation after an address is not part of it

# twitter-text 3, configs.js "version3": these code points weigh 1, all others 2.
_X_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
_X_URL = 23
_X_EMOJI = regex.compile(
    r"[#*0-9]\uFE0F?\u20E3|\p{RI}\p{RI}|(?!\uFE0E)"
    r"(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}(?!\uFE0E))"
)
_X_ADDRESS = regex.compile(
    r"(?<![\w@$#./-])(?:https?://)?(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+"
    r"(?:com|org|net|edu|gov|info|biz|io|dev|app|eu|online|site|tech|blog|news|jobs"
    r"|[a-z]{2})(?![\p{L}\p{N}@-])(?::\d+)?"
    r"(?:[/?#](?:[\w\-./~%+&=#?@!$*;:,|()']*[\w\-/~%+&=#$])?)?",
    regex.IGNORECASE,
)


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
        (match.start(), match.start() + len(match.group().rstrip(_URL_END)))
        for match in _URL.finditer(text)
    ]


def with_urls_as(text: str, length: int) -> str:
    """The text with each address put as `length` letters."""
    for start, end in reversed(urls(text)):
        text = text[:start] + "x" * length + text[end:]
    return text


def x_weight(text: str) -> int:
    """The length X counts: 280 is the most.

    Source: twitter-text 3.1.0, parseTweet with its default configuration.
    """
    text = unicodedata.normalize("NFC", text)
    text, addresses = _X_ADDRESS.subn("", text)
    weight = addresses * _X_URL
    for cluster in _GRAPHEME.findall(text):
        emoji = _X_EMOJI.match(cluster)
        weight += 2 if emoji else sum(map(_x_point, cluster))
    return weight


def _x_point(letter: str) -> int:
    return 1 if any(low <= ord(letter) <= high for low, high in _X_LIGHT) else 2


def threads_length(text: str) -> int:
    """Characters, an emoji by its bytes in UTF-8."""
    return sum(
        utf8(cluster) if _X_EMOJI.match(cluster) else len(cluster)
        for cluster in _GRAPHEME.findall(text)
    )
