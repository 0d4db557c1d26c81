"""What is known, put into words: each figure with how we know it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pesue.foundation.counts import Statistic
from pesue.measurement.calibrated import Judged, Said
from pesue.measurement.report import figures
from pesue.measurement.report.costing import costing
from pesue.measurement.report.known import Known
from pesue.measurement.report.lacking import lacking
from pesue.measurement.report.parts import Line, Section, Sentence
from pesue.measurement.report.tried import trying
from pesue.measurement.statistics import AFTERWARDS
from pesue.sharing.statistics import CONFIRMED, PUBLISHED, READERS, TELLERS, VISITS
from pesue.stats.grades import Grade

NOT_KNOWN = "–"


def sections(known: Known, *, scenario: bool = False) -> list[Section]:
    """The whole report; with `scenario` what buying the visits would have cost, too."""
    return [
        Section("told", _("What people did"), lines=list(_told(known))),
        _outside(known),
        _added(known),
        trying(known),
        costing(known, scenario=scenario),
        Section(
            "lacking",
            _("What we cannot tell, and what it would take"),
            lacks=lacking(known),
            words=[] if lacking(known) else [_("Nothing of the above is missing.")],
        ),
    ]


def _told(known: Known) -> Iterator[Line]:
    for of in (TELLERS, PUBLISHED, CONFIRMED, READERS, VISITS):
        yield _counted(of, known.numbers.get(of.name))


def _counted(of: Statistic, number: int | None) -> Line:
    if number is None:
        note = _("not shown: too few people, or nothing counted")
        return Line(str(of.label), NOT_KNOWN, str(of.unit), "unknown", note)
    return Line(str(of.label), figures.whole(number), str(of.unit), of.basis)


def _outside(known: Known) -> Section:
    lines = [_pages(known)]
    if known.afterwards is None:
        lines.append(
            Line(
                _("What happened after a visit"),
                NOT_KNOWN,
                "",
                "unknown",
                _("nothing was brought in"),
            )
        )
    else:
        for of in AFTERWARDS:
            lines.append(_counted(of, known.afterwards.get(of.name)))
    return Section("outside", _("Visits outside, and what came of them"), lines=lines)


def _pages(known: Known) -> Line:
    label, unit = _("All visits to the pages of our items"), _("visits")
    if known.pages is None:
        note = _("no web statistics were brought in")
        return Line(label, NOT_KNOWN, unit, "unknown", note)
    note = ngettext(
        "known for %(days)d day of %(all)d",
        "known for %(days)d days of %(all)d",
        known.pages.days,
    ) % {"days": known.pages.days, "all": known.days}
    return Line(label, figures.whole(known.pages.visits), unit, "measured", note)


def _added(known: Known) -> Section:
    title = _("What telling added")
    label, unit = _("Visits that telling added"), _("visits")
    words = [
        _(
            "Visits by our links are not visits that telling added: some of those "
            "people would have come anyway. Only items that waited, drawn by lot, tell."
        )
    ]
    held, judged = known.held, known.held.judged if known.held else None
    if known.added is None or held is None or judged is None:
        words += _before(known)
        line = Line(
            label, NOT_KNOWN, unit, "unknown", _("see below what it would take")
        )
        return Section("added", title, lines=[line], words=words)
    note = _("%(range)s at 95 %%") % {"range": figures.ends(known.added)}
    lines = [Line(label, figures.signed(known.added.estimate), unit, "estimated", note)]
    told = ngettext(
        "From “%(name)s”: %(number)d item was offered at once in the month.",
        "From “%(name)s”: %(number)d items were offered at once in the month.",
        held.offered,
    )
    about = {"name": held.name, "number": held.offered}
    return Section(
        "added",
        title,
        lines=lines,
        sentences=[Sentence(added_says(judged), Grade.OWN_TRIAL)],
        words=[told % about, *words],
    )


def _before(known: Known) -> list[str]:
    """What an earlier hold-out found, which need not hold for this month."""
    last = known.held_before
    if last is None or last.judged is None:
        return []
    words = _(
        "The last hold-out, “%(name)s” (%(day)s), found %(range)s visits to an item at "
        "95 %%. Whether that holds for this month is not known."
    )
    ends = figures.ends(last.judged.found, decimals=True)
    return [words % {"name": last.name, "day": figures.day(last.over), "range": ends}]


def added_says(judged: Judged) -> str:
    """Whether telling adds visits, in calibrated words."""
    return {
        Said.VERY_LIKELY: _("Telling very likely brings more visits."),
        Said.LIKELY: _("Telling likely brings more visits."),
        Said.CANNOT_TELL: _("We cannot tell whether telling brings more visits."),
        Said.LIKELY_LESS: _("Items that are told likely get fewer visits."),
        Said.VERY_LIKELY_LESS: _("Items that are told very likely get fewer visits."),
    }[judged.said]
