"""The stem of a word, the same in every thread and on every database. No Django."""

from functools import lru_cache

import snowballstemmer

STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of a word of `language`: fi, sv or en. The word is in small letters."""
    # A stemmer keeps its working state in itself: one per word is safe in threads.
    found: str = snowballstemmer.stemmer(STEMMERS[language]).stemWord(word)
    return found
