"""What can be asked about letters."""

from datetime import date

from django.db.models import Q, QuerySet

from pesue.encouragement.access.recognition import concerning
from pesue.encouragement.models import Letter
from pesue.people.models import Member


def mine(member: Member, *, today: date) -> QuerySet[Letter]:
    """Letters that concern the member or that they entered, newest first."""
    rows = concerning(member, today=today) | Letter.objects.filter(
        Q(by=member), ends_on__gte=today
    )
    return with_all(rows.distinct()).order_by("-at", "-pk")


def about(member: Member, *, today: date) -> QuerySet[Letter]:
    """Letters that concern the member, newest first."""
    rows = with_all(concerning(member, today=today))
    return rows.order_by("-at", "-pk")


def with_all(rows: QuerySet[Letter]) -> QuerySet[Letter]:
    """With what a page says of each."""
    return rows.select_related("member", "team", "item", "share__item", "share__member")
