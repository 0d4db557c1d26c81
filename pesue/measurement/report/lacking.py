"""What cannot be told of a month, and what it would take."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pesue.measurement.calibrated import Said
from pesue.measurement.report import figures
from pesue.measurement.report.known import Known
from pesue.measurement.report.parts import Lack
from pesue.sharing.statistics import READERS, TELLERS


def lacking(known: Known) -> list[Lack]:
    return [
        *_hidden(known),
        *_added(known),
        *_pages(known),
        *_after(known),
        *_unsure(known),
        *_costs(known),
        Lack(
            _("How many saw the posts on the networks."),
            _("Nothing that we can do: the networks do not tell it."),
        ),
    ]


def _hidden(known: Known) -> Iterator[Lack]:
    if any(known.numbers.get(of.name) is None for of in (TELLERS, READERS)):
        yield Lack(
            _("How many people told, or came to read."),
            _(
                "Five people in a number, and none that would be betrayed by it; and "
                "weeks that have been counted."
            ),
        )


def _added(known: Known) -> Iterator[Lack]:
    held = known.held
    if held and held.judged and held.visits:
        if held.judged.said is Said.CANNOT_TELL:
            yield Lack(
                _("Whether telling adds visits."),
                _("A longer hold-out: four times as many items halve the interval."),
            )
        return
    yield Lack(_("How many visits telling added."), _takes(known))


def _takes(known: Known) -> str:
    if known.holding_until:
        return _(
            "The hold-out that runs until %(day)s, and web statistics of its days."
        ) % {"day": figures.day(known.holding_until)}
    if known.held and not known.held.judged:
        return _(
            "Web statistics of the days of “%(name)s”, and 20 items of it or more."
        ) % {"name": known.held.name}
    if known.needed is None:
        return _(
            "Web statistics of the pages, then a hold-out of 20 items at the very "
            "least; how many more shows when the visits to some items are known."
        )
    items = ngettext(
        "A hold-out of %(items)d item, if telling adds %(visits)s visits to each, as "
        "many as our links brought; if it adds fewer, more.",
        "A hold-out of %(items)d items, if telling adds %(visits)s visits to each, as "
        "many as our links brought; if it adds fewer, more.",
        known.needed.items,
    )
    visits = figures.one(known.needed.effect)
    words = items % {"items": known.needed.items, "visits": visits}
    if known.needed.days is None:
        return words
    pace = ngettext(
        "At the pace of late that is %(days)d day.",
        "At the pace of late that is %(days)d days.",
        known.needed.days,
    )
    return f"{words} {pace % {'days': known.needed.days}}"


def _pages(known: Known) -> Iterator[Lack]:
    if known.pages is None:
        yield Lack(
            _("How often our pages were visited in all."),
            _("Web statistics by file, under Results."),
        )


def _after(known: Known) -> Iterator[Lack]:
    if known.afterwards is None:
        yield Lack(
            _("What came of the visits: applications, leads, purchases."),
            _("A file of them by link, from the system that counts them."),
        )


def _unsure(known: Known) -> Iterator[Lack]:
    seen = set()
    for one in known.tried[:6]:
        unsure = one.said is Said.CANNOT_TELL and one.name not in seen
        if unsure and one.measured and one.sound:
            seen.add(one.name)
            yield Lack(
                _("What “%(name)s” does.") % {"name": one.name},
                ngettext(
                    "It had %(units)d unit. Four times as many halve the interval.",
                    "It had %(units)d units. Four times as many halve the interval.",
                    one.units,
                )
                % {"units": one.units},
            )


def _costs(known: Known) -> Iterator[Lack]:
    if known.money is None:
        yield Lack(_("What it cost."), _("A minute of a lead's, once a month."))
