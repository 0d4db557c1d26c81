"""Bringing in what other organisations did."""

from datetime import datetime

from pesue.example.models import Case
from pesue.people.models import Member


def add(by: Member, *, now: datetime, **said: str) -> Case:
    return Case.objects.create(by=by, at=now, **said)


def drop(case: Case) -> None:
    case.delete()
