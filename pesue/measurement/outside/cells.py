"""Days and numbers as people and programs write them in tables."""

import re
from collections.abc import Iterable
from datetime import date

FIRST = date(2000, 1, 1)
MOST = 10**12

_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:[T ].*)?")
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:[ ,].*)?")
_TWO_WAYS = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?:[ ,].*)?")

_SPACES = " \u00a0\u2009\u202f'’"
_GROUPS = re.compile(rf"\d{{1,3}}([.,{_SPACES}])\d{{3}}(?:\1\d{{3}})*")
_ZEROS = re.compile(r"([.,])0{1,2}$")

DAY_FIRST, MONTH_FIRST = "day", "month"
TOTALS = {
    "total", "totals", "grand total", "sum", "all", "yhteensä", "summa", "kaikki",
    "loppusumma", "totalt", "totalsumma", "alla", "sammanlagt",
}  # fmt: skip


class Unclear(Exception):
    """`reason` is a key of REFUSALS, `about` an example."""

    def __init__(self, reason: str, about: str) -> None:
        super().__init__(reason, about)
        self.reason = reason
        self.about = about


def order_of(days: Iterable[str]) -> str:
    """Whether the day or the month comes first in days like 3/4/2026.

    One file has one order: a 13 anywhere settles it. Raises Unclear. Days that can
    be read one way only, such as 2026-04-03 and 3.4.2026, ask for no order.
    """
    orders: set[str] = set()
    doubtful = ""
    for text in days:
        found = _TWO_WAYS.fullmatch(text.strip())
        if not found:
            continue
        first, second = int(found[1]), int(found[3])
        if first > 12:
            orders.add(DAY_FIRST)
        elif second > 12:
            orders.add(MONTH_FIRST)
        elif first != second:
            doubtful = doubtful or text.strip()[:40]
        if len(orders) > 1:
            raise Unclear("mixed", text.strip()[:40])
    if doubtful and not orders:
        raise Unclear("ambiguous", doubtful)
    return orders.pop() if orders else DAY_FIRST


def day(text: str, order: str = DAY_FIRST) -> date | None:
    """The day, or None if the text is none of this century."""
    text = text.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        parts = int(found[1]), int(found[3]), int(found[4])
        if not found[2] and len(found[3] + found[4]) != 4:
            return None
    elif found := _DOTS.fullmatch(text):
        parts = int(found[3]), int(found[2]), int(found[1])
    elif found := _TWO_WAYS.fullmatch(text):
        one, other = int(found[1]), int(found[3])
        of_day, month = (one, other) if order == DAY_FIRST else (other, one)
        parts = int(found[4]), month, of_day
    else:
        return None
    try:
        read = date(*parts)
    except ValueError:
        return None
    return read if read >= FIRST else None


def number(text: str) -> int | None:
    """A count such as 1234, 1 234, 1.234, 1,234 or 12,0; None if it is not whole."""
    text = text.strip().strip(_SPACES)
    if _GROUPS.fullmatch(text):
        text = re.sub(r"\D", "", text)
    elif "." in text or "," in text:
        whole = _ZEROS.sub("", text)
        if whole == text:
            return None
        text = re.sub(r"\D", "", whole) if _GROUPS.fullmatch(whole) else whole
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        return None
    read = int(text)
    return read if read <= MOST else None


def is_total(text: str) -> bool:
    return text.strip().strip(":").casefold() in TOTALS
