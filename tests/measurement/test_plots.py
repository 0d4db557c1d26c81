"""The plots: their marks stand where the numbers are, with words and a table."""

from datetime import timedelta

import pytest
from django.utils import translation

from pesue.measurement.calibrated import Measured
from pesue.measurement.queries.waves import by_wave
from pesue.measurement.report.known import Span, WavePoint, Waves, Week
from pesue.measurement.report.plots import forest, plots, waves, weekly
from pesue.measurement.report.shapes import HEIGHT, WIDTH, Dot, Stroke, Text, nice
from tests.make.reports import DAY, MARCH, a_known, a_roll_out, a_tried

WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def some_weeks(*people: int | None) -> list[Week]:
    first = MARCH.ends - len(people) * WEEK
    return [Week(first + n * WEEK, number) for n, number in enumerate(people)]


def inside(shape) -> bool:
    points = shape.points if isinstance(shape, Stroke) else [(shape.x, shape.y)]
    return all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


def test_a_week_that_is_not_shown_is_a_gap_and_not_0():
    plot = weekly(a_known(weeks=some_weeks(None, 6, 9, None, 7)))
    dots = [shape for shape in plot.shapes if isinstance(shape, Dot)]
    lines = [s for s in plot.shapes if isinstance(s, Stroke) and s.ink == "accent"]
    assert len(dots) == 3
    assert [len(line.points) for line in lines] == [2]
    assert [row[1] for row in plot.table.rows] == ["6", "9", "not shown", "7"]
    assert dots[1].y < dots[2].y < dots[0].y, "9, 7, 6"


def test_trials_are_drawn_over_their_days_and_named_in_the_table():
    weeks = some_weeks(6, 9, 7, 8)
    span = Span("Wait a week", weeks[1].begins, weeks[2].begins + 2 * DAY)
    long = Span("x" * 80, weeks[0].begins - 90 * DAY, MARCH.ends + 90 * DAY)
    plot = weekly(a_known(weeks=weeks, spans=[span, long]))
    assert plot.table.rows[1][2] == "Wait a week begins"
    assert plot.table.rows[2][2] == "Wait a week ends"
    assert all(map(inside, plot.shapes))
    assert any(isinstance(s, Text) and s.words == "Wait a week" for s in plot.shapes)


def test_nothing_is_drawn_of_nothing():
    assert plots(a_known()) == []
    assert weekly(a_known(weeks=some_weeks(None, 5))) is None
    assert forest([a_tried(measured=None), a_tried(sound=False)]) is None
    assert waves(Waves("x", "points", ())) is None


@pytest.mark.parametrize("many", [1, 3, 7, 20])
def test_a_forest_fits_and_holds_nothing_in_sight(many):
    rows = [
        a_tried(name=f"A rather long name of a trial, number {n}", trial=n)
        for n in range(many)
    ]
    plot = forest(rows)
    assert all(map(inside, plot.shapes))
    dots = [shape for shape in plot.shapes if isinstance(shape, Dot)]
    assert len(dots) == len(plot.table.rows) == min(many, 7)
    [zero] = {s.points[0][0] for s in plot.shapes if getattr(s, "dashed", False)}
    assert zero < dots[0].x
    assert plot.table.rows[0][2:4] == ["+2.0", "-3.0 to +7.0"]


@pytest.mark.django_db
def test_waves_show_nothing_before_and_the_change_after():
    points = by_wave(a_roll_out().units, 100)
    assert [p.at for p in points] == [-4, -3, -2, 0, 1, 2]
    for point in points:
        truth = 15 if point.at >= 0 else 0
        assert point.measured.low - 3 < truth < point.measured.high + 3
    plot = waves(Waves("The next lesson", "percentage points", points))
    assert all(map(inside, plot.shapes))
    assert [row[0] for row in plot.table.rows] == ["-4", "-3", "-2", "+0", "+1", "+2"]


@pytest.mark.parametrize("text", ["", "unit,people\n1,5\n", "unit,people,starts\n"])
def test_what_holds_no_waves_is_not_drawn(text):
    assert by_wave(text) == ()


def test_one_point_is_drawn_too():
    plot = waves(Waves("x", "points", [WavePoint(0, Measured(0.0, 0.0, 0.0))]))
    assert all(map(inside, plot.shapes))


@pytest.mark.parametrize(
    ("least", "most"), [(0, 4), (0, 12), (-3.5, 7), (0, 0), (0, 1e6), (-0.02, 0.07)]
)
def test_axes_have_round_numbers_around_all(least, most):
    ticks = nice(least, most)
    assert ticks[0] <= least
    assert ticks[-1] >= most
    assert 2 <= len(ticks) <= 9
    assert ticks[0] < ticks[-1]
