"""The mark first in a text: who speaks, and whether it is advertising.

Wording by country. "Mainos | ..." first in the text field is what KKV, the Finnish
consumer authority, asks for: https://www.kkv.fi/en/consumer-affairs/marketing/
"#ad" and "#XYZemployee" are plain enough, "#ee" and "#spon" are not, for the FTC:
https://www.ftc.gov/business-guidance/resources/ftcs-endorsement-guides
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from pesue.guidance.check.reading import LANGUAGES, Lexicon, Token, lexicon, tokens_of
from pesue.guidance.check.shape import Draft, Finding, Known, Limits

EMPLOYEE = {
    "fi": "Työnantajani on {organisation}.",
    "sv": "Jag jobbar på {organisation}.",
    "en": "I work at {organisation}.",
}
AD = {
    "fi": "Mainos | {organisation}",
    "sv": "Reklam | {organisation}",
    "en": "Ad | {organisation}",
}
ENGLISH = ("ad", "#ad", "advert", "advertisement", "#advertisement", "paid partnership")
FINNISH = ("mainos", "#mainos", "kaupallinen yhteistyö", "#kaupallinenyhteistyö")
SWEDISH = ("reklam", "#reklam", "annons", "#annons")
VAGUE = (
    *("ee", "#ee", "sp", "#sp", "spon", "#spon", "collab", "#collab", "#collaboration"),
    *("#partner", "#ambassador", "#yhteistyö", "yhteistyössä", "#samarbete"),
    *("i samarbete", "samarbete", "yhteistyö", "kommersiellt samarbete"),
)


@dataclass(frozen=True)
class Pack:
    """How advertising is marked in a country."""

    ad: Mapping[str, str]  # the line, by the language of the text
    marks: tuple[str, ...]  # what readers there know as the mark
    strict: bool  # it stands first of all, and says for whom


PACKS = {
    "FI": Pack(
        AD, (*FINNISH, *SWEDISH, "kommersiellt samarbete", *ENGLISH), strict=True
    ),
    "SE": Pack(AD, (*SWEDISH, *FINNISH, *ENGLISH), strict=True),
    "EU": Pack(AD, (*FINNISH, *SWEDISH, *ENGLISH), strict=True),
    "US": Pack(
        {**AD, "en": "#ad {organisation}"},
        (*ENGLISH, "sponsored", *FINNISH, *SWEDISH),
        strict=False,
    ),
}


def line_of(kind: str, language: str, organisation: str, country: str = "FI") -> str:
    """The disclosure line as we would write it; empty where none is needed."""
    lines = {"ad": PACKS[country].ad, "employee": EMPLOYEE}.get(kind, {})
    return lines.get(language, "").format(organisation=organisation)


def is_marked(text: str, country: str = "FI") -> bool:
    """Whether a text says anywhere that this is advertising."""
    return bool(_marks(country).hits(list(tokens_of(text))).get("ad"))


def disclosure(draft: Draft, limits: Limits, known: Known) -> Finding | None:
    """What is wrong with the mark, if anything."""
    whole = f"{draft.line}\n\n{draft.words}" if draft.line else draft.words
    if draft.kind == "ad":
        return None if draft.reason.strip() else _of_ad(whole, limits, known)
    if draft.kind == "employee":
        return _of_employee(whole, limits, known)
    return None


def _of_ad(whole: str, limits: Limits, known: Known) -> Finding | None:
    tokens = list(tokens_of(whole))
    hits = _marks(known.country).hits(tokens)
    right = line_of("ad", "en", known.organisation, known.country)
    if "ad" not in hits:
        vague = tokens[hits["vague"][0].start].text if "vague" in hits else ""
        return _unmarked(vague)
    pack = PACKS[known.country]
    first = whole.lstrip().split("\n", 1)[0]
    at = min(hit.start for hit in hits["ad"])
    behind = tokens[at].start >= whole.find(first) + len(first)
    if _is_late(tokens, at, limits, pack) or (pack.strict and behind):
        return Finding(
            "mark-late",
            _("The mark comes so late that many never see it. Put it first?"),
            _why_first(limits),
            act="mark",
            subject="mark",
        )
    if pack.strict and known.organisation.casefold() not in first.casefold():
        return Finding(
            "mark-whose",
            _("The mark does not say for whom. Put the organisation's name in it?"),
            act="mark",
            subject="mark",
            quote=right,
        )
    return None


def _unmarked(vague: str) -> Finding:
    why = _("The law wants readers to see at once that it is advertising, and whose.")
    if vague:
        what = _("“%(word)s” is not plain enough: many do not know what it means.")
        what %= {"word": vague}
    else:
        what = _("This is advertising, and readers should see it. Put the mark back?")
    return Finding(
        "mark-vague" if vague else "mark",
        what,
        why,
        _("Or say in a few words why this text is no advertising."),
        quote=vague,
        act="mark",
        subject="mark",
        blocks=True,
    )


def _of_employee(whole: str, limits: Limits, known: Known) -> Finding | None:
    tokens = list(tokens_of(whole))
    hits = [lexicon(code).hits(tokens).get("employee", []) for code in LANGUAGES]
    said = [tokens[at.start] for found in hits for at in found]
    said += [token for token in tokens if token.low.endswith("employee")]
    if known.organisation and known.organisation.casefold() in whole.casefold():
        said += [t for t in tokens if t.low in _OURS]
    if not said:
        return Finding(
            "employee",
            _("Readers trust you more when they know that you work here. Say so?"),
            _("Who speaks of an employer's affairs says that it is the employer."),
            act="mark",
            subject="mark",
        )
    if min(token.start for token in said) >= (limits.fold or len(whole)):
        return Finding(
            "employee-late",
            _("That you work here is said only behind “more”. Say it first?"),
            _why_first(limits),
            act="mark",
            subject="mark",
        )
    return None


_OURS = frozenset({"we", "our", "me", "meillä", "meidän", "vi", "vår", "våra", "vårt"})


def _why_first(limits: Limits) -> str:
    if limits.fold is None:
        return _("A mark among the last words, or among tags, is easily missed.")
    return _("%(network)s shows only the first %(number)s characters at once.") % {
        "network": limits.name,
        "number": limits.fold,
    }


def _is_late(tokens: list[Token], at: int, limits: Limits, pack: Pack) -> bool:
    """Whether a mark at a word is easily missed: not first, folded, a tag of many."""
    if pack.strict:
        return at > BEFORE
    folded = limits.fold is not None and tokens[at].start >= limits.fold
    return folded or (at > 0 and tokens[at - 1].low.startswith("#"))


BEFORE = 2  # words that may stand before a mark that stands first


@cache
def _marks(country: str) -> Lexicon:
    marks = PACKS[country].marks
    vague = [word for word in VAGUE if word not in marks]
    return Lexicon({"ad": list(marks), "vague": vague})
