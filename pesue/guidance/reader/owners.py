"""Whom a sentence tells one to ask: teams, roles, mailboxes and channels.

Addresses and channels are found by their form; names by what was learned of the words
around them, from left to right (weights/owners-*.json).
"""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from pesue.guidance.reader.cues import cues_of
from pesue.guidance.reader.grammar import verdicts
from pesue.guidance.reader.model import WEIGHTS

Kind = Literal["team", "role", "mailbox", "channel"]
TAGS = ("out", "begin", "in")
# How much surer it must be to name somebody, in hundredths: so that as many names are
# wrong as are missed, in sentences it had not learned (evaluation/held-second).
SURER = {"en": 60, "fi": -30, "sv": 30}
WORD = re.compile(
    r"[^\s<>(),;:]+@[^\s<>(),;:]+\w|(?<![\w&])#[\w-]*[^\W\d_][\w-]*|"
    r"\w+(?:['’.&/-]\w+)*|[^\w\s]"
)
ROLES = re.compile(
    r"(?:manager|officer|director|head|chief|lead|leader|lawyer|counsel|editor|secretary|"
    r"coordinator|adviser|advisor|supervisor|boss|dean|principal|vicar|spokesperson|"
    r"specialist|expert|owner|steward|representative|controller|"
    r"päälli\w+|johtaj\w+|vastaav\w+|esihenkilö\w*|esimie\w+|valtuutet\w+|juristi\w*|"
    r"sihteeri\w*|asiantuntij\w+|koordinaattori\w*|upseeri\w*|toimittaj\w+|rehtori\w*|"
    r"henkilö\w*|chef\w*|ansvarig\w*|ombud\w*|jurist\w*|rektor\w*|förman\w*|samordnare\w*|"
    r"sekreterare\w*|direktör\w*|sakkunnig\w*|expert\w*)$",
    re.IGNORECASE,
)
TEAMS = re.compile(
    r"(?:team|desk|office|unit|department|division|services?|communications?|marketing|legal|"
    r"hr|it|ir|pr|relations|affairs|support|studio|panel|committee|board|council|centre|"
    r"center|security|compliance|resources|group|helpdesk|press|privacy|"
    r"\w*tiimi\w*|\w*osasto\w*|\w*yksik\w+|\w*palvelu\w*|\w*viestin\w+|\w*markkinoin\w+|"
    r"\w*hallin\w+|\w*tuki|\w*tue\w+|\w*toimisto\w*|\w*toimitu\w+|\w*ryhmä\w*|\w*keskus\w*|"
    r"\w*laki(?:asiat|asioi\w+)|\w*lautakun\w+|\w*hankin\w+|\w*neuvon\w+|"
    r"\w*avdelning\w*|\w*enhet\w*|\w*tjänst\w*|\w*kommunikation\w*|\w*marknad\w*|"
    r"\w*redaktion\w*|\w*grupp\w*|\w*nämnd\w*|\w*kansli\w*|\w*juridik\w*|\w*stöd\w*|"
    r"\w*central\w*|\w*service\w*|\w*byrå\w*|\w*team\w*|\w*funktion\w*)$",
    re.IGNORECASE,
)
OTHERS = re.compile(  # who is spoken to or of, and is nobody to ask
    r"(?:media|medias|journalists?|reporters?|customers?|patients?|public|authorities|"
    r"media\w*|toimittaj(?:i|a)\w*|asiak\w+|potila\w+|yleisö\w*|viranomais\w+|huoltaj\w+|"
    r"medi\w+|journalist\w*|kund\w*|patient\w*|allmänhet\w*|myndighet\w*|"
    r"vårdnadshavar\w*|föräld\w*|kanavalle|kanavalla|kanavaan|kanalen|osoitteeseen)$",
    re.IGNORECASE,
)
CHANNELS = re.compile(
    r"channel|form|line|hotline|chat|kanav|lomak|linja|puhelin|portaal|kanal|formulär|"
    r"telefon|jour",
    re.IGNORECASE,
)

MARKING = re.compile(r"hash|tag|(?:aihe|avain)?tunnist|merk|märk|nyckelord|with$")

# Words of answering, helping, allowing: who does so may be whom to ask.
TURNS = {
    "en": re.compile(
        r"questions?$|quer(y|ies)$|answer|help|support|advi[cs]e|assist|reach|available|"
        r"clear|confirm|agree|approv|authori|consent|permi|allow|sign|talk|speak|rais|"
        r"bring|point|declar|disclos|discuss|book|direct|pass|refer|report|hand|informa|"
        r"guid|route|tell|decide|via$|through$|with$|escalat|request|receiv|contact|turn$|"
        r"yes$|nod$|blessing|go-ahead|last$|word$|listen|know"
    ),
    "fi": re.compile(
        r"kysy|autta|auta|opasta|neuvo|vahvist|suostu|luovut|myön|lisätie|keskust|ilmoit|"
        r"ehdot|näyt|yhdessä$|yhteys|yhtey|kautta$|kanssa$|päättä|anta|lup|hyväks|apu|tuk|"
        r"hae|haet|kirjat|selvi|puhu|sovi|tietoja|sää$|vast|siunau|konsult|kilau|soit|viesti|"
        r"kuunte|kuule|vaat|tarkist|ohjat|käännet|kään|otta|saa$|saat$|varten$"
    ),
    "sv": re.compile(
        r"fråg|svar|besvara|hjälp|stöd|råd|hos$|via$|godkän|klartecken|bekräft|medgiv|"
        r"beslut|tillstånd|beställ|underrätt|rapport|diskut|prata|koppla|hojta|tala|samtal|"
        r"anmäl|vidare|klar|lov|samråd|kontakt|hänvis|upplys|sök|begär|tipsa|skick|med$|"
        r"meddel|ring|boll|säg|sagt|okej|ja$|minne|pröv|påkall|hör|vänd|lyssna|vet$|tar$|får$"
    ),
}


@dataclass(frozen=True)
class Owner:
    kind: Kind
    name: str  # as it stands in the sentence, without an article


def whom(sentence: str, language: str, *, described: bool = False) -> tuple[Owner, ...]:
    """Whom a sentence names to be asked.

    In one that only describes, a name counts where there is a word of asking, too.
    """
    found = list(WORD.finditer(sentence))
    tags = _tags([word[0] for word in found], language, described)
    names: list[tuple[int, int]] = []
    for word, tag in zip(found, tags, strict=True):
        if tag == "in" and names:
            names[-1] = (names[-1][0], word.end())
        elif tag != "out":
            names.append(word.span())
    return tuple(_owner(sentence[a:b]) for a, b in names)


def _owner(name: str) -> Owner:
    if "@" in name:
        return Owner("mailbox", name)
    if name.startswith("#") or CHANNELS.search(name):
        return Owner("channel", name)
    role = any(ROLES.search(word) for word in name.split())
    return Owner("role" if role else "team", name)


def _tags(words: list[str], language: str, described: bool) -> Iterator[str]:
    """ "begin" and "in" for the words of a name, one after another."""
    scene = scene_of(words, language)
    names_nobody = described and not scene.asks and not scene.turns
    before = "out"
    for at, word in enumerate(words):
        if _has_form(word):
            marks = word.startswith("#") and any(map(MARKING.match, scene.words[:at]))
            before = "out" if marks else "begin"
        elif names_nobody:
            before = "out"
        else:
            before = _best(scene, at, before, language)
        yield before


def _has_form(word: str) -> bool:
    return "@" in word[1:] or (word.startswith("#") and len(word) > 2)


def _best(scene: "Scene", at: int, before: str, language: str) -> str:
    total = [float(number) for number in _weights(language)[""]]
    total[0] += SURER[language]
    for group in groups(scene, at, before):
        for label, number in enumerate(_sum(language, *group)):
            total[label] += number
    best = TAGS[total.index(max(total))]
    if best == "in" and before == "out":  # nothing to go on with
        best = "begin"
    return best


@lru_cache(maxsize=200_000)
def _sum(language: str, about: str, *of: str) -> tuple[int, ...]:
    """What the features of a group weigh together: the same words come often."""
    known = _weights(language)
    found = [known[name] for name in GROUPS[about](*of) if name in known]
    return tuple(map(sum, zip(*found, strict=True))) if found else ()


@cache
def _weights(language: str) -> dict[str, list[int]]:
    path = WEIGHTS / f"owners-{language}.json"
    found: dict[str, list[int]] = json.loads(path.read_text(encoding="utf-8"))
    return found


@dataclass(frozen=True)
class Scene:
    """A sentence as the words of a name are sought in it."""

    words: Sequence[str]  # lower-case
    shapes: Sequence[str]
    asks: Sequence[int]  # where the words of asking are
    turns: Sequence[int]  # and those of answering, helping and allowing
    verdicts: str


def scene_of(words: Sequence[str], language: str) -> Scene:
    low = [word.lower() for word in words]
    pairs = zip(low, [*low[1:], ""], strict=True)
    return Scene(
        low,
        ["A" if w.isupper() else "a" if w.islower() else "Aa" for w in words],
        [at for at, pair in enumerate(pairs) if _asks(*pair, language)],
        [at for at, word in enumerate(low) if TURNS[language].match(word)],
        " ".join(verdicts(low, language)),
    )


@lru_cache(maxsize=50_000)
def _asks(word: str, following: str, language: str) -> bool:
    cues = cues_of(language)
    return "ask" in cues.of([word]) or "ask" in cues.of([word, following])


def groups(scene: Scene, at: int, before: str) -> Iterator[tuple[str, ...]]:
    """What may speak for a word's being part of a name, by what it depends on."""
    words = scene.words
    low = words[at]
    yield "word", low, scene.shapes[at], before, "first" if at == 0 else ""
    for step in (-3, -2, -1, 1, 2):
        place = at + step
        yield "near", str(step), words[place] if 0 <= place < len(words) else "|"
    yield "after", words[at - 1] if at else "|", low[-4:], before
    for name, places in (("ask", scene.asks), ("turn", scene.turns)):
        nearest = bisect_right(places, at)
        past = at - places[nearest - 1] if nearest else 99
        later = places[nearest] - at if nearest < len(places) else 99
        yield "far", name, str(min(past, 8)), str(min(later, 6)), low[-3:]
    yield "scene", scene.verdicts, str(bool(scene.asks)), str(bool(scene.turns)), before


def _word(low: str, shape: str, before: str, first: str) -> Iterator[str]:
    yield from (f"tag={before}", f"w={low}", f"n={low[:-2]}")
    for size in (3, 4, 5, 6):
        yield f"e={low[-size:]}"
        yield f"b={low[:size]}"
        yield f"e{before}={low[-size:]}"
    yield f"shape={shape}{first}"
    yield f"shape={shape}{before}"
    for name, list_ in (("role", ROLES), ("team", TEAMS), ("other", OTHERS)):
        if list_.match(low) or (name == "role" and list_.search(low)):
            yield name
            yield f"{name}{before}"


def _near(step: str, word: str) -> Iterator[str]:
    yield f"{step}={word}"
    yield f"{step}e={word[-3:]}"


def _after(previous: str, end: str, before: str) -> Iterator[str]:
    yield f"-1,0={previous} {end}"
    yield f"-1,tag={previous} {before}"


def _far(name: str, past: str, later: str, end: str) -> Iterator[str]:
    yield f"{name}ed={past}"
    yield f"{name}ed={past}{end}"
    yield f"{name}s later={later}"


def _scene(verdicts: str, asks: str, turns: str, before: str) -> Iterator[str]:
    yield f"asks={asks}"
    yield f"turns={turns}"
    yield f"v={verdicts}{before}"
    yield f"v={verdicts}{asks}{turns}"


GROUPS: dict[str, Callable[..., Iterator[str]]] = {
    "word": _word,
    "near": _near,
    "after": _after,
    "far": _far,
    "scene": _scene,
}


def features(scene: Scene, at: int, before: str) -> Iterator[str]:
    """All of them, as they are learned."""
    for about, *of in groups(scene, at, before):
        yield from GROUPS[about](*of)
