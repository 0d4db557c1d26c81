"""Points and cents in words. No Django but translation."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

POINT = "point"
SIGNS = {"EUR": "€", "SEK": "kr", "USD": "$"}
CURRENCIES = {"FI": "EUR", "EU": "EUR", "SE": "SEK", "US": "USD"}  # by country


def in_words(amount: int, unit: str) -> str:
    """An amount as people read it.

    >>> in_words(1250, "EUR")
    '12.50 €'
    """
    if unit == POINT:
        return ngettext("%(points)d point", "%(points)d points", amount) % {
            "points": amount
        }
    whole, cents = divmod(abs(amount), 100)
    money = {"whole": whole, "cents": cents, "currency": SIGNS.get(unit, unit)}
    minus = "-" if amount < 0 else ""
    return minus + _("%(whole)d.%(cents)02d %(currency)s") % money


def typed(amount: int, unit: str) -> Decimal:
    """An amount as one types it: whole points, or euros and cents."""
    return Decimal(amount) if unit == POINT else Decimal(amount).scaleb(-2)


def counted(amount: Decimal, unit: str) -> int:
    """What was typed, in points or cents. ValueError for a part of one."""
    whole = amount if unit == POINT else amount.scaleb(2)
    if whole != int(whole):
        raise ValueError(f"{amount} {unit}")
    return int(whole)
