from datetime import timedelta

import pytest

from pesue.encouragement.messages.impact import IMPACT
from pesue.encouragement.milestones import MILESTONES, reached
from pesue.encouragement.models import Impact
from pesue.encouragement.steps import tell_impact
from pesue.foundation.models import Run, name_of
from pesue.people.models import Member
from pesue.reach.actions.line import unsubscribe
from pesue.reach.models import Message
from pesue.reach.steps import send_mail
from tests.make import NOON
from tests.make.people import a_member
from tests.make.told import a_told, some_readers


def told() -> list[int]:
    return list(Impact.objects.order_by("pk").values_list("people", flat=True))


def finished(at) -> None:
    Run.objects.update_or_create(
        step=name_of(tell_impact), defaults={"finished_at": at}
    )


def test_milestones_grow():
    assert MILESTONES[:8] == [1, 5, 12, 25, 50, 100, 250, 500]
    assert sorted(set(MILESTONES)) == MILESTONES
    assert [reached(n) for n in (0, 1, 4, 5, 11, 12, 249, 250)] == [
        *(0, 1, 1, 5, 5, 12, 100, 250)
    ]


@pytest.mark.django_db
def test_only_the_highest_new_milestone_is_told_and_once():
    share = a_told()
    some_readers(share, 6)
    for _ in range(2):
        tell_impact(NOON)
    assert told() == [5]

    some_readers(share, 8, day=NOON.date() + timedelta(days=1))  # 14 in all
    tell_impact(NOON)
    assert told() == [5, 12]
    assert Impact.objects.filter(member=share.member).count() == 2


@pytest.mark.django_db
def test_a_mail_tells_of_five_people_and_more_once_a_day_for_each_post():
    share, other = a_told(), a_told()
    some_readers(other, 4)
    some_readers(share, 6)
    for _ in range(2):
        tell_impact(NOON)
    [mail] = Message.objects.all()
    assert (mail.member, mail.kind) == (share.member, "impact")
    assert mail.subject == "Your words brought 5 people to read"
    assert share.item.title in mail.text

    some_readers(share, 13)
    tell_impact(NOON + timedelta(hours=2))
    assert Message.objects.count() == 1  # of this post there was one today

    some_readers(share, 26)
    some_readers(other, 5)
    tell_impact(NOON + timedelta(days=1))
    assert sorted(Message.objects.values_list("subject", flat=True)) == [
        "Your words brought 25 people to read",
        "Your words brought 5 people to read",
        "Your words brought 5 people to read",
    ]


@pytest.mark.django_db
def test_no_mail_to_one_who_has_left_or_does_not_want_it():
    share = a_told()
    some_readers(share, 6)
    some_readers(a_told(member=a_member(state=Member.State.LEFT)), 6)
    unsubscribe(share.member, IMPACT, now=NOON)
    tell_impact(NOON)
    send_mail(NOON)
    [mail] = Message.objects.all()
    assert (mail.member, mail.state) == (share.member, "dropped")


@pytest.mark.django_db
def test_robots_are_not_people():
    some_readers(a_told(), 0, hits=3)
    tell_impact(NOON)
    assert told() == []


@pytest.mark.django_db
def test_a_worker_away_for_a_week_and_a_late_row_lose_nobodys_readers():
    week = timedelta(days=7)
    some_readers(a_told(), 1, at=NOON - week)
    tell_impact(NOON)  # the first run reads all
    finished(NOON)
    some_readers(a_told(), 5, at=NOON - timedelta(minutes=2))  # stored after the run
    some_readers(a_told(), 12, at=NOON + week)
    tell_impact(NOON + week)
    assert told() == [1, 5, 12]


@pytest.mark.django_db
def test_what_was_seen_long_ago_is_not_read_again(django_assert_num_queries):
    some_readers(a_told(), 5, at=NOON - timedelta(days=3))
    finished(NOON)
    with django_assert_num_queries(2):
        assert tell_impact(NOON) == 0
