"""How people go their way: drawn, in a table, and of nobody alone."""

from dataclasses import asdict
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pesue.measurement.models import MonthPaths
from pesue.measurement.paths import (
    Begun,
    Paths,
    Stage,
    Thanked,
    begun,
    between,
    stages,
)
from pesue.measurement.queries import paths as queries
from pesue.measurement.report.plots import plots
from pesue.measurement.report.shapes import Dot, Stroke
from pesue.measurement.steps import count, keep_paths
from pesue.people.models import Member
from tests.encouragement.test_goals import lesson_by
from tests.make import NOON
from tests.make.counts import tellers
from tests.make.encouragement import some_thanks
from tests.make.people import a_member, a_team
from tests.make.reports import MARCH, a_known
from tests.make.sharing import a_share
from tests.make.told import a_told
from tests.measurement.test_plots import inside

APRIL = NOON + timedelta(days=33)
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
SOME = Paths(
    [Begun(1, 12, 8, 18), Begun(3, 20, 14, 28), Begun(9, 41, 33, 50)],
    [
        Stage("invited", 240),
        Stage("signed_in", 200),
        Stage("read", None),
        Stage("wrote", 90),
        Stage("told", 60),
        Stage("read_by", 55),
    ],
    [Thanked("Leipomo", "Myymälä", 9), Thanked("Myymälä", "Leipomo", 5)],
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


# --- What may be shown

SETS = st.lists(st.frozensets(st.integers(0, 25)), min_size=1, max_size=6)


@given(SETS)
def test_of_two_stages_one_cannot_take_fewer_than_five_people(sets):
    reached = [(str(n), people) for n, people in enumerate(sets)]
    shown = [
        len(frozenset().union(*sets[n:]))
        for n, stage in enumerate(stages(reached))
        if stage.people is not None
    ]
    assert all(many >= 5 for many in shown)
    for many, fewer in pairwise(shown):
        assert many == fewer or many - fewer >= 5


def test_who_came_further_came_so_far_and_numbers_are_to_the_nearest_five():
    everybody = frozenset(range(23))
    found = stages([("invited", everybody), ("read", frozenset()), ("told", everybody)])
    assert [(one.key, one.people) for one in found] == [
        *(("invited", 25), ("read", 25), ("told", 25))
    ]


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=60))
def test_the_curve_moves_by_five_people_and_within_a_year(people):
    weeks, did = [w for w, _ in people], [d for _, d in people]
    last = 0
    for one in begun(weeks, did):
        since = sum(d and last < w + 1 <= one.week + 1 for w, d in people)
        assert since >= 5 or last == 0
        assert one.week <= 52
        assert 0 <= one.low <= one.share <= one.high <= 100
        last = one.week + 1


def test_thanks_of_fewer_than_five_or_of_small_teams_are_not_told():
    sizes = {1: 9, 2: 9, 3: 4}
    five = [(giver, 1, 2) for giver in range(5)]
    assert between(five, sizes) == [(1, 2, 5)]
    assert between(five[:4] + [five[0]] * 9, sizes) == [], "one may thank often"
    assert between([(g, 1, 1) for g in range(9)], sizes) == []
    assert between([(g, 1, 3) for g in range(9)], sizes) == []


def test_the_teams_with_most_thanks_are_drawn():
    sizes = dict.fromkeys(range(20), 9)
    many = [(g, t, t + 1) for t in range(0, 20, 2) for g in range(5 + t)]
    found = between(many, sizes)
    assert found[0] == (18, 19, 23)
    assert len({team for one in found for team in one[:2]}) == 8


# --- Read from the rows, and kept


def a_life() -> None:
    """Of 26: six told at once and six three weeks later; one is invited only."""
    top = a_team("Koko talo")
    bakers, sellers = a_team("Leipomo", top), a_team("Myymälä", top)
    below = a_team("Yövuoro", bakers)
    tellers(6, team=below)
    tellers(6, team=sellers, at=NOON + 3 * WEEK - DAY, readers=0)
    for _ in range(6):
        lesson_by(a_member(team=bakers))
        a_share(member=a_member(team=sellers))
    share = a_told(member=Member.objects.filter(team=sellers).first())
    for giver in Member.objects.filter(team=below):
        some_thanks(giver=giver, share=share, at=NOON + DAY)
    a_member(state=Member.State.INVITED, joined_at=None)


@pytest.mark.django_db
def test_from_rows_to_what_is_kept():
    a_life()
    count(APRIL)
    assert keep_paths(APRIL) == 1
    assert keep_paths(APRIL) == 0, "once"
    a_life()
    found = queries.kept(MARCH)
    assert [(one.key, one.people) for one in found.stages] == [
        ("invited", 25),
        ("signed_in", None),  # 24 or 25: one could tell of the one
        ("read", None),
        ("wrote", 20),
        ("told", 10),
        ("read_by", 5),
    ]
    assert [one.week for one in found.begun] == [1, 3]
    [thanked] = found.thanked
    assert (thanked.giver[:7], thanked.receiver[:7]) == ("Leipomo", "Myymälä")
    assert thanked.people == 6


@pytest.mark.django_db
def test_nothing_is_kept_before_a_month_is_counted_and_over():
    a_life()
    assert keep_paths(APRIL) == 0
    count(NOON + WEEK)
    assert keep_paths(NOON + WEEK) == 0
    assert queries.kept(MARCH) == Paths()


@pytest.mark.django_db
def test_those_who_left_or_came_later_are_no_part_of_a_months_stages():
    tellers(6)
    for _ in range(6):
        a_member(state=Member.State.LEFT, state_since=NOON + 8 * DAY)
        a_member(joined_at=APRIL)
    found = queries.found(MARCH)
    assert {one["people"] for one in found["stages"]} == {5}
    [half] = found["begun"]
    assert (half["week"], half["share"]) == (1, 50), "who left may have posted later"


# --- Drawn


def test_each_is_drawn_with_words_and_table_and_says_it_is_a_story():
    made = {plot.key: plot for plot in plots(a_known(paths=SOME))}
    assert set(made) == {"begin", "far", "thanks"}
    for plot in made.values():
        assert all(map(inside, plot.shapes))
    assert made["begin"].table.rows[1] == ["3", "20", "14 to 28"]
    assert made["far"].table.rows[2] == ["Read a lesson or an example", "not shown"]
    assert "proves nothing" in made["thanks"].words
    assert made["thanks"].table.rows[0] == ["Leipomo", "Myymälä", "9"]


def test_a_bar_is_as_long_as_its_people_and_the_way_back_is_another_bow():
    made = {plot.key: plot for plot in plots(a_known(paths=SOME))}
    strokes = [s for s in made["far"].shapes if isinstance(s, Stroke)]
    long = [s.points[1][0] - s.points[0][0] for s in strokes]
    assert [round(240 * n / long[0]) for n in long] == [240, 200, 90, 60, 55]
    bows = [s for s in made["thanks"].shapes if isinstance(s, Stroke)][::2]
    assert bows[0].width > bows[1].width
    middles = [bow.points[6] for bow in bows]
    assert abs(middles[0][0] - middles[1][0]) > 30
    dots = [s for s in made["thanks"].shapes if isinstance(s, Dot)]
    assert len(dots) == 2


@pytest.mark.parametrize("many", range(2, 9))
def test_any_number_of_teams_fits_the_ring(many):
    names = [f"Hyvin pitkäniminen tiimi numero {n}" for n in range(many)]
    thanked = [Thanked(a, b, 5) for a in names for b in names if a != b]
    [plot] = plots(a_known(paths=Paths(thanked=thanked)))
    assert all(map(inside, plot.shapes))


@pytest.mark.parametrize(
    "paths",
    [
        Paths(),
        Paths([Begun(1, 12, 8, 18)]),
        Paths(stages=[Stage("invited", 25), Stage("signed_in", None)]),
    ],
)
def test_nothing_is_drawn_of_too_little(paths):
    assert plots(a_known(paths=paths)) == []


@pytest.mark.django_db
def test_it_is_kept_as_it_is_read():
    MonthPaths.objects.create(begins=MARCH.begins, at=NOON, found=asdict(SOME))
    assert queries.kept(MARCH) == SOME
