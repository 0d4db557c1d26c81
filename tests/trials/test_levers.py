"""What is tried in today's product: a mail's subject, a roll-out, a hold-out."""

from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

import pesue
from pesue.content import actions as content
from pesue.content.access import offered_to
from pesue.content.actions.stories import accept_story
from pesue.content.models import Item
from pesue.encouragement.messages import impact as messages
from pesue.encouragement.models import Impact
from pesue.encouragement.steps import note_met
from pesue.pages.actions import open_today
from pesue.reach.models import Message
from pesue.sharing.actions import drafts
from pesue.sharing.actions.settling import NotDone
from pesue.sharing.models import Share
from pesue.trials import actions
from pesue.trials.levers import LEVERS, Lever
from pesue.trials.models import Assignment, Exposure
from tests.make import NOON
from tests.make.content import a_story, an_item
from tests.make.guidance import a_concept
from tests.make.people import a_lead, a_member, a_team, an_organisation
from tests.make.sharing import a_share
from tests.make.trials import (
    DAY,
    ITEMS,
    LESSON,
    MAIL,
    TODAY,
    a_running,
    a_trial,
    afresh,
)

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


def signed_in(member) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member)
    return client


def two_teams():
    return [a_member(team=a_team(), language="en") for _ in range(2)]


def test_every_room_with_levers_has_declared_them():
    rooms = [
        path.parent.name for path in Path(pesue.__file__).parent.glob("*/levers.py")
    ]
    declared = {
        lever.key
        for room in rooms
        if room != "trials"
        for lever in vars(import_module(f"pesue.{room}.levers")).values()
        if isinstance(lever, Lever)
    }
    assert declared == set(LEVERS)
    told = (Path(pesue.__file__).parents[1] / "docs/trials.md").read_text("utf-8")
    for key in LEVERS:
        assert f"`{key}`" in told


# --- A mail's subject


def told(member, people=12):
    share = a_share(member=member, item=an_item("Rye"))
    impact = Impact.objects.create(member=member, share=share, people=people, at=NOON)
    messages.brought(impact, now=NOON)
    return Message.objects.get(member=member)


def test_each_arm_has_its_subject_and_only_a_mail_that_went_is_met():
    people = two_teams()
    trial = a_running(MAIL)
    mails = {member: told(member) for member in people}
    assert sorted(mail.subject for mail in mails.values()) == [
        "12 people read on",
        "Your words brought 12 people to read",
    ]
    assert note_met(NOON) == 0
    sent, dropped = mails.values()
    Message.objects.filter(pk=sent.pk).update(state="sent", state_since=NOON)
    Message.objects.filter(pk=dropped.pk).update(state="dropped", state_since=NOON)
    for _ in range(2):
        note_met(NOON + timedelta(minutes=1))
    row = Exposure.objects.get()
    assert (row.trial, row.member) == (trial, sent.member)
    assert (row.arm.key == "new") == (sent.subject == "12 people read on")


def test_a_mail_of_before_the_trial_is_not_met():
    people = two_teams()
    mail = told(people[0])
    trial = a_trial(MAIL)
    actions.start(trial, now=NOON + timedelta(hours=1))
    Message.objects.filter(pk=mail.pk).update(
        state="sent", state_since=NOON + timedelta(hours=2)
    )
    assert note_met(NOON + timedelta(hours=3)) == 0


def test_without_a_trial_the_mail_is_as_it_was():
    assert told(a_member()).subject == "Your words brought 12 people to read"


# --- The next lesson


def test_a_lesson_comes_to_a_team_in_its_turn_and_is_met_when_it_is_shown():
    people = two_teams()
    trial = a_running(LESSON, days=7)
    first, second = (
        row.unit for row in Assignment.objects.filter(trial=trial).order_by("wave")
    )
    by_team = {member.team_id: member for member in people}
    soon, later = by_team[first], by_team[second]
    assert open_today(afresh(soon), now=NOON).lesson is not None
    assert open_today(afresh(later), now=NOON).lesson is None
    assert [row.member for row in Exposure.objects.all()] == [soon]
    assert open_today(afresh(later), now=NOON + 7 * DAY).lesson is not None
    assert Exposure.objects.count() == 2
    assert {row.arm.key for row in Exposure.objects.all()} == {"on"}


def test_what_was_not_shown_is_not_met():
    people = two_teams()
    a_running(LESSON)
    for member in people:
        a_share(member=member)  # a draft comes first: no lesson beside it
        open_today(afresh(member), now=NOON)
    assert not Exposure.objects.exists()


def test_the_course_is_open_to_those_who_wait():
    today = localdate(now())
    an_organisation()
    people = two_teams()
    trial = a_trial(LESSON, begins=today, ends=today + 27 * DAY)
    actions.start(trial, now=now())
    for member in people:
        assert signed_in(member).get("/course").status_code == 200


def test_today_asks_one_question_more(django_assert_max_num_queries):
    today = localdate(now())
    an_organisation()
    people = two_teams()
    actions.start(a_trial(LESSON, begins=today, ends=today + 27 * DAY), now=now())
    for member in people:
        client = signed_in(member)
        client.get("/")
        with django_assert_max_num_queries(37):
            client.get("/")


# --- Items that wait


def ready(title="Water", **fields):
    item = content.add_item(now=NOON, title=title, language="en", **fields)
    content.accept(item, now=NOON)
    return item


def one_of_each():
    """A trial, an item that waits and one that does not."""
    a_running(ITEMS, held=20)
    items = [ready(f"News {n}") for n in range(60)]
    waiting = set(
        Assignment.objects.filter(starts_on__gt=TODAY).values_list("unit", flat=True)
    )
    held = next(item for item in items if item.pk in waiting)
    offered = next(item for item in items if item.pk not in waiting)
    return held, offered


def test_an_item_that_waits_is_not_offered_and_then_is():
    held, offered = one_of_each()
    member, away = a_member(), a_member()
    actions.stay_out(away, now=NOON)
    assert held not in offered_to(member, today=TODAY)
    assert offered in offered_to(member, today=TODAY)
    assert held in offered_to(member, today=TODAY + 7 * DAY)
    assert held in offered_to(away, today=TODAY)
    assert Item.objects.get(pk=held.pk).state == "ready"


def test_the_composer_refuses_kindly_until_the_day():
    held, offered = one_of_each()
    member = a_member()
    words = {"member": member, "text": "I was there.", "channel": "linkedin"}
    waits = a_share(item=held, **words)
    with pytest.raises(NotDone, match=r"from 9 Mar 2026 on\. A few new items"):
        drafts.hand_over(waits, now=NOON)
    assert waits.state == Share.State.DRAFT
    goes = a_share(item=offered, **words)
    drafts.hand_over(goes, now=NOON)
    assert goes.state == Share.State.HANDED
    drafts.hand_over(waits, now=NOON + 7 * DAY)
    assert waits.state == Share.State.HANDED


def test_a_story_of_a_colleague_waits_only_if_they_said_that_it_may():
    a_running(ITEMS, held=20)
    for n in range(60):
        story = a_story(f"Story {n}", state="sent")
        accept_story(story, by=a_lead(), now=NOON)
    assert not Assignment.objects.exists()
    story = a_story("Mine may", state="sent", may_wait=True)
    item = accept_story(story, by=a_lead(), now=NOON)
    assert Assignment.objects.get().unit == item.pk


def test_an_author_is_asked_only_while_something_waits():
    an_organisation()
    author = a_member()
    client = signed_in(author)
    assert "may_wait" not in client.get("/stories/new").content.decode()
    today, at = localdate(now()), now()
    trial = a_trial(ITEMS, begins=today, ends=today + 27 * DAY)
    actions.start(trial, now=at)
    assert "may_wait" in client.get("/stories/new").content.decode()
    told = {"title": "Ovens", "text": "Hot.", "language": "en", "edition": 0}
    client.post("/stories/new", {**told, "may_wait": "on"})
    story = author.stories.get()
    assert story.may_wait
    actions.stop(trial, by=a_lead(), why="Enough.", now=at)
    client.post(f"/stories/{story.pk}/edit", {**told, "edition": story.edition})
    story.refresh_from_db()
    assert story.may_wait, "what was said stays said"


def test_what_was_in_the_library_before_does_not_wait_when_it_comes_back():
    item = ready()
    content.drop(item, now=NOON)
    a_running(ITEMS)
    content.accept(item, now=NOON)
    assert not Assignment.objects.exists()


def test_items_of_a_source_that_is_trusted_are_drawn_as_they_come():
    a_running(ITEMS)
    item = content.add_item(now=NOON, state="ready", title="News", language="en")
    assert Assignment.objects.get().unit == item.pk


@pytest.fixture
def real_days():
    """The trial runs today, as the pages see it."""
    an_organisation()
    today, at = localdate(now()), now()
    trial = a_trial(ITEMS, begins=today, ends=today + 27 * DAY, held=20)
    actions.start(trial, now=at)
    items = []
    for n in range(60):
        item = content.add_item(now=at, title=f"News {n}", language="en")
        content.accept(item, now=at)
        items.append(item)
    waiting = set(
        Assignment.objects.filter(starts_on__gt=today).values_list("unit", flat=True)
    )
    held = max((item for item in items if item.pk in waiting), key=lambda it: it.pk)
    return held, len(waiting)


def test_pages_do_not_offer_what_waits_and_say_why_where_it_is_met(real_days):
    held, waiting = real_days
    client = signed_in(a_member())
    shelf = client.get("/library").content.decode()
    assert f'/library/{held.pk}"' not in shelf
    assert "Held back by lot" not in shelf
    page = client.get(f"/library/{held.pk}").content.decode()
    assert "This is offered for telling from" in page
    assert "what telling really adds" in page
    assert "what telling really adds" in (
        client.get(f"/compose/{held.pk}").content.decode()
    )
    assert Exposure.objects.get().item == held.pk
    curator = signed_in(a_lead()).get("/library").content.decode()
    assert "Held back by lot" in curator
    assert f"/library/{held.pk}" in curator
    assert curator.count("offered from") == min(waiting, 20)


def test_a_concept_does_not_offer_what_waits(real_days):
    held, _waiting = real_days
    concept = a_concept(starts=localdate(now()), ends=localdate(now()) + 9 * DAY)
    Item.objects.filter(pk=held.pk).update(concept=concept)
    page = signed_in(a_member()).get(f"/concepts/{concept.pk}").content.decode()
    assert held.title not in page


def test_a_lead_keeps_an_item_out_by_a_button_and_a_curator_cannot(real_days):
    item = content.add_item(now=now(), title="Urgent", language="en")
    lead = signed_in(a_lead())
    address = f"/library/{item.pk}/keep-out"
    assert address in lead.get(f"/library/{item.pk}").content.decode()
    assert signed_in(a_member()).post(address).status_code == 403
    lead.post(address)
    page = lead.get(f"/library/{item.pk}").content.decode()
    assert "takes no part in the trial" in page
    assert address not in page
    lead.post(f"/library/{item.pk}/accept")
    assert Assignment.objects.get(unit=item.pk).arm is None
    refused = lead.post(f"/library/{real_days[0].pk}/keep-out", follow=True)
    assert "in the library already" in refused.content.decode()
