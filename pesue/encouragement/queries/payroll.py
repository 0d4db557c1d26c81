"""A month for payroll: what was given and may have to be taxed."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth

from pesue.encouragement.models import Given, Reward

Tax = Reward.Tax
COLUMNS = (
    *("line", "date", "address", "reward", "kind", "class"),
    *("cents", "currency", "corrects"),
)


def lines(month: date) -> QuerySet[Given]:
    """Of the days of a month, in the order in which they were written.

    What is untaxed is nobody's affair there: which good cause somebody gave to least
    of all.
    """
    rows = Given.objects.filter(on__year=month.year, on__month=month.month)
    return rows.exclude(tax_class=Tax.UNTAXED).select_related("payee").order_by("pk")


def rows(month: date) -> Iterator[dict[str, str | int]]:
    """Each line as payroll reads it; whoever was erased has no address."""
    for line in lines(month):
        payee = getattr(line, "payee", None)
        yield {
            "line": line.pk,
            "date": line.on.isoformat(),
            "address": payee.address if payee else "",
            "reward": line.name,
            "kind": line.kind,
            "class": line.tax_class,
            "cents": line.cents,
            "currency": line.unit,
            "corrects": line.corrects_id or "",
        }


def months() -> list[date]:
    """The months that have a line, the newest first."""
    rows = Given.objects.exclude(tax_class=Tax.UNTAXED)
    found = rows.annotate(month=TruncMonth("on")).values_list("month", flat=True)
    return sorted(set(found), reverse=True)
