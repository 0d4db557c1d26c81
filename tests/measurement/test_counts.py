import tracemalloc
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pesue.foundation.counts import Count
from pesue.foundation.models import Run, name_of
from pesue.guidance.models import Topic
from pesue.measurement.actions.counts import fill
from pesue.measurement.periods import Month
from pesue.measurement.queries import acts, raw, results
from pesue.measurement.steps import count
from pesue.people.actions import teams
from pesue.people.models import Member, Team
from pesue.sharing.actions import drafts
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.content import an_item
from tests.make.counts import tellers
from tests.make.people import a_lead, a_member, a_team
from tests.make.sharing import a_share
from tests.make.told import a_told, some_readers

pytestmark = pytest.mark.django_db
MARCH = Month(2026, 3)  # 2 to 29 March; NOON is its first day
APRIL = NOON + timedelta(days=28)
WEEK = timedelta(days=7)


def finished(at) -> None:
    Run.objects.update_or_create(step=name_of(count), defaults={"finished_at": at})


def test_four_people_are_hidden_and_five_shown():
    tellers(4)
    count(APRIL)
    assert results.total(MARCH).numbers == {}
    tellers(1)
    Count.objects.all().delete()
    count(APRIL)
    assert results.total(MARCH).numbers == {
        "shares.people": 5,
        "shares.published": 5,
        "visits.people": 15,
        "visits.hits": 15,
    }


def test_one_member_who_posts_a_hundred_times_is_one():
    tellers(1, posts=100, readers=0)
    tellers(3, readers=0)
    count(APRIL)
    assert results.total(MARCH).numbers == {}


def test_the_way_out_is_told_apart_and_k_holds_for_each():
    tellers(5, readers=0)
    tellers(4, way="copy", readers=0)
    count(APRIL)
    assert results.total(MARCH).numbers == {"shares.people": 9, "shares.published": 5}


def test_posts_not_made_are_not_counted_and_deleted_ones_are():
    tellers(5, readers=0)
    for state in (Share.State.HANDED, Share.State.DRAFT, Share.State.WITHDRAWN):
        a_told(state=state, shared_at=None)
    a_told(state=Share.State.DELETED)
    count(APRIL)
    assert results.total(MARCH).numbers["shares.people"] == 6


def test_siblings_of_a_hidden_team_hide_what_would_betray_it():
    top = a_team("Top")
    big, middle, small = (a_team(name, parent=top) for name in ("A", "B", "C"))
    tellers(8, team=big)
    tellers(6, team=middle)
    tellers(2, team=small)
    count(APRIL)
    seen = {
        row.key: row.numbers.get("shares.people")
        for row in results.by_team(MARCH, a_lead())
    }
    assert seen == {
        str(top.pk): 16,
        str(big.pk): 8,
        str(middle.pk): None,
        str(small.pk): None,
    }


def test_nested_teams_do_not_betray_the_one_between_them():
    top = a_team("Top")
    inner = a_team("Inner", parent=top)
    tellers(6, team=inner)
    tellers(1, team=top)  # top less inner would be this one
    tellers(6, team=a_team("Other"))
    count(APRIL)
    seen = {
        r.key: r.numbers.get("shares.people") for r in results.by_team(MARCH, a_lead())
    }
    assert seen[str(top.pk)] == 7
    assert seen[str(inner.pk)] is None


def test_a_lead_of_a_subtree_sees_its_teams_alone():
    one, other = a_team("One"), a_team("Other")
    inner = a_team("Inner", parent=one)
    count(APRIL)
    rows = results.by_team(MARCH, a_lead(team=one))
    assert [(row.key, row.depth) for row in rows] == [
        (str(one.pk), 0),
        (str(inner.pk), 1),
    ]
    assert str(other.pk) not in {row.key for row in rows}


def test_what_was_told_and_not_read_is_there_too():
    tellers(6, item=an_item("Told"), readers=0)
    count(APRIL)
    [row] = results.by_cut("item", MARCH, most=1)
    assert row.label == "Told"


def test_of_too_many_teams_the_uppermost_and_largest_are_kept():
    top = a_team("Top")
    small, large = a_team("A", parent=top), a_team("B", parent=top)
    tellers(6, team=small)
    tellers(8, team=large)
    count(APRIL)
    rows = results.by_team(MARCH, a_lead(), most=2)
    assert [row.key for row in rows] == [str(top.pk), str(large.pk)]
    assert len(results.by_team(MARCH, a_lead(), most=None)) == 3
    assert str(small.pk) not in {row.key for row in rows}


def test_the_week_under_way_is_not_shown():
    tellers(6, at=NOON)
    count(NOON + timedelta(days=6))
    assert not Count.objects.exists()
    count(NOON + WEEK)
    assert results.months(APRIL.date()) == [Month(2026, 4), MARCH]
    assert results.total(MARCH).numbers == {}  # the month is not over
    [week] = results.weeks(MARCH)
    assert week.numbers["shares.people"] == 6
    assert week.numbers["shares.confirmed"] is None  # nobody's acts are in it
    days = results.daily(MARCH)
    assert [day.numbers["shares.people"] for day in days] == [6, 0, 0, 0, 0, 0, 0]


def test_a_month_that_would_betray_a_hidden_week_is_hidden():
    tellers(8, at=NOON)
    tellers(2, at=NOON + WEEK)
    count(APRIL)
    weeks = [row.numbers["shares.people"] for row in results.weeks(MARCH)]
    assert weeks == [8, None, None, None]
    assert "shares.people" not in results.total(MARCH).numbers


def test_when_the_total_is_hidden_no_cut_adds_up_to_it():
    tellers(8, at=NOON, channel="x")
    tellers(7, at=NOON, channel="bluesky")
    tellers(2, at=NOON + WEEK, channel="x")
    count(APRIL)
    parts = {row.key: row.numbers for row in results.by_cut("channel", MARCH)}
    assert "shares.people" not in results.total(MARCH).numbers
    assert set(parts) == {"x"}  # the smaller one is left out


def test_a_topic_and_its_items_do_not_betray_the_last_item():
    topic = Topic.objects.create(name="Ovens")
    large, small = an_item("Large"), an_item("Small")
    large.topics.add(topic)
    small.topics.add(topic)
    tellers(7, item=large)
    tellers(2, item=small)
    tellers(6, item=an_item("Of no topic"))
    count(APRIL)
    of_topic = results.by_cut("topic", MARCH)
    assert [(row.label, row.numbers["shares.people"]) for row in of_topic] == [
        ("Ovens", 9)
    ]
    assert [row.label for row in results.by_cut("item", MARCH)] == ["Of no topic"]


def test_late_rows_are_counted():
    members = tellers(6)
    count(APRIL)
    finished(APRIL)
    later = APRIL + timedelta(hours=3)
    share = a_told(member=members[0])
    Share.objects.filter(pk=share.pk).update(state_since=later)
    some_readers(a_told(member=members[1]), 4, day=date(2026, 3, 5), at=later)
    assert count(later + timedelta(minutes=1)) == 1
    assert results.total(MARCH).numbers["visits.people"] == 22
    assert results.total(MARCH).numbers["shares.published"] == 8
    finished(later + timedelta(hours=1))
    assert count(later + timedelta(hours=1)) == 0


def test_a_worker_away_for_weeks_counts_them_all():
    tellers(6)
    count(NOON + WEEK)
    finished(NOON + WEEK)
    tellers(5, at=NOON + 2 * WEEK)
    count(NOON + 9 * WEEK)
    assert results.total(MARCH).numbers["shares.people"] == 11


def test_dropped_counts_are_filled_again():
    tellers(6)
    count(APRIL)
    before = set(Count.objects.values_list("statistic", "cut", "key", "number"))
    finished(APRIL)
    Count.objects.all().delete()
    count(APRIL + timedelta(minutes=1))
    assert set(Count.objects.values_list("statistic", "cut", "key", "number")) == before


def everything() -> set[tuple[object, ...]]:
    return set(
        Count.objects.values_list(
            "statistic", "cut", "key", "grain", "begins", "number", "people", "shown"
        )
    )


def confirmed(member, item, at) -> Share:
    """A post by hand that its author told us of at `at`."""
    share = a_share(member=member, item=item, state=Share.State.HANDED, way="copy")
    drafts.confirm(share, now=at)
    return share


places = st.lists(st.integers(0, 3), min_size=12, max_size=12)


@pytest.mark.thorough
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.integers(0, 11), st.integers(0, 3), st.integers(0, 27)),
        max_size=30,
    ),
    places,
    places,
)
def test_moving_people_and_stories_changes_no_past_count(told, first, then):
    """Who compared a count before and after would learn what the moved one did."""
    for model in (Share, Count, Run, Topic):
        model.objects.all().delete()
    top = Team.objects.get_or_create(name="Top")[0]
    below = [Team.objects.get_or_create(name=n, parent=top)[0] for n in "AB"]
    homes = [None, top, *below]
    topics = [Topic.objects.create(name=f"T {n}") for n in range(3)]
    members = [a_member(f"M {n}", team=homes[first[n]]) for n in range(12)]
    items = [an_item(f"I {n}") for n in range(4)]
    for item, place in zip(items, first, strict=False):
        item.topics.set(topics[place:])
    shares = [
        confirmed(members[who], items[item], NOON + timedelta(days=days))
        for who, item, days in told
    ]
    for share in shares:
        some_readers(share, 2, at=share.shared_at)
    count(APRIL)
    before = everything()

    for member, place in zip(members, then, strict=True):
        Member.objects.filter(pk=member.pk).update(team=homes[place])
    for item, place in zip(items, then, strict=False):
        item.topics.set(topics[place:])
    for n, item in enumerate(items):  # told again, from elsewhere and of another topic
        confirmed(Member.objects.get(pk=members[n].pk), item, APRIL)
    Count.objects.all().delete()
    count(APRIL)
    assert everything() == before


def test_posts_of_a_removed_team_are_in_the_total_alone():
    team = a_team("Gone")
    members = tellers(6, team=team)
    Member.objects.filter(pk__in=[m.pk for m in members]).update(team=None)
    teams.remove(team)
    count(APRIL)
    assert results.total(MARCH).numbers["shares.people"] == 6
    assert not Count.objects.filter(cut="team").exists()


@pytest.mark.thorough
def test_a_month_of_acts_is_not_held_in_memory(monkeypatch):
    def many(statistics, begins, ends):
        for n in range(60_000):
            numbers = {"visits.people": 1, "visits.hits": 2}
            yield acts.Happened(n % 7, numbers, begins, n % 5, "x", None, None)

    monkeypatch.setattr(acts, "happened", many)
    tracemalloc.start()
    fill(MARCH, until=APRIL.date())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert results.total(MARCH).numbers["visits.hits"] == 120_000
    assert most < 5_000_000  # bytes; the acts would take 25 million


def test_deleting_a_post_counts_nothing_anew():
    share = a_told()
    Share.objects.filter(pk=share.pk).update(
        state=Share.State.DELETED, state_since=NOON + timedelta(days=60)
    )
    since, before = NOON + timedelta(days=30), (NOON + timedelta(days=70)).date()
    assert raw.days_stored_since(since, before=before) == set()
