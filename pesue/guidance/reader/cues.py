"""What in a sentence speaks for a label: lists of a language's grammar, in cues/.

A cue is a word, or some words in a row, that a person would underline: "do not",
"ei saa", "endast". The lists know nothing of labels; what each cue weighs, and which
together, was learned (weights/).
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import re2  # type: ignore[import-untyped]

HERE = Path(__file__).parent
PARTING = {
    *(",", ";", ":", "–", "—", "(", ")"),
    *("but", "unless", "mutta", "men", "ellei", "however"),
}
POLITE = {
    *("please", "kindly", "always", "never", "also", "just", "so", "then", "and"),
    *("but", "or", "aina", "mutta", "ja", "siis", "alltid", "och", "men", "så"),
    *("gärna", "vänligen", "do", "-", "then", "niin", "ole", "hyvä"),
}
ALWAYS = {"always", "aina", "alltid"}
_PAIRS = """
strong+lifted strong+permit only+permit only+oblige until+strong until+permit
ask+permit ask+oblige imp+until imp+ask but+strong but+permit describe+oblige
describe+permit value+oblige forbid+pay forbid+conditions forbid+critique
forbid+repute forbid+everything only+positive oblige+positive strong+pay
strong+conditions strong+critique strong+repute strong+everything
critique+employer repute+employer everything+employer positive+employer
permit+pay permit+conditions permit+critique strong+protect passive+ask
only+person value+imp until+only
"""
PAIRS = [pair.split("+") for pair in _PAIRS.split()]


class Cues:
    """The lists of one language, asked all at once in linear time."""

    def __init__(self, language: str) -> None:
        path = HERE / "cues" / f"{language}.toml"
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
        self.imperatives = frozenset(lists.pop("imperative"))
        self.inviting = frozenset(lists.pop("inviting"))
        self.over = dict.fromkeys(lists.pop("over_do"), "do")
        self.over |= dict.fromkeys(lists.pop("over_dont"), "dont")
        self.names = list(lists)
        self._set = re2.Set.SearchSet()
        for alternatives in lists.values():
            self._set.Add(f"[ ](?:{'|'.join(map(_spaced, alternatives))})[ ]")
        self._set.Compile()

    def of(self, words: list[str]) -> set[str]:
        found = self._set.Match(f" {' '.join(words)} ") or ()
        return {self.names[number] for number in found}

    def begins_with_imperative(self, words: list[str]) -> bool:
        return _first(words) in self.imperatives

    def invites(self, words: list[str]) -> bool:
        """Whether it bids one tell: "share what you learned", but not "always say"."""
        return _first(words) in self.inviting and not ALWAYS.intersection(words)


def _first(words: list[str]) -> str:
    return next((word for word in words if word not in POLITE), "")


def _spaced(pattern: str) -> str:
    """Between words stand single spaces here, and a word is what has none."""
    plain = pattern.replace(r"\w", "[^ ]").replace(r"\d", "[0-9]")
    return plain.replace(", ", " , ").replace("['’]", "'")


@cache
def cues_of(language: str) -> Cues:
    return Cues(language)


def clauses(words: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for word in words:
        if word in PARTING:
            found.append([])
        if word not in {",", ";", ":", "–", "—", "(", ")"}:
            found[-1].append(word)
    return [clause for clause in found if clause] or [[]]


def features(
    words: list[str], language: str, verdicts: frozenset[str]
) -> Iterator[str]:
    """The cues of a sentence: in all of it, at its beginning, by first and last clause,
    and those that mean more together, or with the verdicts of grammar."""
    cues = cues_of(language)
    parts = clauses(words)
    whole = cues.of(words)
    if cues.begins_with_imperative(parts[0]):
        whole.add("imp")
    if any(cues.begins_with_imperative(part) for part in parts[1:]):
        whole.add("impc")
    if cues.imperatives.intersection(words):
        whole.add("impany")
    if "bans" in verdicts:
        whole.add("strong")
    yield from (f"g={verdict}" for verdict in verdicts)
    acts = whole & {"imp", "impc"}
    yield from (f"g={verdict}+{act}" for verdict in verdicts for act in acts)
    yield from (f"q={name}" for name in whole)
    yield from (f"qs={name}" for name in cues.of(words[:3]))
    yield from (f"q1={name}" for name in cues.of(parts[0]))
    if len(parts) > 1:
        yield from (f"ql={name}" for name in cues.of(parts[-1]))
    yield from (f"p={a}+{b}" for a, b in PAIRS if a in whole and b in whole)
    free = "lifted" in verdicts or ("lifted" in whole and "bans" not in verdicts)
    yield from (f"x={name}" for name in _together(whole, free))


def _together(on: set[str], free: bool) -> Iterator[str]:
    strong = "strong" in on and not free
    if strong:
        yield "forbids"
    if "forbid" in on and free:
        yield "lifts"
    if not on & {"forbid", "permit", "oblige", "imp", "impc", "ask", "passive"}:
        yield "nothing"
    own = bool(on & {"pay", "conditions"})
    critique = "critique" in on and ("employer" in on or "protect" not in on)
    about_work = {"repute", "employer"} <= on or {"everything", "employer"} <= on
    if own or critique or about_work or "positive" in on:
        yield from _too_far(on, own, strong, free)


def _too_far(on: set[str], own: bool, strong: bool, free: bool) -> Iterator[str]:
    """Rules that may catch talk of pay, conditions or honest criticism."""
    rule = on & {"strong", "forbid", "oblige", "only", "imp", "impc", "passive"}
    if rule and not free:
        yield "far"
    if strong:
        yield "far-strong"
        yield "far-protect" if "protect" in on else "far-plain"
    if "positive" in on and on & {"oblige", "imp", "only"}:
        yield "far-positive"
    if {"critique", "employer"} <= on and strong:
        yield "far-critique"
    if own and on & {"strong", "forbid"} and "permit" not in on and not free:
        yield "far-own"
    if own and "permit" in on and "strong" not in on:
        yield "free-own"
    if "repute" in on and on & {"strong", "forbid"}:
        yield "far-repute"
