"""Words in whatever form they stand, to be found by another. Imports no Django."""

import re

import snowballstemmer

STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}


def stems(text: str, language: str) -> set[str]:
    """The stems of the words of `text`."""
    stemmer = snowballstemmer.stemmer(STEMMERS.get(language, "english"))
    return set(stemmer.stemWords(re.findall(r"\w+", text.casefold())))
