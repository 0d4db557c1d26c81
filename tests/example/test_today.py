import itertools
from datetime import timedelta

import pytest

from pesue.content.models import Story
from pesue.example import actions
from pesue.example.choosing import Candidate, Reader, choose
from pesue.example.choosing import Seen as Lately
from pesue.example.models import Showcase
from pesue.people.models import Member
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.content import a_story
from tests.make.example import a_showcase
from tests.make.people import a_member, a_team
from tests.make.told import a_told

pytestmark = pytest.mark.thorough

DAY = timedelta(days=1)


def shown(member, at=NOON):
    found = actions.today(member, now=at)
    return found and found.showcase


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["asked", "declined", "ended"])
def test_only_by_consent(state):
    a_showcase(state=state)
    assert shown(a_member()) is None


@pytest.mark.django_db
def test_not_ones_own_nor_a_leavers_nor_a_deleted_post():
    mine = a_showcase()
    a_showcase(share=a_told(member=a_member(state=Member.State.LEFT)))
    a_showcase(share=a_told(state=Share.State.DELETED))
    assert shown(mine.author) is None
    assert shown(a_member()) == mine


@pytest.mark.django_db
def test_the_same_all_day_and_gone_the_moment_it_is_ended():
    first, reader = a_showcase(), a_member()
    assert shown(reader) == first
    for _ in range(5):
        a_showcase()
    assert shown(reader, NOON + timedelta(hours=8)) == first
    first.move(Showcase.State.ENDED, now=NOON)
    assert shown(reader, NOON + timedelta(hours=9)) != first


@pytest.mark.django_db
def test_no_author_on_two_days_running():
    authors = [a_member(f"Author {n}") for n in range(3)]
    for author in authors * 2:
        a_showcase(share=a_told(member=author))
    reader = a_member()
    days = [shown(reader, NOON + n * DAY).author_id for n in range(14)]
    assert all(one != next_ for one, next_ in itertools.pairwise(days))
    assert len(set(days)) == 3


@pytest.mark.django_db
def test_a_lone_author_has_every_other_day():
    author, reader = a_member(), a_member()
    first = a_showcase(share=a_told(member=author))
    a_showcase(share=a_told(member=author))
    assert shown(reader) is not None
    assert shown(reader, NOON + DAY) is None
    assert shown(reader, NOON + 2 * DAY) is not None
    # Ended in the middle of the day: the author of yesterday still rests.
    other = a_showcase()
    assert shown(reader, NOON + 3 * DAY) == other
    other.move(Showcase.State.ENDED, now=NOON)
    assert shown(reader, NOON + 3 * DAY) is None
    assert first.state == Showcase.State.AGREED


@pytest.mark.django_db
def test_no_star_twice_a_week_where_there_are_others():
    star = a_member("Star")
    for _ in range(20):
        a_showcase(share=a_told(member=star))
    for n in range(7):
        a_showcase(share=a_told(member=a_member(f"Other {n}")))
    reader = a_member()
    days = [shown(reader, NOON + n * DAY).author_id for n in range(14)]
    assert all(len(set(days[n : n + 7])) == 7 for n in range(8))
    assert days.count(star.pk) <= 2


@pytest.mark.django_db
def test_a_consent_ends_after_its_last_day():
    a_showcase(until=NOON.date())
    assert shown(a_member()) is not None
    assert shown(a_member(), NOON + DAY) is None


@pytest.mark.django_db
def test_a_story_is_an_example_while_it_stands():
    story = a_story(state=Story.State.ACCEPTED, text="At night the ovens hum.")
    actions.offer(story, story.author, now=NOON)
    reader = a_member()
    found = actions.today(reader, now=NOON)
    assert found.showcase.told.text == "At night the ovens hum."
    story.move(Story.State.WITHDRAWN, now=NOON)
    assert actions.today(reader, now=NOON) is None


@pytest.mark.django_db
def test_constant_queries(django_assert_max_num_queries):
    reader = a_member(team=a_team())
    for _ in range(3):
        a_showcase(share=a_told(member=a_member(team=reader.team)))
    with django_assert_max_num_queries(16):
        actions.today(reader, now=NOON)
    with django_assert_max_num_queries(6):
        actions.today(reader, now=NOON)


def a_candidate(id=1, **fields) -> Candidate:
    return Candidate(
        **{
            "id": id,
            "author": id,
            "path": "/1/9/",
            "language": "fi",
            "channel": "x",
            **fields,
        }
    )


def test_near_ones_first():
    reader = Reader(1, "/1/2/3/", "sv", frozenset({"x"}))
    far = [a_candidate(n) for n in range(10, 40)]
    near = [a_candidate(n, path="/1/2/4/") for n in range(100, 110)]
    for day in range(30):
        assert choose(far + near, reader, day).id >= 100


def test_language_and_an_untried_channel_count_among_equals():
    reader = Reader(1, "/1/", "sv", frozenset({"x"}))
    plain = [a_candidate(n) for n in range(10, 40)]
    own = [a_candidate(n, language="sv") for n in range(100, 105)]
    new = [a_candidate(n, language="sv", channel="bluesky") for n in range(200, 210)]
    assert all(choose(plain + own + new, reader, day).id >= 200 for day in range(20))


def test_days_differ_and_nothing_of_nothing():
    reader = Reader(1, "", "fi", frozenset())
    found = [a_candidate(n) for n in range(8)]
    assert len({choose(found, reader, day) for day in range(30)}) > 4
    assert choose([], reader, 1) is None


def test_in_a_trial_all_of_a_kind_are_drawn_from_and_no_other():
    reader = Reader(1, "/1/2/", "fi", frozenset())
    near = [a_candidate(n, path="/1/2/") for n in range(10, 40)]
    leaders = [a_candidate(n, leader=True, path="/1/2/") for n in range(50, 60)]
    far = [a_candidate(n, path="/1/9/") for n in range(100, 130)]
    every = near + leaders + far
    for only, own in (("near", near), ("leader", leaders), ("far", far)):
        drawn = {choose(every, reader, day, only=only) for day in range(400)}
        assert drawn <= set(own)
        assert len(drawn) > len(own) * 0.9  # nobody is preferred
    assert choose(near, reader, 1, only="leader") is None


def test_those_who_rested_all_week_come_first():
    reader = Reader(1, "/1/", "fi", frozenset())
    two = [a_candidate(10), a_candidate(20)]
    week = Lately(yesterday=20, week=frozenset({10, 20}))
    assert choose(two, reader, 1, seen=week).id == 10  # both this week; one yesterday
    rested = Lately(yesterday=20, week=frozenset({20}))
    assert {choose(two, reader, day, seen=rested).id for day in range(20)} == {10}
