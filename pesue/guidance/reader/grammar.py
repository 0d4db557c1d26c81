"""What grammar says of a sentence, where it nearly decides: lists in grammar/.

Each answer is one more feature for what was learned (weights/), a heavy one: how far
grammar is to be believed was learned, too.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import re2  # type: ignore[import-untyped]

HERE = Path(__file__).parent / "grammar"


@cache
def _patterns(language: str) -> dict[str, "re2._Regexp"]:
    text = (HERE / f"{language}.toml").read_text(encoding="utf-8")
    return {
        name: re2.compile(f"[ ](?:{'|'.join(map(_plain, alternatives))})(?:[ ]|$)")
        for name, alternatives in tomllib.loads(text).items()
    }


def _plain(pattern: str) -> str:
    """A word is what has no space in it."""
    return pattern.replace(r"\w", r"[^ ,;:–—?!$^]")


def verdicts(words: list[str], language: str) -> Iterator[str]:
    """ "bans", "lifted", "frees", "tells": what the words do, and which goes last."""
    found = _patterns(language)
    text = f" ^ {' '.join(words)} $ "
    left = found["lifts"].sub(" ~ ", text)
    lifted = "~" in left
    bans = bool(found["bans"].search(left))
    frees = bool(found["frees"].search(left))
    tells = bool(found["tells"].search(left))
    if bans:
        yield "bans"
        yield "bans lifted" if lifted else "bans plain"
    elif lifted:
        yield "lifted"
    elif frees:
        yield "frees told" if tells else "frees"
    elif tells:
        yield "tells"
    else:
        yield "silent"
