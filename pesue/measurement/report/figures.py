"""How numbers are written: with the reader's own marks, and not finer than they are."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from pesue.measurement.calibrated import Measured
from pesue.measurement.periods import Month


def whole(number: float) -> str:
    return number_format(round(number), 0, force_grouping=True)


def one(number: float, *, sign: bool = False) -> str:
    """With one decimal."""
    text = number_format(round(number, 1) + 0.0, 1, force_grouping=True)
    return f"+{text}" if sign and number > 0 else text


def signed(number: float) -> str:
    """A whole number that says whether it is more or less."""
    text = whole(number + 0.0)
    return f"+{text}" if round(number) > 0 else text


def money(number: float, sign: str) -> str:
    decimals = 2 if abs(number) < 100 else 0
    written = number_format(round(number, decimals), decimals, force_grouping=True)
    return f"{written}\N{NO-BREAK SPACE}{sign}"


def ends(found: Measured, *, decimals: bool = False) -> str:
    """An interval in words: "-3 to 12"."""
    write = (lambda n: one(n, sign=True)) if decimals else signed
    return _("%(low)s to %(high)s") % {
        "low": write(found.low),
        "high": write(found.high),
    }


def month_name(month: Month) -> str:
    return date_format(date(month.year, month.number, 1), "YEAR_MONTH_FORMAT")


def day(when: date) -> str:
    return date_format(when, "SHORT_DATE_FORMAT")


def tick(number: float) -> str:
    """A number on an axis."""
    decimals = 0 if number == round(number) else 1 if number * 10 % 1 == 0 else 2
    return number_format(round(number, decimals), decimals)
