"""Words of a text as the search keeps and asks them. No Django, no database.

Both databases get the same words made here, so both find the same. A text's words
are kept as written and as stems of its language ("fi_" and the stem); a question is
asked in every language at once, and its last word also as a beginning.
"""

import unicodedata
from functools import lru_cache

import regex

from pesue.foundation import stems
from pesue.foundation.stems import STEMMERS

WORD = regex.compile(r"[\p{L}\p{N}]+")
DOUBLE = regex.compile(r"([kpt])\1")
ENDING = regex.compile(r"(?<=....)[aeiouyäö]+$")
LONGEST = 40  # letters of a word
MOST_KEPT = 4000  # words of a text
MOST_ASKED = 8  # words of a question


def words_of(text: str) -> list[str]:
    """The words of a text in one form: composed, small letters, at most 40."""
    flat = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    return [word[:LONGEST] for word in WORD.findall(flat)]


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of a word of `language` (fi, sv, en), marked with the language."""
    stemmed = stems.stem(word, language)
    if language == "fi":
        # The stemmer leaves kaup-, kaupa-, kaupo- of one word: kauppa, kaupassa,
        # kaupoissa. Less of the ending joins them; short words stay as they are.
        stemmed = ENDING.sub("", DOUBLE.sub(r"\1", stemmed))
    return f"{language}_{stemmed}"


def kept(text: str, language: str) -> list[str]:
    """What the index keeps of a text, each once, sorted."""
    words = set(words_of(text)[:MOST_KEPT])
    return sorted(words | {stem(word, language) for word in words})


def asked(text: str) -> list[list[str]]:
    """A question as alternatives: of each inner list, a text must have one.

    A trailing "*" means: a word that begins so.
    """
    words = words_of(text)[:MOST_ASKED]
    found = [[word, *(stem(word, lang) for lang in STEMMERS)] for word in words]
    if found:
        found[-1][0] += "*"
    return found
