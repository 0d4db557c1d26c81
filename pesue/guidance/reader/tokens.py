"""A sentence as words, the same for the cues and for what was learned."""

import re

WORDS = {"@": "someone@mail", "#": "#channel", "0": "0"}  # stand for all of their kind
_MAIL = re.compile(r"(?<![^\s<>(),;:])[^\s<>(),;:@]+@[^\s<>(),;:@]+\w")
_URL = re.compile(r"(?:https?://|www\.)\S+\w/?")
_CHANNEL = re.compile(r"(?<![\w&])#[\w-]*[^\W\d_][\w-]*")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_TOKEN = re.compile(r"someone@mail|#channel|some://url|\w+(?:['’.-]\w+)*|[?!:,;()–—-]")


def tokens(sentence: str) -> list[str]:
    """Lower-case words and the marks that part clauses; mails, channels, numbers
    as one word each."""
    text = _URL.sub(" some://url ", sentence)
    text = _CHANNEL.sub(" #channel ", _MAIL.sub(" someone@mail ", text))
    text = _NUMBER.sub("0", text.lower().replace("’", "'"))
    return _TOKEN.findall(text)
