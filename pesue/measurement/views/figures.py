import csv
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from pesue.foundation.counts import K, Statistic
from pesue.measurement.access import cuts_for, may_bring
from pesue.measurement.forms import Choice, chosen
from pesue.measurement.periods import DAY, Month
from pesue.measurement.queries import outside
from pesue.measurement.queries import results as found
from pesue.measurement.queries.own import own
from pesue.measurement.queries.results import COUNTED, Row
from pesue.measurement.statistics import AFTERWARDS
from pesue.people.access import MemberRequest, signed_in
from pesue.people.models import Member
from pesue.sharing.statistics import BY_DAY, CONFIRMED, PUBLISHED, STATISTICS, VISITS

CUT_NAMES: dict[str, str | Promise] = {
    "team": gettext_lazy("By team"),
    "item": gettext_lazy("By story"),
    "topic": gettext_lazy("By topic"),
    "channel": gettext_lazy("By channel"),
}


@dataclass(frozen=True)
class Figure:
    statistic: Statistic
    number: int | None


def figures(row: Row) -> list[Figure]:
    return [Figure(of, row.numbers.get(of.name)) for of in STATISTICS]


@require_GET
@signed_in
def results(request: MemberRequest) -> HttpResponse:
    """What came of it: totals for everybody, cuts for leads, one's own in full."""
    today, member = localdate(now()), request.user
    months, cuts = found.months(today), cuts_for(member)
    choice = chosen(request.GET, months, cuts, today)
    rows = _cut_rows(choice, member, most=found.MOST)
    total = found.total(choice.month)
    mine = own(member, choice.month.begins)
    return render(
        request,
        "measurement/results.html",
        {
            "k": K,
            "choice": choice,
            "months": [(str(month), month_name(month)) for month in months],
            "month_name": month_name(choice.month),
            "last_day": choice.month.ends - DAY,
            "over": choice.month.ends <= today,
            "cuts": [(cut, CUT_NAMES[cut]) for cut in cuts],
            "statistics": [*STATISTICS, *BY_DAY],
            "counted": [*COUNTED, *BY_DAY],
            "total": figures(total),
            "weeks": _lines(found.weeks(choice.month)),
            "days": _points(found.daily(choice.month), choice.statistic),
            "rows": _lines(rows),
            "more": len(rows) == found.MOST,
            "points": _largest(rows, choice.statistic),
            "mine": [Figure(of, mine[of.name]) for of in COUNTED if of.name in mine],
            **_outside(choice.month, total, member),
        },
    )


@require_GET
@signed_in
def results_csv(request: MemberRequest) -> HttpResponse:
    """The page's numbers as CSV, under the same protection, every row of the cut."""
    today = localdate(now())
    choice = chosen(request.GET, found.months(today), cuts_for(request.user), today)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"pesue-{choice.month}-{choice.cut or 'all'}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response.write("\ufeff")  # so that spreadsheets read it as UTF-8
    writer = csv.writer(response)
    every = [*COUNTED, *BY_DAY]
    writer.writerow([_("cut"), _("period or name"), *(of.name for of in every)])
    writer.writerow(["", "", *(f"{of.unit} ({of.basis})" for of in every)])
    month = choice.month
    parts = [
        ("month", [Row("", str(month), found.total(month).numbers)]),
        ("week", [Row("", row.key, row.numbers) for row in found.weeks(month)]),
        ("day", [Row("", row.key, row.numbers) for row in found.daily(month)]),
        (choice.cut, _cut_rows(choice, request.user, most=None)),
    ]
    for cut, rows in parts:
        for row in rows:
            writer.writerow([cut, _plain(row.label), *row.of(every)])
    return response


def _outside(month: Month, whole: Row, member: Member) -> dict[str, object]:
    """What came of the visits, and the brand's own channels beside people's words."""
    came = outside.afterwards(month)
    channels = outside.channels(month)
    posts = [whole.numbers.get(of.name) for of in (PUBLISHED, CONFIRMED)]
    return {
        "afterwards": None
        if came is None
        else [Figure(of, came.get(of.name)) for of in AFTERWARDS],
        "channels": channels,
        "any_channels": bool(channels) or outside.any_channels(),
        "our_posts": sum(n or 0 for n in posts) if any(posts) else None,
        "at_least": None in posts,
        "our_visits": whole.numbers.get(VISITS.name),
        "may_bring": may_bring(member),
    }


def _cut_rows(choice: Choice, member: Member, *, most: int | None) -> list[Row]:
    if choice.cut == "team":
        return found.by_team(choice.month, member, most=most)
    return found.by_cut(choice.cut, choice.month, most=most) if choice.cut else []


def _lines(rows: list[Row]) -> list[tuple[Row, list[Figure]]]:
    return [
        (row, [Figure(of, row.numbers.get(of.name)) for of in COUNTED]) for row in rows
    ]


def _points(rows: list[Row], statistic: Statistic) -> list[tuple[str, int | None]]:
    return [(row.label, row.numbers.get(statistic.name)) for row in rows]


def _largest(rows: list[Row], statistic: Statistic) -> list[tuple[str, int | None]]:
    """Bars of what is shown; a team that holds all the others is no bar."""
    inner = [row for row in rows if row.depth and row.numbers.get(statistic.name)]
    points = _points(inner or rows, statistic)
    return [(label, number) for label, number in points if number is not None]


def month_name(month: Month) -> str:
    return date_format(date(month.year, month.number, 1), "F Y")


def _plain(text: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
