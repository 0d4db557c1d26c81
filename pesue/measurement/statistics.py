"""The numbers of this room: what came of visits, as brought in from outside."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pesue.foundation.counts import Counted, Statistic
from pesue.measurement.models import Happened
from pesue.sharing.statistics import by_links

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from pesue.foundation.rows import Rows

_WHOSE = _("those whose links brought it about")


def _outcomes(rows: "Rows") -> "Table":
    return by_links(rows, rows.of(Happened))


def _how_many(kind: Happened.Kind) -> Counted:
    return Counted(_outcomes, lambda found: found.number.sum(where=found.kind == kind))


APPLICATIONS = Statistic(
    "after.application",
    _("Applications"),
    _("applications"),
    "measured",
    _(
        "Applications by people who came by the link of a post, as counted by the "
        "organisation's own systems and brought in from there."
    ),
    _WHOSE,
    _how_many(Happened.Kind.APPLICATION),
    cuts=None,
    one=pgettext_lazy("one", "application"),
)
LEADS = Statistic(
    "after.lead",
    _("Leads"),
    _("leads"),
    "measured",
    _(
        "People who left their contact after coming by the link of a post, as counted "
        "by the organisation's own systems and brought in from there."
    ),
    _WHOSE,
    _how_many(Happened.Kind.LEAD),
    cuts=None,
    one=pgettext_lazy("one", "lead"),
)
TICKETS = Statistic(
    "after.ticket",
    _("Tickets"),
    _("tickets"),
    "measured",
    _(
        "Tickets and registrations by people who came by the link of a post, as "
        "counted by the organisation's own systems and brought in from there."
    ),
    _WHOSE,
    _how_many(Happened.Kind.TICKET),
    cuts=None,
    one=pgettext_lazy("one", "ticket"),
)
PURCHASES = Statistic(
    "after.purchase",
    _("Purchases"),
    _("purchases"),
    "measured",
    _(
        "Purchases by people who came by the link of a post, as counted by the "
        "organisation's own systems and brought in from there."
    ),
    _WHOSE,
    _how_many(Happened.Kind.PURCHASE),
    cuts=None,
    one=pgettext_lazy("one", "purchase"),
)

AFTERWARDS = [APPLICATIONS, LEADS, TICKETS, PURCHASES]
