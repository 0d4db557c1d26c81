"""Topics that others answer for, named in the words of a text.

A topic is named if a sentence holds all the words of its name, or two different words
of its name and of what it covers, one of them of its name or both of them long. Words
are compared by their stems, in the language of the text; small and common words do
not count. A topic named in another language than the text is not found: better none
than a false alarm.
"""

from functools import lru_cache

from pesue.foundation import stems
from pesue.guidance.check.reading import Sentence, Text, lows_of, plain_list
from pesue.guidance.check.shape import Subject

SHORTEST = 4  # letters of a word that counts
LONG = 7
SAME = 3  # letters a stem and a word have in common, before stems are compared


@lru_cache(2_000)
def _stems(words: str, language: str) -> frozenset[str]:
    """The stems of the words that count."""
    lows = (low.lstrip("#") for low in lows_of(words))
    common = plain_list(language, "common")
    counted = (low for low in lows if len(low) >= SHORTEST and low not in common)
    return frozenset(stems.stem(low, language) for low in counted)


def named_in(text: Text, subjects: tuple[Subject, ...]) -> tuple[Subject, str] | None:
    """The first topic that a text names, and by which words."""
    if text.language not in stems.STEMMERS or not subjects:
        return None
    named = _index(subjects, text.language)
    heads = _heads(subjects, text.language)
    for sentence in text.told:
        here = _here(sentence, heads, text.language)
        for subject in dict.fromkeys(s for stem in here for s in named.get(stem, ())):
            found = here.keys() & _of(subject, text.language)
            if _names(_stems(subject.name, text.language), found):
                return subject, " … ".join(here[stem] for stem in here if stem in found)
    return None


@lru_cache(100)
def _index(
    subjects: tuple[Subject, ...], language: str
) -> dict[str, tuple[Subject, ...]]:
    """By stem: the topics that it may name."""
    known = {stem for subject in subjects for stem in _of(subject, language)}
    return {s: tuple(x for x in subjects if s in _of(x, language)) for s in known}


@lru_cache(100)
def _heads(subjects: tuple[Subject, ...], language: str) -> frozenset[str]:
    return frozenset(stem[:SAME] for stem in _index(subjects, language))


def _of(subject: Subject, language: str) -> frozenset[str]:
    return _stems(f"{subject.name} {subject.about}", language)


def _here(sentence: Sentence, heads: frozenset[str], language: str) -> dict[str, str]:
    """By stem: the words of a sentence that may be a topic's."""
    common = plain_list(language, "common")
    return {
        stems.stem(low, language): low
        for low in (word.lstrip("#") for word in sentence.lows)
        if low[:SAME] in heads and low not in common
    }


def _names(name: frozenset[str], found: set[str]) -> bool:
    if name and name <= found:
        return True
    long = sum(len(stem) >= LONG for stem in found)
    return len(found) >= 2 and (bool(name & found) or long >= 2)
