"""Points and cents in words. No Django but its formats and translation."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import ngettext

POINT = "point"
SIGNS = {"EUR": "€", "SEK": "kr", "USD": "$"}
CURRENCIES = {"FI": "EUR", "EU": "EUR", "SE": "SEK", "US": "USD"}  # by country


def in_words(amount: int, unit: str) -> str:
    """An amount as people read it, its sign on the same line: 12.50 €."""
    if unit == POINT:
        shown = number_format(amount, force_grouping=True)
        words = ngettext("%(points)s point", "%(points)s points", amount)
        return words % {"points": shown}
    shown = number_format(Decimal(amount).scaleb(-2), 2, force_grouping=True)
    return f"{shown}\N{NO-BREAK SPACE}{SIGNS.get(unit, unit)}"


def typed(amount: int, unit: str) -> Decimal:
    """An amount as one types it: whole points, or euros and cents."""
    return Decimal(amount) if unit == POINT else Decimal(amount).scaleb(-2)


def counted(amount: Decimal, unit: str) -> int:
    """What was typed, in points or cents. ValueError for a part of one."""
    whole = amount if unit == POINT else amount.scaleb(2)
    if whole != int(whole):
        raise ValueError(f"{amount} {unit}")
    return int(whole)
