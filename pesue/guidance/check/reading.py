"""A text as the check reads it: sentences of words, and what each word may be.

Word lists are data, one file a language; each is read once. Every word of a text is
looked up once for all lists together, and what a word was is remembered.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import regex

LANGUAGES = ("fi", "sv", "en")
_WORDS = Path(__file__).parent / "words"
_TOKEN = regex.compile(r"#?[\p{L}\p{M}\p{N}]+(?:['\u2019]\p{L}+)?|%")
_SENTENCE = regex.compile(r"[^.!?\n]*(?:[.!?]+(?=\S)[^.!?\n]*)*[.!?]*\n?")
Entry = tuple[str, tuple[str, ...]]  # a list's name; the words that must follow


@dataclass(frozen=True)
class Token:
    """A word of a text, and where it stands."""

    text: str
    low: str
    start: int
    end: int


class Lexicon:
    """The word lists of one language: words, beginnings of words, and phrases."""

    def __init__(self, lists: Mapping[str, list[str]]) -> None:
        self._entries: dict[str, list[Entry]] = defaultdict(list)
        for name, phrases in lists.items():
            for phrase in phrases:
                first, *rest = phrase.split()
                self._entries[first].append((name, tuple(rest)))
        self._shortest = min(map(len, self._entries), default=0) - 1
        self.begins = lru_cache(50_000)(self._begins)

    def _begins(self, word: str) -> tuple[Entry, ...]:
        """What may begin with this word."""
        found = list(self._entries.get(word, ()))
        for end in range(max(1, self._shortest), len(word) + 1):
            found += self._entries.get(f"{word[:end]}*", ())
        return tuple(found)

    def hits(self, tokens: list[Token]) -> dict[str, list[slice]]:
        """By list: where its words stand in a sentence."""
        found: dict[str, list[slice]] = {}
        for at, token in enumerate(tokens):
            for name, rest in self.begins(token.low):
                last = at + 1 + len(rest)
                after = tokens[at + 1 : last]
                if len(after) == len(rest) and all(map(_is, after, rest)):
                    found.setdefault(name, []).append(slice(at, last))
        return found


def _is(token: Token, wanted: str) -> bool:
    if wanted.endswith("*"):
        return token.low.startswith(wanted[:-1])
    return token.low == wanted


@cache
def _lists(name: str) -> dict[str, Any]:
    return tomllib.loads((_WORDS / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def plain_list(name: str, which: str) -> frozenset[str]:
    """A list of whole words that is only asked whether it has one."""
    return frozenset(_lists(name)["others"][which])


@cache
def lexicon(language: str) -> Lexicon:
    """What the words of a text may be."""
    lists = _lists(language if language in LANGUAGES else "en")
    return Lexicon({n: found for n, found in lists.items() if isinstance(found, list)})


@cache
def subjects() -> tuple[Lexicon, ...]:
    """What a guideline is about, in any language."""
    return tuple(Lexicon(_lists(language)["subject"]) for language in LANGUAGES)


@dataclass(frozen=True)
class Sentence:
    """One sentence: its words, and which of them stand in which list."""

    text: str
    start: int
    tokens: list[Token]
    hits: dict[str, list[slice]]

    def has(self, *names: str) -> bool:
        return any(name in self.hits for name in names)

    def quote(self, name: str) -> str:
        """The first words found of a list, as they are written."""
        return self.between(self.tokens[self.hits[name][0]])

    def between(self, found: list[Token]) -> str:
        """The text of these tokens, from the first to the last."""
        at, end = found[0].start - self.start, found[-1].end - self.start
        return self.text[at:end]


@dataclass(frozen=True)
class Text:
    """What somebody writes, read once."""

    words: str
    language: str

    @cached_property
    def sentences(self) -> list[Sentence]:
        known = lexicon(self.language)
        found = []
        for text, start in _sentences(self.words):
            tokens = list(tokens_of(text, start))
            if tokens:
                found.append(Sentence(text, start, tokens, known.hits(tokens)))
        return found

    @cached_property
    def told(self) -> list[Sentence]:
        """Without talk of pay, unions and working conditions.

        Nor the sentence before and after such talk: it may belong to it. What is
        taken out here is looked into by no check of words.
        """
        work = [sentence.has("work") for sentence in self.sentences]
        near = zip([False, *work], work, [*work[1:], False], strict=False)
        return [
            sentence
            for sentence, around in zip(self.sentences, near, strict=True)
            if not any(around)
        ]


def tokens_of(text: str, start: int = 0) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        word = found[0]
        low = word.casefold().replace("\u2019", "'")
        yield Token(word, low, start + found.start(), start + found.end())


def _sentences(words: str) -> Iterator[tuple[str, int]]:
    for found in _SENTENCE.finditer(words):
        if found[0]:
            yield found[0], found.start()
