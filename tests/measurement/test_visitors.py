"""Different visitors of a day, whichever colleagues' links they came by."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pesue.foundation.counts import Count
from pesue.measurement.actions.counts import fill
from pesue.measurement.periods import Month
from pesue.measurement.queries import results
from pesue.sharing.actions.links import make_link
from pesue.sharing.actions.visits import store
from pesue.sharing.clicks.log import Click
from pesue.sharing.models import Link, Visit
from pesue.sharing.steps.links import forget_visits
from tests.make import NOON
from tests.make.people import a_member
from tests.make.told import a_told

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
MARCH = Month(2026, 3)
UNTIL = date(2026, 3, 30)
VISITORS = "visits.visitors"


def links(how_many: int) -> list[Link]:
    """Each of another member's post."""
    shares = [a_told(member=a_member(f"M {n}")) for n in range(how_many)]
    return [make_link(share, now=NOON) for share in shares]


def a_click(link: Link, visitor: int, *, day: int = 2, kind: str = "") -> Click:
    at = datetime(2026, 3, day, 12, tzinfo=UTC)
    ms = int(at.timestamp() * 1000)
    return Click(ms, link.pk, f"{visitor:016x}", kind, "phone", "x")


def numbers() -> dict[date, tuple[int, int, bool]]:
    rows = Count.objects.filter(statistic=VISITORS)
    assert set(rows.values_list("cut", "grain")) <= {("all", "day")}
    return {row.begins: (row.number, row.people, row.shown) for row in rows}


def test_who_comes_by_six_colleagues_links_is_one_and_robots_none():
    theirs = links(6)
    clicks = [a_click(link, 1) for link in theirs]
    clicks += [a_click(theirs[0], 2), a_click(theirs[0], 2)]
    clicks += [a_click(link, 3, kind="robot") for link in theirs]
    store(clicks, now=NOON)
    fill(MARCH, until=UNTIL)
    assert numbers() == {date(2026, 3, 2): (2, 6, True)}
    [first, second, *_] = results.daily(MARCH)
    assert (first.numbers["visits.people"], first.numbers[VISITORS]) == (7, 2)
    assert second.numbers[VISITORS] == 0
    assert VISITORS not in results.total(MARCH).numbers


def test_days_of_four_colleagues_links_are_hidden():
    store([a_click(link, n) for n, link in enumerate(links(4))], now=NOON)
    fill(MARCH, until=UNTIL)
    assert numbers() == {date(2026, 3, 2): (4, 4, False)}
    assert results.daily(MARCH)[0].numbers[VISITORS] is None


def test_what_was_counted_stays_when_single_visits_are_forgotten():
    theirs = links(5)
    store([a_click(link, 1) for link in theirs], now=NOON)
    store([a_click(link, 1, day=9) for link in theirs], now=NOON)
    fill(MARCH, until=UNTIL)
    before = numbers()
    forget_visits(datetime(2026, 4, 2, 12, tzinfo=UTC))  # those of the first week
    assert set(Visit.objects.values_list("day", flat=True)) == {date(2026, 3, 9)}
    store([a_click(theirs[0], 7, day=9)], now=NOON)
    fill(MARCH, until=UNTIL)
    assert numbers() == before | {date(2026, 3, 9): (2, 5, True)}
    Count.objects.all().delete()
    fill(MARCH, until=UNTIL)  # the first week's are gone for good: not known, not 0
    assert set(numbers()) == {date(2026, 3, 9)}
    assert results.daily(MARCH)[0].numbers[VISITORS] is None


CLICKS = st.lists(
    st.tuples(
        st.integers(0, 5),  # link
        st.integers(1, 4),  # visitor
        st.integers(2, 29),  # day
        st.sampled_from(["", "", "", "robot", "preview"]),
    ),
    max_size=40,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(CLICKS, CLICKS)
def test_it_is_what_the_visits_say_also_when_some_come_late(first, late):
    Visit.objects.all().delete()
    Link.objects.all().delete()
    theirs = links(6)
    seen = defaultdict(set)
    whose = defaultdict(set)
    for some in (first, late):
        clicks = []
        for link, visitor, day, kind in some:
            clicks.append(a_click(theirs[link], visitor, day=day, kind=kind))
            if not kind:
                seen[date(2026, 3, day)].add(visitor)
                whose[date(2026, 3, day)].add(link)
        store(clicks, now=NOON + timedelta(days=40))
        fill(MARCH, until=UNTIL)
    found = {day: told[:2] for day, told in numbers().items()}
    assert found == {day: (len(seen[day]), len(whose[day])) for day in seen}
