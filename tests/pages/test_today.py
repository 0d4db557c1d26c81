from datetime import timedelta

import pytest
from django.utils.timezone import now

from pesue.content.models import Item
from pesue.encouragement.models import Impact, Thanks
from pesue.example.models import Showcase
from pesue.guidance.models import Topic
from pesue.pages import actions, queries
from pesue.people.models import Member
from pesue.sharing.models import Link, LinkDay, Share
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_member, a_team, an_admin, an_organisation
from tests.make.sharing import a_share

pytestmark = pytest.mark.django_db
Part = Member.Part


def step(member, at=NOON):
    return queries.next_step(member, now=at)


def test_a_hand_off_is_asked_about_before_a_draft_and_both_before_anything_new():
    member = a_member(part=Part.SHARER)
    an_item()
    assert step(member).kind == "tell"
    draft = a_share(member=member)
    assert (step(member).kind, step(member).share) == ("draft", draft)
    handed = a_share(member=member, state=Share.State.HANDED)
    assert (step(member).kind, step(member).share) == ("confirm", handed)
    a_share(member=member, state=Share.State.UNKNOWN)
    assert step(member).kind == "unknown"


def test_what_was_begun_long_ago_is_let_be():
    member = a_member(part=Part.SHARER)
    a_share(member=member, drafted_at=NOON - timedelta(days=15))
    assert step(member).kind == "none"


def test_the_item_is_of_my_topics_and_not_yet_told():
    member = a_member(part=Part.SHARER)
    topic = Topic.objects.create(name="Bread")
    topic.followers.add(member)
    mine = an_item("Rye", ready_at=NOON - timedelta(days=9))
    mine.topics.add(topic)
    newer = an_item("Ferries")
    assert step(member).item == mine
    a_share(member=member, item=mine, state=Share.State.SHARED, shared_at=NOON)
    assert step(member).item == newer


@pytest.mark.parametrize(
    "fields",
    [
        {"state": Item.State.INBOX, "ready_at": None},
        {"valid_until": NOON.date() - timedelta(days=1)},
        {"ready_at": NOON - timedelta(days=46)},
    ],
)
def test_what_is_not_for_telling_now_is_not_offered(fields):
    an_item(**fields)
    assert step(a_member()).kind == "none"


def test_an_item_for_another_team_is_not_offered():
    item, ours, theirs = an_item(), a_team(), a_team()
    item.audience.add(theirs)
    assert step(a_member(team=ours)).kind == "none"
    assert step(a_member(team=theirs)).item == item


def test_a_reader_reads():
    an_item()
    assert step(a_member(part=Part.READER)).kind == "read"


def test_nothing_this_week_lasts_until_monday():
    member = a_member()
    an_item()
    actions.rest(member, now=NOON)  # a Monday
    assert step(member, NOON + timedelta(days=6)).kind == "rest"
    assert step(member, NOON + timedelta(days=7)).kind == "read"
    actions.come_back(member)
    assert step(member).kind == "read"


def test_a_longer_pause_stands():
    later = NOON.date() + timedelta(days=40)
    member = a_member(paused_until=later)
    actions.rest(member, now=NOON)
    assert member.paused_until == later


def test_of_a_share_only_the_furthest_is_told():
    member = a_member()
    share = a_share(member=member)
    for people in (1, 5, 12):
        Impact.objects.create(member=member, share=share, people=people, at=NOON)
    assert [one.people for one in queries.impacts(member, now=NOON)] == [12]


def test_it_is_told_with_the_number_that_my_shares_has():
    member = a_member()
    share = a_share(member=member)
    Impact.objects.create(member=member, share=share, people=12, at=NOON)
    link = Link.objects.create(
        share=share, slug="a", target="/", created_at=NOON, changed_at=NOON
    )
    LinkDay.objects.create(link=link, day=NOON.date(), people=23, changed_at=NOON)
    assert [one.people for one in queries.impacts(member, now=NOON)] == [23]


def test_the_first_administrator_is_shown_how_to_begin(client):
    an_organisation()
    client.force_login(an_admin())
    said = client.get("/").content.decode()
    assert "/import/" in said
    assert "/library/new" in said


def of_all_kinds(member, count):
    for _ in range(count):
        share = a_share(member=member, item=an_item())
        Impact.objects.create(member=member, share=share, people=5, at=now())
        Thanks.objects.create(
            giver=a_member(), receiver=member, share=share, words="Good!", at=now()
        )
        shared = a_share(
            member=a_member(team=a_team()),
            item=an_item(),
            state=Share.State.SHARED,
            shared_at=NOON,
        )
        Showcase.objects.create(
            share=shared,
            author=shared.member,
            state=Showcase.State.AGREED,
            state_since=NOON,
        )


def test_today_asks_as_much_of_three_rows_as_of_one(
    client, django_assert_max_num_queries
):
    an_organisation()
    member = a_member(team=a_team())
    client.force_login(member)
    counted = []
    for _ in range(3):
        of_all_kinds(member, 1)
        client.get("/")  # the example of the day is chosen
        with django_assert_max_num_queries(32) as asked:
            page = client.get("/").content.decode()
        counted.append(len(asked))
    assert "Your words brought 5 people to read" in page
    assert "“Good!”" in page
    assert counted[1] == counted[2]


def test_nothing_this_week_by_a_button(client):
    an_organisation()
    member = a_member()
    client.force_login(member)
    client.post("/rest")
    member.refresh_from_db()
    assert member.paused_until > now().date()
    client.post("/rest", {"back": "yes"})
    member.refresh_from_db()
    assert member.paused_until is None
