"""What followed examples: counted by month, told without a number, nobody kept."""

from datetime import UTC, datetime, timedelta

import pytest

from pesue.example.models import Followed, Seen
from pesue.example.queries import story
from pesue.example.steps import count_followed
from pesue.sharing.models import Share
from tests.make.example import a_showcase
from tests.make.people import a_member
from tests.make.told import a_told

pytestmark = pytest.mark.django_db
MAY = datetime(2026, 5, 10, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def saw(tie, *, told_after=None, earlier=False, at=MAY):
    member = a_member()
    Seen.objects.create(member=member, day=at.date(), showcase=SHOWN[0], tie=tie)
    if earlier:
        a_told(member=member, shared_at=at - 40 * DAY)
    if told_after is not None:
        a_told(member=member, shared_at=at + told_after)
    return member


SHOWN: list = []


@pytest.fixture(autouse=True)
def an_example():
    SHOWN[:] = [a_showcase()]
    Share.objects.update(shared_at=MAY - 90 * DAY)


def test_counted_when_the_month_and_two_weeks_are_over():
    saw("near", told_after=3 * DAY)
    saw("near", told_after=3 * DAY, earlier=True)
    saw("near", told_after=15 * DAY)
    saw("near", told_after=-1 * DAY)
    again = saw("near")
    Seen.objects.create(
        member=again, day=(MAY + DAY).date(), showcase=SHOWN[0], tie="near"
    )
    saw("leader")
    later = saw("near", at=MAY + 25 * DAY)
    assert count_followed(datetime(2026, 6, 14, 9, tzinfo=UTC)) == 0
    assert count_followed(datetime(2026, 6, 16, 9, tzinfo=UTC)) == 7
    assert count_followed(datetime(2026, 6, 16, 9, tzinfo=UTC)) == 0
    near = Followed.objects.get(tie="near")
    assert (near.saw, near.told, near.began) == (5, 2, 1)
    assert [row.member for row in Seen.objects.all()] == [later]


def test_a_story_needs_five_who_did_and_five_who_did_not():
    month = MAY.date().replace(day=1)
    for tie, people, told in (("near", 10, 5), ("leader", 9, 5), ("far", 20, 4)):
        Followed.objects.create(month=month, tie=tie, saw=people, told=told, began=0)
    assert story() == [(month, ["near"])]


def test_the_page_tells_a_story_and_no_number(client):
    month = MAY.date().replace(day=1)
    Followed.objects.create(month=month, tie="near", saw=431, told=217, began=113)
    client.force_login(a_member(language="en"))
    page = client.get("/examples/followed").content.decode()
    assert "A story, not a measure" in page
    assert "Somebody of the same team" in page
    assert not any(number in page for number in ("431", "217", "113"))
