"""Planning quiet periods, and where they show."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from pesue.guidance.forms.quiet import begun_as
from pesue.guidance.models import QuietPeriod
from pesue.guidance.strip import DAYS, WIDE, strip
from pesue.pages.steps import tell_quiet
from pesue.reach.models import Message
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.content import an_item
from tests.make.guidance import a_quiet_period, a_topic
from tests.make.people import a_lead, a_member, a_team
from tests.make.sharing import a_share

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 3, 2)
GIVEN = {
    "name": "Before the results",
    "kind": "results",
    "starts": "2026-03-02",
    "ends": "2026-04-01",
    "effect": "lock",
    "finance": "on",
}


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def today_on(**fields):
    today = localdate()
    return a_quiet_period(starts=today - DAY, ends=today + 3 * DAY, **fields)


# --- Planning


def test_leads_of_the_whole_plan_and_all_can_read():
    lead = a_lead()
    answer = signed_in(lead).post(
        "/guidance/quiet/new", {**GIVEN, "person": lead.email}
    )
    assert answer["location"] == "/guidance/quiet"
    period = QuietPeriod.objects.get()
    assert (period.contact, period.effect, period.finance) == (lead, "lock", True)
    for reader in (a_member(), a_lead(team=a_team())):
        client = signed_in(reader)
        assert "Before the results" in client.get("/guidance/quiet").content.decode()
        assert client.get("/guidance/quiet/new").status_code == 403
        assert client.post("/guidance/quiet/new", GIVEN).status_code == 403
        assert client.post(f"/guidance/quiet/{period.pk}/drop").status_code == 403
    assert QuietPeriod.objects.count() == 1
    assert Client().get("/guidance/quiet").status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ends": "2026-03-01"}, "comes after"),
        ({"ends": "2027-03-04"}, "A year is the longest"),
        ({"finance": ""}, "Choose what is quiet"),
        ({"person": "nobody@example.org"}, "nobody@example.org"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(change, said):
    answer = signed_in(a_lead()).post("/guidance/quiet/new", {**GIVEN, **change})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "Before the results" in page


def test_each_kind_begins_as_it_mostly_is():
    lead, topic = a_lead(), a_topic()
    begun = {k: begun_as(k, today=TODAY, by=lead) for k in QuietPeriod.Kind.values}
    results, crisis = begun["results"], begun["crisis"]
    assert (results["effect"], results["finance"], results["forward"]) == (
        "lock",
        True,
        True,
    )
    assert results["ends"] - results["starts"] == timedelta(days=30)
    assert crisis["topics"] == [topic.pk]
    assert crisis["person"] == lead.email
    assert "effect" not in crisis
    assert begun_as("nonsense", today=TODAY, by=lead) == {"starts": TODAY}
    page = signed_in(lead).get("/guidance/quiet/new?kind=crisis").content.decode()
    assert lead.email in page


# --- Where it shows


def test_a_card_an_item_and_a_topic_say_until_when():
    topic, item = a_topic("Prices"), an_item("Our prices")
    item.topics.add(topic)
    plain = an_item("Bread")
    period = today_on(effect="lock", why="By law.")
    period.topics.add(topic)
    client = signed_in(a_member())
    shelf = client.get("/library").content.decode()
    assert shelf.count("Quiet until") == 1
    page = client.get(f"/library/{item.pk}").content.decode()
    assert "Nothing about it goes out before that." in page
    assert "By law." in page
    assert "quiet until" not in client.get(f"/library/{plain.pk}").content.decode()
    about = client.get(f"/guidance/topics/{topic.pk}/about").content.decode()
    assert "quiet until" in about


def test_who_is_not_concerned_sees_nothing_of_it():
    item = an_item("Our prices", finance=True)
    today_on(finance=True).teams.add(a_team())
    client = signed_in(a_member(team=a_team()))
    assert "Quiet until" not in client.get("/library").content.decode()
    assert "quiet until" not in client.get(f"/library/{item.pk}").content.decode()


def test_the_list_has_a_constant_number_of_queries(django_assert_max_num_queries):
    client = signed_in(a_lead())
    for rows in (1, 3):
        for _ in range(rows):
            today_on(contact=a_member()).topics.add(a_topic())
            a_quiet_period(contact=a_member()).teams.add(a_team())
        with django_assert_max_num_queries(15):
            client.get("/guidance/quiet")


# --- Scheduled posts


def a_scheduled(item, *, days: int = 3, **fields):
    send_at = NOON + timedelta(days=days)
    return a_share(item=item, state=Share.State.SCHEDULED, send_at=send_at, **fields)


def test_those_whose_posts_would_stop_are_told_once_in_their_language():
    item = an_item("Our outlook", finance=True)
    touched = a_scheduled(item, member=a_member(language="sv"))
    a_scheduled(an_item("Bread"))
    a_scheduled(an_item("Later", finance=True), days=60)
    a_share(item=an_item("Draft", finance=True))
    period = a_quiet_period(effect="lock", finance=True, why="By law.")
    for _ in range(2):
        tell_quiet(NOON)
    [mail] = Message.objects.all()
    assert (mail.member, mail.language) == (touched.member, "sv")
    assert "Our outlook" in mail.text
    assert f"/shares/{touched.pk}" in mail.text
    period.ends += 7 * DAY
    period.save()
    tell_quiet(NOON)
    assert Message.objects.count() == 2
    touched.refresh_from_db()
    assert touched.state == "scheduled"


def test_a_flag_and_another_teams_lock_stop_nothing():
    item = an_item("Our outlook", finance=True)
    ships = a_team()
    a_scheduled(item, member=a_member(team=a_team("Galley", parent=ships)))
    a_quiet_period(finance=True)
    period = a_quiet_period(effect="lock", finance=True)
    period.teams.add(a_team())
    tell_quiet(NOON)
    assert not Message.objects.exists()
    period.teams.add(ships)
    tell_quiet(NOON)
    assert Message.objects.count() == 1


def test_to_the_last_day_and_not_beyond():
    item = an_item("Our outlook", finance=True)
    a_quiet_period(effect="lock", finance=True, ends=TODAY + 3 * DAY)
    a_scheduled(item, days=3)
    a_scheduled(item, days=4)
    assert tell_quiet(NOON) == 1


# --- The strip


def test_the_strip_of_half_a_year():
    found = strip(
        [
            ("later", TODAY + 10 * DAY, TODAY + 14 * DAY),
            ("now", TODAY - 9 * DAY, TODAY + DAY),
            ("far", TODAY + DAYS * DAY, TODAY + 400 * DAY),
        ],
        today=TODAY,
    )
    bars = [(bar.name, bar.x, bar.width) for bar in found.bars]
    assert bars == [("now", 0, 2 * WIDE), ("later", 10 * WIDE, 5 * WIDE)]
    assert found.marks[0].day == date(2026, 4, 1)
    assert strip([], today=TODAY) is None
