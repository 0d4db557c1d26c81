"""Words in whatever form they stand, to be found by another. Imports no Django."""

import re

from pesue.foundation.stems import STEMMERS, stem


def stems(text: str, language: str) -> set[str]:
    """The stems of the words of `text`."""
    known = language if language in STEMMERS else "en"
    return {stem(word, known) for word in re.findall(r"\w+", text.casefold())}
