"""Items that wait some days before they are offered, because a lot fell so."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from pesue.content.levers import HOLD_OUT
from pesue.content.models import Item
from pesue.people.models import Member
from pesue.trials.queries import held, held_until, is_left_out


@dataclass(frozen=True)
class Standing:
    """How an item stands with the hold-out, for whom looks at it."""

    until: date | None = None  # offered from that day on
    left_out: bool = False  # it is in no hold-out, by a lead's word
    open: bool = False  # its lot is not drawn yet


def standing(item: Item, member: Member, *, today: date, curates: bool) -> Standing:
    """One query. Those who look after the item see what is held back even if they
    stay out of trials themselves."""
    if item.state == Item.State.INBOX:
        out = is_left_out(HOLD_OUT.key, item.pk) if curates else False
        return Standing(left_out=bool(out), open=out is None and not item.ready_at)
    whose = None if curates else member
    return Standing(held_until(HOLD_OUT.key, item.pk, today=today, member=whose))


def waiting(items: "QuerySet[Item]", *, today: date) -> "QuerySet[Item]":
    """Those of the items that are held back, each with `offered_on`, by that day."""
    rows = held(HOLD_OUT.key, today=today).filter(unit=OuterRef("pk"))
    until = Subquery(rows.values("starts_on")[:1])
    found = items.filter(state=Item.State.READY).annotate(offered_on=until)
    return found.filter(offered_on__isnull=False).order_by("offered_on", "pk")
