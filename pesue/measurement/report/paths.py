"""Plots of how people go their way. They tell a story and prove nothing, and say so."""

from collections.abc import Sequence
from math import cos, hypot, pi, sin

from django.utils.translation import gettext as _

from pesue.measurement.paths import Begun, Paths, Stage, Thanked
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
from pesue.measurement.report.shapes import (
    WIDTH,
    Anchor,
    Dot,
    Ink,
    Plot,
    Shape,
    Stroke,
    Table,
    Text,
    nice,
    short,
)

Point = tuple[float, float]
NAMES = 500.0  # where a stage's words end
BAR = 46.0  # of a stage, across
MIDDLE = (WIDTH / 2, 415.0)
WIDE, HIGH = 330.0, 205.0  # of the ring that teams stand on
STEPS = 12  # of a bow


def paths(of: Paths) -> list[Plot | None]:
    return [soon(of.begun), far(of.stages), thanks(of.thanked)]


def soon(begun: Sequence[Begun]) -> Plot | None:
    """How many had posted by the end of their first, second, ... week."""
    if len(begun) < 2:
        return None
    title = _("How soon people begin")
    words = _(
        "Of a hundred who joined, how many had posted by then. Thin: interval at 95 %."
    )
    ticks = nice(0, max(one.high for one in begun))
    last = begun[-1].week
    x = scale(0, last + 1, LEFT, WIDTH - RIGHT)
    y = scale(0, ticks[-1], FLOOR, TOP)
    shapes = [*head(title, words), *across(ticks, y)]
    stairs: list[tuple[list[int], Ink, float]] = [
        ([one.low for one in begun], "muted", 2),
        ([one.high for one in begun], "muted", 2),
        ([one.share for one in begun], "accent", 5),
    ]
    for heights, ink, width in stairs:
        points = [(x(0), y(0))]
        for one, number in zip(begun, heights, strict=True):
            points += [(x(one.week), points[-1][1]), (x(one.week), y(number))]
        shapes.append(Stroke([*points, (x(last + 1), points[-1][1])], ink, width))
    for week in (int(tick) for tick in nice(0, last) if tick == int(tick) <= last):
        shapes.append(Text(x(week), FLOOR + 40, str(week), 22, "middle", "muted"))
    note = _("weeks since joining")
    shapes.append(Text(WIDTH - RIGHT, FLOOR + 72, note, 20, "end", "muted"))
    rows = [
        [
            figures.whole(one.week),
            figures.whole(one.share),
            _("%(low)s to %(high)s") % {"low": one.low, "high": one.high},
        ]
        for one in begun
    ]
    columns = [_("Week"), _("Of a hundred"), _("Interval at 95 %")]
    return Plot("begin", title, words, shapes, Table(columns, rows))


def far(stages: Sequence[Stage]) -> Plot | None:
    """How many came how far."""
    if sum(stage.people is not None for stage in stages) < 2:
        return None
    title = _("How far people come")
    words = _("People who came so far or further, until now, to the nearest five.")
    x = scale(0, max(stage.people or 0 for stage in stages), NAMES + 30, WIDTH - 170)
    step = (FLOOR + 30 - TOP) / len(stages)
    shapes = head(title, words)
    for place, stage in enumerate(stages):
        at = TOP + step * (place + 0.5)
        shapes.append(Text(NAMES, at + 8, short(_names(stage.key), 40), 26, "end"))
        if stage.people is None:
            left = _("not shown")
            shapes.append(Text(NAMES + 30, at + 8, left, 24, ink="muted"))
            continue
        bar = [(x(0), at), (x(stage.people), at)]
        number = figures.whole(stage.people)
        shapes.append(Stroke(bar, "accent", BAR))
        shapes.append(Text(x(stage.people) + 16, at + 9, number, 26))
    rows = [
        [
            _names(stage.key),
            _("not shown") if stage.people is None else figures.whole(stage.people),
        ]
        for stage in stages
    ]
    return Plot("far", title, words, shapes, Table([_("How far"), _("People")], rows))


def _names(key: str) -> str:
    return {
        "invited": _("Invited"),
        "signed_in": _("Signed in"),
        "read": _("Read a lesson or an example"),
        "wrote": _("Wrote something"),
        "told": _("Told something"),
        "read_by": _("Somebody came to read it"),
    }[key]


def thanks(thanked: Sequence[Thanked]) -> Plot | None:
    """Teams on a ring; a bow for each pair, the wider the more people thanked."""
    if not thanked:
        return None
    title = _("Who thanks whom")
    words = _(
        "People of one team who thanked another, five or more. It proves nothing."
    )
    teams = list(dict.fromkeys(t for one in thanked for t in (one.giver, one.receiver)))
    places = {team: _on_ring(n, len(teams)) for n, team in enumerate(teams)}
    most = max(one.people for one in thanked)
    shapes = head(title, words)
    for one in thanked:
        bow = _bow(places[one.giver], places[one.receiver])
        shapes.append(Stroke(bow, "accent", 2 + 8 * one.people / most))
        shapes.append(Stroke(_tip(bow), "accent", 4))
    for team, (x, y) in places.items():
        shapes += [Dot(x, y, 12, "ink"), _label(team, x, y)]
    rows = [
        [one.giver, one.receiver, figures.whole(one.people)]
        for one in sorted(thanked, key=lambda one: (one.giver, one.receiver))
    ]
    columns = [_("Team"), _("thanked"), _("People who thanked")]
    return Plot("thanks", title, words, shapes, Table(columns, rows))


def _on_ring(number: int, of: int) -> Point:
    turn = 2 * pi * number / of - pi / 2
    return MIDDLE[0] + WIDE * cos(turn), MIDDLE[1] + HIGH * sin(turn)


def _label(team: str, x: float, y: float) -> Shape:
    """Outwards of the ring, so that no bow crosses it."""
    if abs(x - MIDDLE[0]) < WIDE / 4:
        above = y < MIDDLE[1]
        return Text(x, y - 26 if above else y + 44, short(team, 34), 24, "middle")
    right = x > MIDDLE[0]
    anchor: Anchor = "start" if right else "end"
    return Text(x + (24 if right else -24), y + 8, short(team, 22), 24, anchor)


def _bow(start: Point, end: Point) -> list[Point]:
    """From team to team, bent to one side, so that the way back is another one."""
    (x0, y0), (x1, y1) = start, end
    long = hypot(x1 - x0, y1 - y0)
    out_x, out_y = (y0 - y1) / long, (x1 - x0) / long
    bent = 0.14 * long
    mid = (x0 + x1) / 2 + out_x * bent, (y0 + y1) / 2 + out_y * bent
    gap = min(0.45, 22 / long)  # the ends stay off the dots
    points = []
    for n in range(STEPS + 1):
        t = gap + (1 - 2 * gap) * n / STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        points.append((a * x0 + b * mid[0] + c * x1, a * y0 + b * mid[1] + c * y1))
    return points


def _tip(bow: Sequence[Point]) -> list[Point]:
    """The head of an arrow at a bow's end."""
    (x0, y0), (x1, y1) = bow[-2], bow[-1]
    long = hypot(x1 - x0, y1 - y0)
    dx, dy = (x1 - x0) / long, (y1 - y0) / long
    back_x, back_y = x1 - 20 * dx, y1 - 20 * dy
    return [
        (back_x - 10 * dy, back_y + 10 * dx),
        (x1, y1),
        (back_x + 10 * dy, back_y - 10 * dx),
    ]
