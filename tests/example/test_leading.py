"""A leader's own page: what waits, what was done, what followed; a board of topics."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import localdate, now
from django.utils.translation import override

from pesue.encouragement.models import Thanks
from pesue.example import rhythm
from pesue.example.actions import leaders as actions
from pesue.example.models import Echo, Inside, LeaderPlan, Seen
from pesue.example.queries import leaders as queries
from pesue.example.queries.board import board
from pesue.example.steps import count_followed, write_to_leaders
from pesue.guidance.actions import asks
from pesue.guidance.models import Ask
from pesue.people.models import Grant
from pesue.reach.models import Message
from pesue.trials.models import Trial
from tests.make import NOON
from tests.make.content import an_item
from tests.make.example import a_showcase
from tests.make.guidance import a_topic
from tests.make.leaders import a_handover, a_leader, an_assistant
from tests.make.people import a_lead, a_member, a_team, an_organisation
from tests.make.sharing import a_share
from tests.make.told import a_told

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MAY = datetime(2026, 5, 10, 9, tzinfo=UTC)


def an_owner(name="Olli Omistaja", topic=None, **fields):
    member = a_member(name, **fields)
    (topic or a_topic("Bread")).owners.add(member)
    return member


def test_for_those_who_lead_alone(client):
    an_organisation()
    leads = [a_leader(), a_lead(), a_lead(a_team()), an_owner()]
    for member in leads:
        client.force_login(member)
        assert client.get("/examples/leading").status_code == 200
    for member in (a_member(), an_assistant().assistant):
        client.force_login(member)
        for path in ("", "/assistant", "/inside", "/inside/1"):
            assert client.get(f"/examples/leading{path}").status_code == 403
        assert client.post("/examples/leading/plan", {}).status_code == 403
        assert "/examples/leading" not in client.get("/examples/").content.decode()


# --- The rhythm


@pytest.mark.parametrize(
    ("every", "weekday", "days"),
    [
        ("week", 1, ["2026-05-12", "2026-05-19", "2026-05-26"]),
        ("two", 6, ["2026-05-17", "2026-05-31", "2026-06-14"]),
        ("month", 4, ["2026-06-05", "2026-07-03", "2026-08-07"]),
        ("none", 0, [None]),
    ],
)
def test_the_days_that_were_chosen(every, weekday, days):
    today = date(2026, 5, 10)  # a Sunday
    found = [rhythm.first(every, weekday, today)]
    while len(found) < len(days):
        found.append(rhythm.following(every, weekday, found[-1], found[-1]))
    assert [str(day) if day else None for day in found] == days


def test_after_a_pause_of_the_worker_the_days_go_on_in_step():
    first, today = date(2026, 5, 12), date(2026, 6, 3)
    assert str(rhythm.following("two", 1, first, today)) == "2026-06-09"


def planned(leader, **fields):
    chosen = {"every": "week", "weekday": NOON.weekday(), "inside": [], "outside": []}
    plan = actions.plan(leader, **{**chosen, **fields}, now=NOON - WEEK)
    assert plan.next_on in (localdate(NOON), None)
    return plan


def test_a_mail_on_the_day_leads_to_the_questions_of_an_own_topic(client):
    leader, topic = a_leader(language="en"), a_topic()
    topic.owners.add(leader)
    item = an_item("Night shift", ready_at=NOON - 9 * DAY, language="en")
    item.topics.add(topic)
    an_item("Newer, of others", ready_at=NOON - DAY, language="en")
    planned(leader)
    assert write_to_leaders(NOON - DAY) == 0
    assert write_to_leaders(NOON) == 1
    assert write_to_leaders(NOON) == 0
    [mail] = Message.objects.filter(kind="leading")
    assert mail.to == leader.email
    assert f"/compose/{item.pk}/questions" in mail.text
    assert "What matters to you in this?" in mail.text
    client.force_login(leader)
    page = client.get(f"/compose/{item.pk}/questions", follow=True).content.decode()
    assert 'autocomplete="off"' in page
    assert write_to_leaders(NOON + WEEK) == 1
    assert Message.objects.filter(kind="leading").count() == 2


def test_with_nothing_new_it_says_so_and_asks_for_no_post():
    leader = a_leader(language="en")
    a_share(member=leader, item=an_item(ready_at=NOON - DAY))
    planned(leader)
    write_to_leaders(NOON)
    [mail] = Message.objects.filter(kind="leading")
    assert "thank-you" in mail.text
    assert mail.text.endswith("/examples/leading")


def test_nobody_is_written_to_who_leads_no_more_or_chose_none_or_long_after():
    plan = planned(a_leader())
    plan.member.leader = False
    plan.member.save()
    planned(a_leader(), every="none")
    late = planned(a_leader())
    LeaderPlan.objects.filter(pk=late.pk).update(next_on=localdate(NOON) - 3 * DAY)
    assert write_to_leaders(NOON) == 2
    assert not Message.objects.filter(kind="leading").exists()
    assert not LeaderPlan.objects.filter(next_on__lte=localdate(NOON)).exists()


def test_the_plan_is_chosen_on_the_page(client):
    leader = a_leader(language="en")
    client.force_login(leader)
    chosen = {"every": "two", "weekday": "3", "inside": ["hall"], "outside": ["x"]}
    assert client.post("/examples/leading/plan", chosen).status_code == 302
    page = client.get("/examples/leading").content.decode()
    assert "Every other week, on Thursdays." in page
    assert "place=hall" in page
    assert "place=slack" not in page
    for wrong in ({"every": "hour"}, {"weekday": "6"}, {"outside": ["nowhere"]}):
        answer = client.post("/examples/leading/plan", {**chosen, **wrong})
        assert answer.status_code == 422
    assert LeaderPlan.objects.get().every == "two"


# --- What I did, and what was asked


def test_thanks_and_what_is_told_inside_count_as_posts_do():
    leader, at = a_leader(language="en"), NOON - 3 * DAY
    a_told(member=leader, shared_at=at)
    for _ in range(2):
        Thanks.objects.create(
            giver=leader, receiver=a_member(), what="Help", at=at, share=None
        )
    Inside.objects.create(member=leader, place="hall", text="Well done", at=at)
    Inside.objects.create(member=leader, place="hall", text="Old", at=NOON - 5 * WEEK)
    with override("en"):
        assert queries.did(leader, now=NOON) == [
            ("You thanked a colleague", 2),
            ("You told something", 1),
            ("You told something inside", 1),
        ]


def asked(topic, asker, words="May I?"):
    return asks.ask(asker, topic, words, now=NOON - DAY)


def test_of_what_others_were_asked_only_topics_of_which_many_asked():
    team, few, many = a_team(), a_topic("Few"), a_topic("Many")
    for topic in (few, many):
        topic.owners.add(a_member("Owner"))
    boss = a_lead(team)
    people = [a_member(team=team) for _ in range(5)]
    for person in people:
        asked(many, person)
        asked(many, person, "And this?")
    for person in people[:4]:
        asked(few, person)
    asked(few, a_member(team=a_team()))  # the fifth is of another team
    found = queries.team_asked(boss, now=NOON)
    assert list(found.seen) == []
    assert found.topics == [(many, 5)]
    many.owners.add(boss)
    found = queries.team_asked(boss, now=NOON)
    assert list(found.seen) == []  # they wait for the boss: they stand above
    for one in Ask.objects.filter(topic=many):
        asks.answer(one, by=boss, verdict="go", words="", now=NOON)
    found = queries.team_asked(boss, now=NOON)
    assert {one.topic for one in found.seen} == {many}


def test_one_who_only_owns_a_topic_leads_no_people():
    topic = a_topic()
    owner = an_owner(topic=topic, team=a_team())
    asked(topic, a_member(team=owner.team))
    assert queries.team_asked(owner, now=NOON) is None
    assert len(queries.page(owner, now=NOON).asks) == 1
    Grant.objects.create(member=owner, role=Grant.Role.ADMIN)  # nor does an admin
    assert queries.people_of(owner) == []
    assert queries.people_of(a_leader()) is None
    assert queries.people_of(a_lead()) is None


# --- Inside


def test_told_inside_is_noted_copied_and_taken_off(client):
    leader, topic = a_leader(language="en"), a_topic()
    client.force_login(leader)
    said = {"place": "slack", "topic": topic.pk, "text": "Thank you, night shift."}
    answer = client.post("/examples/leading/inside", said)
    told = Inside.objects.get()
    assert answer.headers["Location"].endswith(f"/inside/{told.pk}")
    page = client.get(answer.headers["Location"]).content.decode()
    assert "slack://open" in page
    assert "Thank you, night shift." in page
    client.force_login(a_leader("Another"))
    mine = f"/examples/leading/inside/{told.pk}"
    assert client.get(mine).status_code == 404
    assert client.post(f"{mine}/drop").status_code == 404
    client.force_login(leader)
    client.post(f"{mine}/drop")
    assert not Inside.objects.exists()
    assert client.post("/examples/leading/inside", {"place": "x"}).status_code == 422


def test_it_begins_with_what_one_said_of_it(client):
    leader, item = a_leader(language="en"), an_item()
    told = a_told(member=leader, item=item, text="Mine alone.")
    client.force_login(leader)
    assert f"inside?item={item.pk}" in client.get(f"/shares/{told.pk}").content.decode()
    page = client.get(f"/examples/leading/inside?item={item.pk}&place=teams")
    assert "Mine alone." in page.content.decode()
    client.force_login(a_leader("Another", language="en"))
    page = client.get(f"/examples/leading/inside?item={item.pk}")
    assert "Mine alone." not in page.content.decode()


# --- The board


def test_a_board_of_topics_and_of_nobody(client):
    topics = {name: a_topic(name) for name in ("Bread", "Prices", "Sea", "Nobody's")}
    leader = an_owner(topic=topics["Sea"], language="en")
    leads = [an_owner(f"Owner {n}", topic=topics["Bread"]) for n in range(4)]
    topics["Prices"].owners.add(leads[0])
    a_told(member=leads[1], topic=topics["Bread"], shared_at=NOON - 8 * DAY)
    a_told(member=leader, topic=topics["Sea"], shared_at=NOON - 27 * DAY)
    a_told(member=leader, topic=topics["Prices"], shared_at=NOON - 5 * WEEK)
    a_told(topic=topics["Prices"], shared_at=NOON - DAY)  # by no leader
    rows = board(leader, now=NOON)
    told = [(r.topic.name, r.own, r.weeks, r.mine, r.quiet) for r in rows]
    assert told == [
        ("Sea", True, 3, 3, False),
        ("Bread", False, 1, None, False),
        ("Prices", False, 0, 5, True),
    ]
    actions.tell_inside(
        leads[3], place="hall", topic=topics["Prices"], item=None, text="x", now=NOON
    )
    assert [row.quiet for row in board(leader, now=NOON)] == [False, False, False]
    client.force_login(leader)
    page = client.get("/examples/leading").content.decode()
    assert not any(one.name in page for one in leads)


def test_where_few_lead_the_silence_of_each_is_not_told():
    leader = an_owner()
    for _ in range(3):
        a_leader()
    assert [row.quiet for row in board(leader, now=NOON)] == [None]
    a_leader()
    assert [row.quiet for row in board(leader, now=NOON)] == [True]


def test_who_has_left_is_no_owner():
    topic = a_topic()
    an_owner(topic=topic, state="left")
    assert board(a_leader(), now=NOON) == []


# --- What followed


def saw(showcase, tells):
    member = a_member()
    Seen.objects.create(member=member, day=MAY.date(), showcase=showcase, tie="leader")
    if tells:
        a_told(member=member, shared_at=MAY + 3 * DAY)


@pytest.mark.parametrize(
    ("people", "told", "kept"),
    [
        (10, 5, (10, 5)),
        (10, 4, (10, None)),  # four would be known by their posts
        (9, 5, (9, None)),  # as would the four who did not
        (5, 0, (5, None)),
        (4, 4, None),
    ],
)
def test_what_followed_is_kept_of_five_and_more_only(people, told, kept):
    showcase = a_showcase(share=a_told(member=a_leader(), shared_at=MAY - 90 * DAY))
    for n in range(people):
        saw(showcase, n < told)
    for _ in range(9):  # of somebody who leads nobody nothing is kept
        saw(a_showcase(share=a_told(shared_at=MAY - 90 * DAY)), True)
    count_followed(datetime(2026, 6, 16, 9, tzinfo=UTC))
    assert not Seen.objects.exists()
    found = [(echo.saw, echo.told) for echo in Echo.objects.all()]
    assert found == ([kept] if kept else [])


def test_it_is_called_observed_and_leads_to_the_lot_if_there_is_one(client):
    leader = a_leader(language="en")
    Echo.objects.create(member=leader, month=MAY.date(), saw=31, told=7)
    other = a_leader("Another", language="en")
    Echo.objects.create(member=other, month=MAY.date(), saw=97, told=None)
    client.force_login(leader)
    page = client.get("/examples/leading").content.decode()
    assert "31 people saw" in page
    assert "7 of them told" in page
    assert "observed" in page
    assert "97 people" not in page
    assert "/tried" not in page
    assert queries.page(leader, now=NOON).trial is None
    client.force_login(other)
    assert "it would tell who" in client.get("/examples/leading").content.decode()
    assert Trial.objects.count() == 0


# --- All of it


def test_the_page_asks_a_constant_number_of_queries(
    client, django_assert_max_num_queries
):
    leader, at = a_leader(language="en"), now()
    client.force_login(leader)
    named = an_assistant(leader, until=localdate() + DAY)
    for number in (1, 3):
        for _ in range(number):
            topic = a_topic()
            topic.owners.add(leader)
            asks.ask(a_member(), topic, "May I?", now=at)
            a_handover(named, a_share(member=leader, item=an_item()))
            a_share(member=leader, item=an_item())
            Inside.objects.create(
                member=leader, place="hall", topic=topic, text="x", at=at
            )
        with django_assert_max_num_queries(40):
            assert client.get("/examples/leading").status_code == 200
        client.force_login(named.assistant)
        with django_assert_max_num_queries(12):
            assert client.get("/examples/preparing").status_code == 200
        client.force_login(leader)
