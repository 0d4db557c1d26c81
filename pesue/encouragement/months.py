"""Months of the calendar: which are over, and how one says when."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from pesue.foundation.days import following

FIRST_DAYS = 2  # of the next month: the last clicks are counted by then


def ready(after: date | None, today: date, *, most: int = 12) -> list[date]:
    """First days of the months that became ready for a card, oldest first.

    A month is ready on the day FIRST_DAYS of the next one. Those that were so by
    `after` already are left out; without it, all but the last are.
    """
    last = _before(today.replace(day=1))
    if today.day < FIRST_DAYS:
        last = _before(last)
    if after is None:
        return [last]
    found: list[date] = []
    while len(found) < most and _ready_on(last) > after:
        found.append(last)
        last = _before(last)
    return found[::-1]


def in_month(month: date) -> str:
    """As "In October" in the language of now."""
    names = [
        *(_("In January"), _("In February"), _("In March"), _("In April")),
        *(_("In May"), _("In June"), _("In July"), _("In August")),
        *(_("In September"), _("In October"), _("In November"), _("In December")),
    ]
    return names[month.month - 1]


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _ready_on(month: date) -> date:
    return following(month) + timedelta(days=FIRST_DAYS - 1)
