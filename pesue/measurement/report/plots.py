"""The plots of a report: pure geometry, with words and tables."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import dropwhile, groupby

from django.utils.translation import gettext as _

from pesue.measurement.advice import Tried
from pesue.measurement.calibrated import WORDS, Measured
from pesue.measurement.report import figures
from pesue.measurement.report.axes import (
    FLOOR,
    LEFT,
    RIGHT,
    TOP,
    across,
    head,
    scale,
)
from pesue.measurement.report.known import Known, Span, Waves, Week
from pesue.measurement.report.paths import paths
from pesue.measurement.report.shapes import (
    WIDTH,
    Anchor,
    Dot,
    Plot,
    Shape,
    Stroke,
    Table,
    Text,
    nice,
    short,
)
from pesue.measurement.words import IN_POINTS

NAMES = 470.0  # where names of trials end, in a forest
MOST = 7  # rows of a forest
SPAN, SPANS = 42.0, 4  # a trial's row above the line, and how many are drawn
ANCHORS: tuple[Anchor, Anchor] = ("start", "end")


def plots(known: Known) -> list[Plot]:
    made = (
        weekly(known),
        forest(known.tried),
        waves(known.waves),
        *paths(known.paths),
    )
    return [plot for plot in made if plot]


def weekly(known: Known) -> Plot | None:
    """People who told week by week, with the trials' days above."""
    weeks = list(dropwhile(lambda week: week.people is None, known.weeks))
    if len(weeks) < 2:
        return None
    title = _("People who told, week by week")
    words = _("A gap is a week that is not shown. Above: trials, from begin to end.")
    first, days = weeks[0].begins, 7 * len(weeks)
    spans = _spans(known.spans, first, first + timedelta(days=days))
    top = TOP + SPAN * len(spans)
    ticks = nice(0, max(week.people or 0 for week in weeks))
    x = scale(0, days, LEFT, WIDTH - RIGHT)
    y = scale(0, ticks[-1], FLOOR, top)
    shapes = [*head(title, words), *across(ticks, y)]
    for place, span in enumerate(spans):
        at = x((span.begins - first).days), x((span.ends - first).days + 1)
        shapes += _span(span.name, *at, TOP - 24 + SPAN * place)
    for shown, run in groupby(enumerate(weeks), lambda one: one[1].people is not None):
        if shown:
            shapes += _run([(x(7 * n + 3), y(week.people or 0)) for n, week in run])
    for place in range(0, len(weeks), 2 if len(weeks) > 7 else 1):
        day = weeks[place].begins
        words_below = f"{day.day}.{day.month}."
        at_x = x(7 * place + 3)
        shapes.append(Text(at_x, FLOOR + 40, words_below, 22, "middle", "muted"))
    return Plot("weeks", title, words, shapes, _weeks_table(known, weeks))


def _spans(spans: Sequence[Span], first: date, after: date) -> list[Span]:
    """Those that are seen, cut to what is drawn; the last ones where they are many."""
    last = after - timedelta(days=1)
    seen = [span for span in spans if span.ends >= first and span.begins <= last]
    return [
        Span(span.name, max(span.begins, first), min(span.ends, last))
        for span in seen[-SPANS:]
    ]


def _span(name: str, start: float, end: float, y: float) -> list[Shape]:
    """A trial's days, with its ends down to the line's floor, and its name."""
    left = start < WIDTH / 2
    at, anchor = (start + 6, ANCHORS[0]) if left else (end - 6, ANCHORS[1])
    text = Text(at, y - 9, short(name, 40), 20, anchor)
    return [
        Stroke([(start, y), (start, FLOOR)], "muted", 1.5, dashed=True),
        Stroke([(end, y), (end, FLOOR)], "muted", 1.5, dashed=True),
        Stroke([(start, y), (end, y)], "muted", 7),
        text,
    ]


def _weeks_table(known: Known, weeks: Sequence[Week]) -> Table:
    return Table(
        [_("Week from"), _("People who told"), _("Trials")],
        [
            [
                figures.day(week.begins),
                _("not shown") if week.people is None else figures.whole(week.people),
                _began_or_ended(known, week.begins),
            ]
            for week in weeks
        ],
    )


def _began_or_ended(known: Known, week: date) -> str:
    after = week + timedelta(days=7)
    found = []
    for span in known.spans:
        if week <= span.begins < after:
            found.append(f"{span.name} {_('begins')}")
        if week <= span.ends < after:
            found.append(f"{span.name} {_('ends')}")
    return ", ".join(found)


def _run(points: Sequence[tuple[float, float]]) -> list[Shape]:
    line = [Stroke(tuple(points), "accent", 5)] if len(points) > 1 else []
    return [*line, *(Dot(x, y) for x, y in points)]


def forest(tried: Sequence[Tried]) -> Plot | None:
    """The trials of people who told, one below the other, with their intervals."""
    rows = [
        (one, one.measured.times(100))
        for one in tried
        if one.measured and one.sound and one.outcome in IN_POINTS
    ][:MOST]
    if not rows:
        return None
    title = _("What trials changed")
    words = _(
        "Percentage points of people who told, at 95 %; the dashed line is nothing."
    )
    ends = [end for _one, found in rows for end in (found.low, found.high)]
    ticks = nice(min(0.0, *ends), max(0.0, *ends))
    x = scale(ticks[0], ticks[-1], NAMES + 30, WIDTH - RIGHT)
    step = min(110.0, (FLOOR - TOP) / len(rows))
    floor = TOP + step * len(rows)
    shapes = head(title, words)
    for tick in ticks:
        at = x(tick)
        shapes.append(Stroke([(at, TOP - 20), (at, floor)], "faint", 2))
        shapes.append(Text(at, floor + 40, figures.tick(tick), 22, "middle", "muted"))
    shapes.append(Stroke([(x(0), TOP - 20), (x(0), floor)], "muted", 3, dashed=True))
    for place, (one, found) in enumerate(rows):
        y = TOP + step * (place + 0.5)
        shapes += [
            Text(NAMES, y + 8, short(one.label, 36), 24, "end"),
            Stroke([(x(found.low), y), (x(found.high), y)], "accent", 5),
            Dot(x(found.estimate), y, 11),
        ]
    return Plot("trials", title, words, shapes, _forest_table(rows))


def _forest_table(rows: Sequence[tuple[Tried, Measured]]) -> Table:
    return Table(
        [
            _("Trial"),
            _("Ended on"),
            _("Percentage points"),
            _("Interval at 95 %"),
            _("What we say"),
        ],
        [
            [
                one.label,
                figures.day(one.over),
                figures.one(found.estimate, sign=True),
                figures.ends(found, decimals=True),
                str(WORDS[one.said]),
            ]
            for one, found in rows
        ],
    )


def waves(of: Waves | None) -> Plot | None:
    """A roll-out, so many waves before and after a team got it."""
    if of is None or not of.points:
        return None
    title = _("“%(name)s”, wave by wave") % {"name": of.name}
    words = _("Change beside teams that had not got it yet; left of the line: before.")
    ends = [end for p in of.points for end in (p.measured.low, p.measured.high)]
    ticks = nice(min(0.0, *ends), max(0.0, *ends))
    y = scale(ticks[0], ticks[-1], FLOOR, TOP)
    first, last = min(-1, of.points[0].at), of.points[-1].at
    x = scale(first - 0.5, last + 0.5, LEFT, WIDTH - RIGHT)
    shapes = [*head(title, words), *across(ticks, y)]
    shapes.append(Stroke([(LEFT, y(0)), (WIDTH - RIGHT, y(0))], "muted", 3))
    shapes.append(Stroke([(x(-0.5), TOP), (x(-0.5), FLOOR)], "muted", 2, dashed=True))
    for point in of.points:
        at, found = x(point.at), point.measured
        shapes += [
            Stroke([(at, y(found.low)), (at, y(found.high))], "accent", 5),
            Dot(at, y(found.estimate), 11),
            Text(at, FLOOR + 40, f"{point.at:+d}", 22, "middle", "muted"),
        ]
    table = Table(
        [
            _("Waves after the start"),
            _("Change: %(unit)s") % {"unit": of.unit},
            _("Interval at 95 %"),
        ],
        [
            [
                f"{p.at:+d}",
                figures.one(p.measured.estimate, sign=True),
                figures.ends(p.measured, decimals=True),
            ]
            for p in of.points
        ],
    )
    return Plot("waves", title, words, shapes, table)
