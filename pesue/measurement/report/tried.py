"""What was tried, and who told because of it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from pesue.measurement.advice import Tried
from pesue.measurement.calibrated import Said
from pesue.measurement.report import figures
from pesue.measurement.report.known import Known
from pesue.measurement.report.parts import Line, Section, Sentence
from pesue.measurement.words import AFTER_NUMBERS, IN_PER_CENT, IN_POINTS, because
from pesue.stats.grades import Grade
from pesue.trials.levers import GUARDS, OUTCOMES

SHOWN = 6  # arms of trials on the page


def trying(known: Known) -> Section:
    rows = known.tried[:SHOWN]
    words = [] if rows else [_("No trial had ended by the end of the month.")]
    if known.running:
        names = ", ".join(f"“{name}”" for name in known.running)
        words.append(_("Running now: %(names)s.") % {"names": names})
    if any(one.believed for one in rows):
        words.append(
            _(
                "The words come from all our trials together: each is drawn towards "
                "the others, for the one that looked best was also lucky. The figures "
                "are those of each trial alone."
            )
        )
    return Section(
        "tried",
        _("What was tried, and what it changed"),
        lines=[line for one in rows for line in _lines(one)],
        sentences=[Sentence(says(one), Grade.OWN_TRIAL) for one in rows],
        words=words,
    )


def _lines(one: Tried) -> Iterator[Line]:
    label = _label(one)
    outcome = str(OUTCOMES.get(one.outcome, one.outcome))
    if one.measured is None or not one.sound:
        note = because(one.why) if one.why else _("it was not kept as it was drawn")
        yield Line(label, "–", outcome, "unknown", note)
        return
    points = one.outcome in IN_POINTS
    shares = one.outcome in IN_PER_CENT
    found = one.measured.times(100 if shares else 1)
    unit = str(AFTER_NUMBERS.get(one.outcome, outcome))
    if points:
        unit = _("percentage points of people who told")
    elif shares:
        unit = f"{_('percentage points')}: {outcome}"
    note = _("%(range)s at 95 %%") % {"range": figures.ends(found, decimals=True)}
    number = figures.one(found.estimate, sign=True)
    yield Line(label, number, unit, "estimated", note)
    if points and one.people:
        people = one.measured.times(one.people)
        yield Line(
            _("%(trial)s: people who told because of it") % {"trial": label},
            figures.signed(people.estimate),
            _("people"),
            "estimated",
            _("%(range)s at 95 %%") % {"range": figures.ends(people)},
        )


def _label(one: Tried) -> str:
    return f"{one.label} ({figures.day(one.over)})"


def says(one: Tried) -> str:
    """What a trial came to, in calibrated words."""
    about = {"name": one.label}
    if one.measured is None:
        return _("“%(name)s” gave no figure.") % about
    if not one.sound:
        return _("“%(name)s” was not kept as it was drawn: do not rely on it.") % about
    words = {
        Said.VERY_LIKELY: _("“%(name)s” very likely helps."),
        Said.LIKELY: _("“%(name)s” likely helps."),
        Said.CANNOT_TELL: _("What “%(name)s” does we cannot tell."),
        Said.LIKELY_LESS: _("“%(name)s” likely does harm."),
        Said.VERY_LIKELY_LESS: _("“%(name)s” very likely does harm."),
    }
    told = words[one.said] % about
    if not one.harmed:
        return told
    names = ", ".join(str(GUARDS.get(name, name)) for name in one.harmed)
    worse = _("What must not get worse got worse: %(what)s.") % {"what": names}
    return f"{told} {worse}"
