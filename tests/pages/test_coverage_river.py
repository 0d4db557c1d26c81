from itertools import pairwise

from pesue.pages.coverage.river import Pool, Source, brook, river

SOURCES = [Source(1, "Care", (7, 8)), Source(2, "Courage", (9,)), Source(3, "Calm", ())]
POOLS = [Pool(7, "Much", 400, ""), Pool(8, "Some", 100, ""), Pool(9, "None", 0, "")]


def test_what_is_told_most_is_widest_and_what_is_not_told_runs_dry():
    for draw in (river, brook):
        drawn = draw(SOURCES, POOLS)
        wet = sorted({s.width for s in drawn.streams if not s.dry}, reverse=True)
        dry = {s.width for s in drawn.streams if s.dry}
        assert len(wet) == 2
        assert max(dry) < min(wet)


def test_a_value_is_only_said_where_nothing_is_told_on_it():
    for draw in (river, brook):
        said = {stop.name: stop.said for stop in draw(SOURCES, POOLS).values}
        assert said == {"Care": False, "Courage": True, "Calm": True}


def test_on_a_phone_nothing_lies_on_another_and_all_is_inside():
    drawn = brook(SOURCES, POOLS)
    places = sorted(stop.y for stop in [*drawn.values, *drawn.concepts])
    assert len(places) == 6
    assert all(later - y >= 52 for y, later in pairwise(places))
    assert places[0] >= 24
    assert places[-1] + 26 <= drawn.height
