"""A month's costs, who may read its report, and advice put aside."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pesue.measurement.models import MonthCost, OpenReport, PutAside
from pesue.measurement.periods import Month
from pesue.people.models import Member


def enter_costs(
    month: Month, costs: Mapping[str, Any], *, by: Member, now: datetime
) -> None:
    """Once a month; entered anew it takes the place of what was there."""
    about = {**costs, "by": by, "at": now}
    MonthCost.objects.update_or_create(begins=month.begins, defaults=about)


def open_report(month: Month, *, by: Member, now: datetime) -> OpenReport:
    """Whoever has its address may read it from now on. Twice is once."""
    about = {"token": secrets.token_urlsafe(18), "by": by, "at": now}
    report, _new = OpenReport.objects.get_or_create(begins=month.begins, defaults=about)
    return report


def close_report(month: Month) -> None:
    """The address leads nowhere any more; opened anew it has another one."""
    OpenReport.objects.filter(begins=month.begins).delete()


def put_aside(key: str, *, member: Member, now: datetime) -> None:
    PutAside.objects.get_or_create(member=member, key=key, defaults={"at": now})
