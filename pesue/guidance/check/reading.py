"""A text as the check reads it: sentences of words, and what each word may be.

Word lists are data, one file a language; each is read once. Every word of a text is
looked up once for all lists together, and what a word was is remembered.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

LANGUAGES = ("fi", "sv", "en")
_WORDS = Path(__file__).parent / "words"
_TOKEN = re.compile(r"#?\w+(?:'\w+)?|%")
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+(?=\S)[^.!?\n]*)*[.!?]*\n?")
HEAD = 3  # letters by which most words are known to be in no entry
Span = slice  # of a sentence's words
Entry = tuple[str, tuple[str, ...]]  # a list's name; the words that must follow


class Token(NamedTuple):
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
        self._heads = frozenset(first[:HEAD] for first in self._entries)
        found = [rest for some in self._entries.values() for _name, rest in some]
        self._seconds = frozenset(rest[0][:HEAD] for rest in found if rest)
        self.begins = lru_cache(50_000)(self._begins)
        self.pairs = lru_cache(50_000)(self._pairs)

    def entries(self) -> list[str]:
        """Every entry, as it stands in the lists."""
        return [
            " ".join((first, *rest))
            for first, found in self._entries.items()
            for _name, rest in found
        ]

    def _begins(self, word: str) -> tuple[Entry, ...]:
        """What may begin with this word."""
        if word[:HEAD] not in self._heads:
            return ()
        found = list(self._entries.get(word, ()))
        for end in range(HEAD, len(word) + 1):
            found += self._entries.get(f"{word[:end]}*", ())
        return tuple(found)

    def _pairs(self, word: str, after: str) -> list[Entry]:
        """What may begin with a word that another comes after."""
        known = self.begins(word)
        if after[:HEAD] not in self._seconds:
            return [entry for entry in known if not entry[1]]
        return [e for e in known if not e[1] or _follow([after], e[1][:1])]

    def hits(self, lows: list[str]) -> dict[str, list["Span"]]:
        """By list: where its words stand among the words of a sentence."""
        found: dict[str, list[Span]] = {}
        for at, (low, after) in enumerate(pairwise([*lows, ""])):
            if not self.begins(low):
                continue
            for name, rest in self.pairs(low, after):
                last = at + 1 + len(rest)
                if len(rest) < 2 or _follow(lows[at + 1 : last], rest):
                    found.setdefault(name, []).append(slice(at, last))
        return found


def _follow(lows: list[str], wanted: tuple[str, ...]) -> bool:
    if len(lows) < len(wanted):
        return False
    for low, part in zip(lows, wanted, strict=True):
        if low != part and not (part[-1] == "*" and low.startswith(part[:-1])):
            return False
    return True


@cache
def _lists(name: str) -> dict[str, Any]:
    return tomllib.loads((_WORDS / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def plain_list(name: str, which: str) -> frozenset[str]:
    """A list of whole words that is only asked whether it has one."""
    return frozenset(phrases_of(name, which))


def phrases_of(name: str, which: str) -> list[str]:
    """A list that stands apart from those every text is looked through for."""
    found: list[str] = _lists(name)["others"][which]
    return found


@cache
def lexicon(language: str) -> Lexicon:
    """What the words of a text may be."""
    lists = _lists(language if language in LANGUAGES else "en")
    return Lexicon({n: found for n, found in lists.items() if isinstance(found, list)})


@cache
def subjects() -> tuple[Lexicon, ...]:
    """What a guideline is about, in any language."""
    return tuple(Lexicon(_lists(language)["subject"]) for language in LANGUAGES)


@dataclass(frozen=True, eq=False)
class Sentence:
    """One sentence: its words, and which of them stand in which list."""

    text: str
    start: int
    lows: list[str]
    hits: dict[str, list[Span]]

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words with their places: few sentences are asked for them."""
        return tokens_of(self.text, self.start)

    def has(self, *names: str) -> bool:
        return not self.hits.keys().isdisjoint(names)

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

    @classmethod
    def of(cls, words: str, language: str) -> "Text":
        """As typed; an accent that stands apart from its letter is put onto it."""
        return cls(unicodedata.normalize("NFC", words), language)

    @cached_property
    def sentences(self) -> list[Sentence]:
        known = lexicon(self.language)
        found = []
        for text, start in _sentences(self.words):
            lows = lows_of(text)
            if lows:
                found.append(Sentence(text, start, lows, known.hits(lows)))
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

    @cached_property
    def _having(self) -> dict[str, list[Sentence]]:
        found: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in self.told:
            for name in sentence.hits:
                found[name].append(sentence)
        return found

    def having(self, *names: str) -> list[Sentence]:
        """What is told with words of these lists, each sentence once."""
        return list(dict.fromkeys(s for n in names for s in self._having.get(n, ())))


def lows_of(text: str) -> list[str]:
    """The words of a text in small letters."""
    words: list[str] = _TOKEN.findall(text.replace("\u2019", "'").casefold())
    return words


def tokens_of(text: str, start: int = 0) -> list[Token]:
    """The words of a text, each with its place."""
    found = _TOKEN.finditer(text.replace("\u2019", "'"))
    return [
        Token(m[0], m[0].casefold(), start + m.start(), start + m.end()) for m in found
    ]


def _sentences(words: str) -> Iterator[tuple[str, int]]:
    for found in _SENTENCE.finditer(words):
        if found[0]:
            yield found[0], found.start()
