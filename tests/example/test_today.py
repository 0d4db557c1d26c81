import itertools
from datetime import timedelta

import pytest

from pesue.example import actions
from pesue.example.choosing import Candidate, Reader, choose
from pesue.example.models import Seen, Showcase
from pesue.people.models import Member
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.example import a_showcase
from tests.make.people import a_member, a_team
from tests.make.told import a_told

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
    Seen.objects.filter(member=reader).update(
        day=(NOON + 3 * DAY).date(), showcase=other, before=author
    )
    other.move(Showcase.State.ENDED, now=NOON)
    assert shown(reader, NOON + 3 * DAY) is None
    assert first.state == Showcase.State.AGREED


@pytest.mark.django_db
def test_constant_queries(django_assert_max_num_queries):
    reader = a_member(team=a_team())
    for _ in range(3):
        a_showcase(share=a_told(member=a_member(team=reader.team)))
    with django_assert_max_num_queries(13):
        actions.today(reader, now=NOON)
    with django_assert_max_num_queries(3):
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
        assert choose(far + near, reader, day) >= 100


def test_language_and_an_untried_channel_count_among_equals():
    reader = Reader(1, "/1/", "sv", frozenset({"x"}))
    plain = [a_candidate(n) for n in range(10, 40)]
    own = [a_candidate(n, language="sv") for n in range(100, 105)]
    new = [a_candidate(n, language="sv", channel="bluesky") for n in range(200, 210)]
    assert all(choose(plain + own + new, reader, day) >= 200 for day in range(20))


def test_days_differ_and_nothing_of_nothing():
    reader = Reader(1, "", "fi", frozenset())
    found = [a_candidate(n) for n in range(8)]
    assert len({choose(found, reader, day) for day in range(30)}) > 4
    assert choose([], reader, 1) is None
