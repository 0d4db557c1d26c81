"""Personal data of others in a text: numbers, addresses, names with what they bear."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from pesue.guidance.check.reading import Sentence, Text, Token, plain_list
from pesue.guidance.check.shape import Finding, Known

_EMAIL = re.compile(r"(?<![\w@.+/-])([\w.+-]+)@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_PHONE = re.compile(
    r"(?<![\w/.,:+-])(?<!\d )(?:\+|\(?0)"
    r"(?:[ \N{NO-BREAK SPACE}()-]{0,2}\d){7,15}(?![\w/]|[.,:-]\d)"
    r"|(?<![\w/.-])\(?\d{3}\)?[ -]\d{3}-\d{4}(?![\w-])"
)
_FINNISH = re.compile(r"(?<!\w)(\d{6})[-+A-FU-Y](\d{3})([0-9A-FHJ-NPR-Y])(?!\w)")
_SWEDISH = re.compile(
    r"(?<!\w)(?:(?:19|20)(\d{6})[-+]?(\d{4})|(\d{6})[-+](\d{4}))(?!\w)"
)
_IBAN = re.compile(
    r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)"
)
_STREET = re.compile(
    r"(?<![\w-])[A-ZÅÄÖÉ][\w-]*(?:katu|kadulla|kadun|tie|tiellä|polku|kuja|kujalla|raitti"
    r"|gatan|vägen|gränd|gränden|stigen|allén) \d+"
    r"|\b\d+ (?:[A-ZÅÄÖÉ][^\W\d_]+ ){1,2}"
    r"(?:Street|St|Road|Rd|Avenue|Lane|Drive|Close|Court)\b"
)
_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
# Numbers of a company, nobody's own.
_COMPANY = ("0800", "0600", "0700", "010", "020", "029", "030", "075", "+358800", "116")
ENDINGS = "n|a|ä|lla|llä|lle|lta|ltä|sta|stä|ssa|ssä|s|'s|in|ia|iin|en|han|hän"


def people(text: Text, known: Known) -> Iterator[Finding]:
    """Data of others, what harms most first. Numbers are looked for in all of it."""
    found = _identity(text.words)
    if found:
        yield Finding(
            "identity",
            _("“%(words)s” is somebody's personal identity code. Take it out.")
            % {"words": found},
            _("With it, and a name, others can be harmed. It belongs in no post."),
            quote=found,
            subject="person",
        )
    found = _iban(text.words)
    if found:
        yield Finding(
            "iban",
            _("“%(words)s” is a bank account. Is it meant for everybody?")
            % {"words": found},
            quote=found,
            subject="person",
        )
    yield from _reachable(text.words, known)
    yield from _told_of(text, known)


def _reachable(words: str, known: Known) -> Iterator[Finding]:
    parts = (part for part in words.split() if "@" in part)
    addresses = (found for part in parts for found in _EMAIL.finditer(part))
    theirs = next((m[0] for m in addresses if not _ours(m, known)), "")
    if theirs:
        yield Finding(
            "email",
            _("“%(words)s” is somebody's address. Do they want it here?")
            % {"words": theirs},
            _("Posts are copied and kept by machines; an address never comes back."),
            _("Give a mailbox that is meant for everybody."),
            quote=theirs,
            subject="person",
        )
    number = next((m[0] for m in _PHONE.finditer(words) if _is_phone(m[0])), "")
    if number:
        yield Finding(
            "phone",
            _("“%(words)s” looks like somebody's phone number. Do they want it here?")
            % {"words": number},
            _("Posts are copied and kept by machines; a number never comes back."),
            _("Give a number that is meant for everybody."),
            quote=number,
            subject="person",
        )


def _told_of(text: Text, known: Known) -> Iterator[Finding]:
    """A person named with a home, health or what they bought."""
    streets = {s: found for s in text.told if (found := _street(s))}
    for sentence in dict.fromkeys([*streets, *text.having("health", "customer")]):
        street = streets.get(sentence)
        name = _named(sentence, known)
        if street and (name or sentence.has("home", "customer")):
            yield Finding(
                "home",
                _("“%(words)s” looks like somebody's home. Leave it out?")
                % {"words": street},
                quote=street,
                subject="person",
            )
        if name and sentence.has("health"):
            yield Finding(
                "health",
                _("You tell of %(name)s and of health. Have they said that you may?")
                % {"name": name},
                _("Health is one's own to tell. The law guards it most of all."),
                _("Ask them, or tell it without a name."),
                quote=name,
                subject="person",
            )
        customer = _customer(sentence)
        if customer:
            yield Finding(
                "customer",
                _("You name a customer: %(name)s. Have they said that you may?")
                % {"name": customer},
                instead=_("Ask them, or tell it without a name."),
                quote=customer,
                subject="person",
            )


def _ours(found: re.Match[str], known: Known) -> bool:
    return found[0].casefold() in known.own or found[1].casefold() in _people("tasks")


def _is_phone(number: str) -> bool:
    digits = re.sub(r"[^\d+]", "", number)
    most = 8 if not digits.startswith("+") else 9
    return most <= len(digits) <= 16 and not digits.startswith(_COMPANY)


def _identity(words: str) -> str:
    for found in _FINNISH.finditer(words):
        day, serial, check = found.groups()
        if _is_day(day) and _CHECK[int(day + serial) % 31] == check:
            return found[0]
    for found in _SWEDISH.finditer(words):
        born, rest = (found[1], found[2]) if found[1] else (found[3], found[4])
        day = int(born[4:]) % 60  # those who only work there have 60 more
        if _is_day(f"{day:02}{born[2:4]}{born[:2]}") and _luhn(born + rest):
            return found[0]
    return ""


def _is_day(ddmmyy: str) -> bool:
    day, month, year = int(ddmmyy[:2]), int(ddmmyy[2:4]), int(ddmmyy[4:])
    try:
        date(2000 + year, month, day)
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> bool:
    """The last digit checks the others (ISO/IEC 7812-1)."""
    doubled = [int(d) * (2 - at % 2) for at, d in enumerate(digits)]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _iban(words: str) -> str:
    for found in _IBAN.finditer(words):
        plain = found[0].replace(" ", "")
        moved = plain[4:] + plain[:4]
        if int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1:
            return found[0]
    return ""


def _people(name: str) -> frozenset[str]:
    return plain_list("people", name)


@lru_cache(20_000)
def _is_name(word: str) -> bool:
    """Whether a word is a first name, with an ending perhaps."""
    low = word.casefold().replace("\u2019", "'")
    if not word[:1].isupper() or word.isupper():
        return False
    names = _people("given")
    ends = (low.removesuffix(end) for end in ENDINGS.split("|") if low.endswith(end))
    return low in names or any(end in names for end in ends)


def _named(sentence: Sentence, known: Known) -> str:
    """Whoever is named in a sentence, but as a part of the organisation's name."""
    ours = known.organisation.split()
    for at, token in enumerate(sentence.tokens):
        if _is_name(token.text) and token.text not in ours:
            return _whole(sentence, at)
    return ""


_DIGIT = re.compile(r"\d")


def _street(sentence: Sentence) -> str:
    """A street with a number, if one stands there."""
    found = _DIGIT.search(sentence.text) and _STREET.search(sentence.text)
    return found[0] if found else ""


def _customer(sentence: Sentence) -> str:
    """The person named right after a word for a customer."""
    for hit in sentence.hits.get("customer", []):
        after = sentence.tokens[hit.stop : hit.stop + 1]
        if after and _is_name(after[0].text):
            return _whole(sentence, hit.stop)
    return ""


def _whole(sentence: Sentence, at: int) -> str:
    """The first name, and the last that follows it."""
    both: list[Token] = sentence.tokens[at : at + 2]
    last = both[-1].text[:1].isupper() and both[-1].start == both[0].end + 1
    return sentence.between(both if last else both[:1])
