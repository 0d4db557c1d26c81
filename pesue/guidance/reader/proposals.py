"""What one may do instead of what is forbidden: a proposal, by what it is about."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from pesue.foundation.stems import stem
from pesue.guidance.reader.owners import Owner
from pesue.guidance.reader.tokens import tokens

HERE = Path(__file__).parent


@cache
def _patterns(language: str) -> list[tuple[str, "re.Pattern[str]", str, str]]:
    """In order: the subject, the words that tell it, and what to say."""
    text = (HERE / "instead" / f"{language}.toml").read_text(encoding="utf-8")
    return [
        (
            one["about"],
            re.compile(rf"(?<!\w)(?:{'|'.join(one['words'])})"),
            one["instead"],
            one.get("asking", ""),
        )
        for one in tomllib.loads(text)["subject"]
    ]


def instead(sentence: str, language: str, owners: Sequence[Owner]) -> str:
    """One enabling sentence in the language of the sentence."""
    low = sentence.lower()
    said, asking = next(
        (said, asking)
        for _about, words, said, asking in _patterns(language)
        if words.search(low)  # the last is about anything else
    )
    if owners and asking:
        return asking.replace("{owner}", owners[0].name)
    return said


def too_far(law: str, language: str) -> str:
    """What people may do, in place of an over-broad sentence."""
    text = (HERE / "instead" / f"{language}.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["free"][law])


def linked(
    sentence: str, values: Iterable[tuple[str, str]], language: str
) -> list[str]:
    """Keys of the values whose words the sentence shares, by stems; the nearest first.

    `values` are pairs of a key and the value's own words. Short words tie nothing.
    """
    mine = _stems(sentence, language)
    shared = [(len(mine & _stems(text, language)), key) for key, text in values]
    return [key for number, key in sorted(shared, reverse=True) if number]


def _stems(text: str, language: str) -> set[str]:
    return {stem(word, language) for word in tokens(text) if len(word) > 5}
