from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from pesue.content.models import Item
from pesue.encouragement.actions import offers
from pesue.encouragement.models import Impact, Offer, Thanks
from pesue.example.models import Showcase
from pesue.guidance.models import Topic
from pesue.pages import actions, queries
from pesue.people.models import Member
from pesue.sharing.models import Link, LinkDay, Share
from tests.make import NOON
from tests.make.awards import (
    called,
    colleagues,
    dates_from,
)
from tests.make.content import an_item
from tests.make.example import a_showcase
from tests.make.goals import a_goal
from tests.make.guidance import a_concept, a_quiet_period, a_topic, an_ask
from tests.make.people import a_member, a_team, an_admin, an_organisation
from tests.make.sharing import a_share
from tests.make.told import a_told

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
WEEK = timedelta(days=7)
Part = Member.Part


def step(member, at=NOON):
    return actions.next_step(member, now=at)


def test_a_hand_off_is_asked_about_before_a_draft_and_both_before_anything_new():
    member = a_member(part=Part.SHARER)
    an_item()
    assert step(member).kind == "offer"
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
    assert step(member, NOON + timedelta(days=7)).item == newer


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


def test_a_reader_reads_and_one_who_shares_answers_a_question():
    an_item()
    assert step(a_member(part=Part.READER)).rung == "read"
    assert step(a_member(part=Part.SHARER)).rung == "answer"


def test_nothing_this_week_lasts_until_monday():
    member = a_member()
    an_item()
    assert step(member).kind == "offer"
    offers.nothing(member, now=NOON)  # a Monday
    assert step(member, NOON + timedelta(days=6)).kind == "rest"
    assert step(member, NOON + timedelta(days=7)).kind == "offer"


def test_nothing_this_week_can_be_taken_back():
    member = a_member()
    an_item()
    step(member)
    offers.nothing(member, now=NOON)
    offers.come_back(member, now=NOON)
    assert step(member).kind == "offer"


def test_what_a_step_is_about_has_gone_and_there_is_another():
    member, gone = a_member(), an_item()
    assert step(member).item == gone
    gone.move(Item.State.DROPPED, now=NOON)
    assert step(member).kind == "none"
    other = an_item("Ferries")
    assert step(member).item == other


def test_a_post_that_its_author_no_longer_shows_is_not_offered():
    member = a_member(part=Part.COMMENTER)
    shown = a_showcase(state=Showcase.State.AGREED, share=a_told())
    found = actions.open_today(member, now=NOON)
    assert (found.step.rung, found.step.example.showcase) == ("comment", shown)
    assert found.example is None  # one colleague's post a page is enough
    shown.move(Showcase.State.ENDED, now=NOON)
    assert step(member).rung == "read"


def test_done_is_what_rows_tell_and_not_what_one_says(client):
    an_organisation()
    member = a_member(part=Part.SHARER, language="en")
    item = an_item(ready_at=now())
    client.force_login(member)
    assert "Answer one question" in client.get("/").content.decode()
    [offer] = Offer.objects.all()
    client.post(f"/encouragement/steps/{offer.pk}")  # its fact is an answer
    assert "Answer one question" in client.get("/").content.decode()
    client.post(f"/compose/{item.pk}/questions/1", {"text": "The bread.", "do": "end"})
    client.post(f"/shares/{member.shares.get().pk}/remove")
    assert "Answer one question" in client.get("/").content.decode()
    client.post(f"/compose/{item.pk}/questions/1", {"text": "The bread.", "do": "end"})
    member.shares.exclude(text="").get().move(Share.State.HANDED, now=now())
    member.shares.get(state=Share.State.HANDED).move(
        Share.State.SHARED, now=now(), shared_at=now()
    )
    assert "That was this week" in client.get("/").content.decode()


def test_reading_is_done_by_opening_it_and_not_this_is_an_answer(client):
    an_organisation()
    item, member = an_item(ready_at=now()), a_member(language="en")
    client.force_login(member)
    client.get("/")
    [offer] = Offer.objects.all()
    answer = client.post(f"/encouragement/steps/{offer.pk}")
    assert answer.headers["Location"] == f"/library/{item.pk}"
    assert "That was this week" in client.get("/").content.decode()
    client.post(f"/encouragement/steps/{offer.pk}", {"do": "not-this"})
    offer.refresh_from_db()
    assert offer.answered == "done"  # what is done stays done

    other = a_member(language="en")
    client.force_login(other)
    client.get("/")
    theirs = Offer.objects.get(member=other)
    client.post(f"/encouragement/steps/{theirs.pk}", {"do": "not-this"})
    assert "something else" in client.get("/").content.decode()
    assert client.post(f"/encouragement/steps/{offer.pk}").status_code == 404
    assert client.get(f"/encouragement/steps/{theirs.pk}").status_code == 405


def test_a_longer_pause_stands():
    later = NOON.date() + timedelta(days=40)
    member = a_member(paused_until=later)
    offers.nothing(member, now=NOON)
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
        colleagues(5)
        called(dates=dates_from(localdate()))
        a_goal(member.team, begins=localdate(), ends=localdate() + WEEK)


def test_today_asks_as_much_of_three_rows_as_of_one(
    client, django_assert_max_num_queries
):
    an_organisation()
    member = a_member(team=a_team(), language="en")
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
    assert "Whom would you name?" in page
    assert "How far we are" in page
    assert counted[1] == counted[2]


def test_nothing_this_week_by_a_button(client):
    an_organisation()
    member = a_member()
    client.force_login(member)
    client.post("/rest")
    member.refresh_from_db()
    assert member.paused_until > localdate()
    client.post("/rest", {"back": "yes"})
    member.refresh_from_db()
    assert member.paused_until is None


def test_what_is_begun_comes_before_what_we_tell_together():
    member, concept = a_member(part=Part.SHARER), a_concept()
    assert actions.open_today(member, now=NOON).together.concept == concept
    a_share(member=member)
    assert actions.open_today(member, now=NOON).together is None


def test_nothing_is_offered_to_one_who_rests():
    member = a_member(paused_until=NOON.date() + timedelta(days=3))
    a_concept()
    found = actions.open_today(member, now=NOON)
    assert (found.together, found.lesson) == (None, None)


def test_today_tells_of_quiet_days_of_asks_and_of_the_next_lesson(client):
    an_organisation()
    owner = a_member()
    topic = a_topic()
    topic.owners.add(owner)
    an_ask(topic=topic, words="May I show the new oven?")
    today = localdate()
    a_quiet_period(name="Before the results", starts=today, ends=today)
    client.force_login(owner)
    said = client.get("/", headers={"Accept-Language": "en"}).content.decode()
    assert "May I show the new oven?" in said
    assert "Before the results" in said
    assert "/course/advocate/" in said
    client.force_login(a_member())
    assert "May I show the new oven?" not in client.get("/").content.decode()
