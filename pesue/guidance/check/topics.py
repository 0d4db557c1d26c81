"""Topics that others answer for, named in the words of a text.

A topic is named if a sentence holds all the words of its name, or two different words
of its name and of what it covers, one of them of its name or both of them long. Words
are compared by their stems, in the language of the text; small and common words do
not count. A topic named in another language than the text is not found: better none
than a false alarm.
"""

from functools import lru_cache

import snowballstemmer

from pesue.guidance.check.reading import Sentence, Text, plain_list, tokens_of
from pesue.guidance.check.shape import Subject

STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}
SHORTEST = 4  # letters of a word that counts
LONG = 7
SAME = 3  # letters a stem and a word have in common, before stems are compared


@lru_cache(50_000)
def _stem(word: str, language: str) -> str:
    # A stemmer keeps its working state in itself: one per word is safe in threads.
    return str(snowballstemmer.stemmer(STEMMERS[language]).stemWord(word))


@lru_cache(2_000)
def _stems(words: str, language: str) -> frozenset[str]:
    """The stems of the words that count."""
    lows = (token.low.lstrip("#") for token in tokens_of(words))
    common = plain_list(language, "common")
    counted = (low for low in lows if len(low) >= SHORTEST and low not in common)
    return frozenset(_stem(low, language) for low in counted)


def named_in(text: Text, subjects: tuple[Subject, ...]) -> tuple[Subject, str] | None:
    """The first topic that a text names, and by which words."""
    if text.language not in STEMMERS or not subjects:
        return None
    kept = [(s, _stems(s.name, text.language), _of(s, text.language)) for s in subjects]
    heads = frozenset(stem[:SAME] for _s, name, all_ in kept for stem in name | all_)
    for sentence in text.told:
        here = _here(sentence, heads, text.language)
        for subject, name, covered in kept:
            found = here.keys() & covered
            if found and _names(name, found):
                return subject, " … ".join(here[stem] for stem in here if stem in found)
    return None


def _of(subject: Subject, language: str) -> frozenset[str]:
    return _stems(f"{subject.name} {subject.about}", language)


def _here(sentence: Sentence, heads: frozenset[str], language: str) -> dict[str, str]:
    """By stem: the words of a sentence that may be a topic's."""
    common = plain_list(language, "common")
    return {
        _stem(low, language): token.text
        for token in sentence.tokens
        if (low := token.low.lstrip("#"))[:SAME] in heads and low not in common
    }


def _names(name: frozenset[str], found: "frozenset[str] | set[str]") -> bool:
    if name and name <= found:
        return True
    long = sum(len(stem) >= LONG for stem in found)
    return len(found) >= 2 and (bool(name & found) or long >= 2)
