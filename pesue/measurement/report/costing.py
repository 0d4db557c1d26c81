"""What it cost, what one visit more cost, and why there is no earned media value."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from pesue.measurement.calibrated import Measured
from pesue.measurement.costs import Bound, PerVisit, per_visit, replacement
from pesue.measurement.report import figures
from pesue.measurement.report.known import Known, Money
from pesue.measurement.report.parts import Line, Section


def costing(known: Known, *, scenario: bool = False) -> Section:
    words = [no_media_value()]
    if known.money is None:
        lines = [_unknown(_("Costs of the month"), _("nobody has entered them"))]
        return Section("costs", _("What it cost"), lines=lines, words=words)
    lines = [*_spent(known.money), _per_visit(known, known.money)]
    if known.held and known.added and known.held.days < known.days:
        words.insert(0, _part(known.held.days, known.days))
    if scenario:
        lines.append(_scenario(known, known.money))
    return Section("costs", _("What it cost"), lines=lines, words=words)


def _unknown(label: str, note: str, unit: str = "") -> Line:
    return Line(label, "–", unit, "unknown", note)


def _spent(of: Money) -> Iterator[Line]:
    """Entered by people: measured as well as they know it."""
    rows = [
        (_("Licences and services"), of.costs.licence, ""),
        (_("Making content"), of.costs.content, _hours(of.costs.content_hours)),
        (_("People's time"), of.costs.people, _hours(of.costs.people_minutes / 60)),
        (_("Rewards and gifts"), of.costs.rewards, ""),
        (_("Costs of the month"), of.costs.total, _("as entered by a lead")),
    ]
    for label, number, note in rows:
        yield Line(label, figures.money(number, of.sign), "", "measured", note)


def _hours(number: float) -> str:
    return _("%(hours)s h") % {"hours": figures.one(number)}


def _part(days: int, every: int) -> str:
    return _(
        "The hold-out ran on %(days)d days of the month's %(all)d, so that part of the "
        "costs is divided by its visits."
    ) % {"days": days, "all": every}


def cost_of_one(known: Known) -> PerVisit | None:
    """None where there are no costs, or the visits added are not known."""
    if known.money is None or known.added is None or known.held is None:
        return None
    part = known.held.days / known.days
    return per_visit(known.money.costs.total * part, known.added)


def _per_visit(known: Known, of: Money) -> Line:
    label, found = _("Cost of one visit more"), cost_of_one(known)
    if found is None:
        return _unknown(label, _("the visits that telling added are not known"))
    if found.bound is Bound.NO_COST:
        return Line(label, figures.money(0, of.sign), "", "measured", "")
    if found.bound is Bound.NONE_ADDED:
        return _unknown(label, _("telling added no visits, so none had a price"))
    if found.bound is Bound.UNBOUNDED:
        return _unknown(label, unbounded(found, of.sign))
    low, high = (figures.money(end or 0, of.sign) for end in (found.low, found.high))
    note = _("%(range)s at 95 %%") % {
        "range": _("%(low)s to %(high)s") % {"low": low, "high": high}
    }
    number = figures.money(found.estimate or 0, of.sign)
    return Line(label, number, "", "estimated", note)


def unbounded(found: PerVisit, sign: str) -> str:
    why = _(
        "unbounded: telling may have added no visits at all, so there is no upper end"
    )
    if found.least is None:
        return why
    least = _("if it added any, each cost more than %(least)s")
    return f"{why}; {least % {'least': figures.money(found.least, sign)}}"


def _scenario(known: Known, of: Money) -> Line:
    label = _("What buying the same visits would have cost, which is not their value")
    if of.click is None:
        return _unknown(
            label, _("what a click costs in your own adverts is not entered")
        )
    added: Measured | None = known.added
    if added is None:
        return _unknown(label, _("the visits that telling added are not known"))
    low, high = (figures.money(n, of.sign) for n in replacement(added, *of.click))
    number = _("%(low)s to %(high)s") % {"low": low, "high": high}
    prices = " – ".join(figures.money(price, of.sign) for price in of.click)
    note = _("visits added, at %(prices)s a click") % {"prices": prices}
    return Line(label, number, "", "estimated", note)


def no_media_value() -> str:
    return _(
        "There is no earned media value here. The formulas that five vendors publish "
        "give $200 to $4,134 for one and the same month: a price that somebody chose, "
        "times people who may not have looked or would have come anyway. A price is "
        "not a value."
    )
