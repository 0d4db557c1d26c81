"""The mail with the step, and the weeks that had something good in them."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.timezone import make_aware, now

from pesue.encouragement.messages.offers import STEP
from pesue.encouragement.models import Offer
from pesue.encouragement.queries.offers import week_of
from pesue.encouragement.queries.weeks import weeks
from pesue.encouragement.rungs import Rung
from pesue.encouragement.steps import write_of_steps
from pesue.pages.steps import offer_steps
from pesue.reach.actions.line import unsubscribe
from pesue.reach.models import Message
from pesue.reach.steps import send_mail
from tests.make import NOON
from tests.make.content import an_item
from tests.make.encouragement import an_offer, some_thanks
from tests.make.people import a_member, a_team, an_organisation
from tests.make.sharing import a_reply, a_share
from tests.make.told import a_told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TUESDAY = NOON + DAY


def test_a_mail_a_week_at_most_and_not_before_tuesday():
    member, item = a_member(language="fi"), an_item("Ruis")
    offer_steps(NOON)
    assert write_of_steps(NOON) == 0
    assert write_of_steps(TUESDAY) == 1
    assert write_of_steps(TUESDAY + DAY) == 0
    [mail] = Message.objects.all()
    assert (mail.member, mail.kind, mail.language) == (member, "step", "fi")
    assert item.title in mail.subject
    assert mail.ends_at.date() <= week_of(NOON) + timedelta(days=7)


@pytest.mark.parametrize("answered", ["done", "not_this", "nothing"])
def test_nobody_is_written_to_of_what_they_answered(answered):
    an_offer(answered=answered, answered_at=NOON)
    assert write_of_steps(TUESDAY) == 1
    assert not Message.objects.exists()


def test_nor_of_what_they_did_nor_in_a_pause_nor_who_does_not_want_it():
    did = an_offer(rung=Rung.REACT).member
    some_thanks(giver=did, share=a_told(), at=NOON)
    an_offer(member=a_member(paused_until=NOON.date() + 3 * DAY))
    an_offer(member=a_member(state="left"))
    declines = an_offer().member
    unsubscribe(declines, STEP, now=NOON)
    wants = an_offer().member
    assert write_of_steps(TUESDAY) == 5
    assert [mail.member for mail in Message.objects.all()] == [wants]


def test_it_goes_out_in_the_hours_of_the_team():
    team = a_team()
    team.open_from, team.open_until = datetime.min.time(), datetime.min.time()
    team.open_from = team.open_from.replace(hour=14)
    team.open_until = team.open_until.replace(hour=18)
    team.save()
    an_offer(member=a_member(team=team))
    morning = make_aware(datetime(2026, 3, 3, 9))
    write_of_steps(morning)
    send_mail(morning)
    [mail] = Message.objects.all()
    assert (mail.state, mail.not_before) == ("waiting", morning.replace(hour=14))
    send_mail(morning.replace(hour=14))
    mail.refresh_from_db()
    assert mail.state == "sent"


def test_a_pause_that_began_since_stops_it():
    offer = an_offer()
    write_of_steps(TUESDAY)
    offer.member.paused_until = NOON.date() + 5 * DAY
    offer.member.save()
    send_mail(TUESDAY)
    assert Message.objects.get().state == "dropped"


def test_weeks_tell_what_was_good_and_nothing_of_the_others():
    member = a_member(language="en")
    some_thanks(giver=member, share=a_told(), at=NOON)
    a_reply(share=a_share(member=member), at=NOON + DAY)
    a_told(member=member, at=NOON - 21 * DAY)
    done = {"answered": "done", "answered_at": NOON - 21 * DAY}
    an_offer(member=member, week=week_of(NOON - 21 * DAY), **done)
    a_told(member=member, at=NOON - 84 * DAY)  # too long ago
    a_told()  # another's
    with translation.override("en"):
        found = weeks(member, now=NOON)
    assert [(week.begins, week.good) for week in found] == [
        (NOON.date(), ["You thanked a colleague", "You answered a question"]),
        (NOON.date() - 21 * DAY, ["You read", "You told something"]),
    ]


def test_the_page_is_ones_own_and_counts_nothing(client):
    an_organisation()
    assert client.get("/encouragement/weeks").status_code == 302
    member, other = a_member(language="en"), a_member(language="en")
    a_told(member=member, at=now())
    client.force_login(member)
    page = client.get("/encouragement/weeks").content.decode()
    assert "You told something" in page
    client.force_login(other)
    page = client.get("/encouragement/weeks").content.decode()
    assert "You told something" not in page
    assert "Here stands what was good" in page


def test_three_weeks_take_as_many_queries_as_one(client):
    member = a_member()
    client.force_login(member)
    asked = []
    for n in range(3):
        a_told(member=member, at=now() - n * 7 * DAY)
        with CaptureQueriesContext(connection) as queries:
            client.get("/encouragement/weeks")
        asked.append(len(queries))
    assert asked[0] == asked[2]


def test_a_step_that_no_worker_looked_at_waits_for_the_next():
    offers = [an_offer() for _ in range(3)]
    assert write_of_steps(TUESDAY) == 3
    assert Offer.objects.filter(looked_at=TUESDAY).count() == len(offers)
