"""A month for payroll: what was given and may have to be taxed.

Three files of the same lines: one that a spreadsheet opens as it is, and two for
systems, whose words and columns stay as they are.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth
from django.utils import translation
from django.utils.translation import gettext as _

from pesue.encouragement.models import Given, Reward
from pesue.people.tables import safe

Tax = Reward.Tax
SUM = re.compile(r"-?\d+[.,]\d\d")
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


def as_csv(month: date) -> str:
    """For systems: commas and CRLF, as RFC 4180 has it."""
    return _table([list(COLUMNS), *(list(row.values()) for row in rows(month))], ",")


def as_json(month: date) -> str:
    told = {"month": f"{month:%Y-%m}", "lines": list(rows(month))}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def as_sheet(month: date, language: str) -> str:
    """As Excel and its like expect it where that language is spoken: else all would be
    in one column, and ä two letters."""
    separator, point = (",", ".") if language == "en" else (";", ",")
    with translation.override(language):
        table: list[list[str | int]] = [list(_headings())]
        for row in rows(month):
            amount = f"{Decimal(row['cents']).scaleb(-2):.2f}".replace(".", point)
            kind, counts_as = Reward.Kind(str(row["kind"])), Tax(str(row["class"]))
            named = [row["date"], row["address"], row["reward"]]
            words = [str(kind.label), str(counts_as.label)]
            last = [amount, row["currency"], row["line"], row["corrects"]]
            table.append([*named, *words, *last])
        return "\ufeff" + _table(table, separator)


def _headings() -> list[str]:
    return [
        *(_("day"), _("address"), _("reward"), _("what it is"), _("counts as")),
        *(_("amount"), _("currency"), _("line"), _("takes back the line")),
    ]


def _table(table: list[list[str | int]], separator: str) -> str:
    """No text in it is a formula; a sum below zero is a sum."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    for line in table:
        writer.writerow([_cell(value) for value in line])
    return text.getvalue()


def _cell(value: str | int) -> str | int:
    if isinstance(value, int) or SUM.fullmatch(value):
        return value
    return safe(value)


def months() -> list[date]:
    """The months that have a line, the newest first."""
    rows = Given.objects.exclude(tax_class=Tax.UNTAXED)
    found = rows.annotate(month=TruncMonth("on")).values_list("month", flat=True)
    return sorted(set(found), reverse=True)
