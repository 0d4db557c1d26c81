"""A channel is taken over by one at a time, whose yes it takes; it ends in silence."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils.timezone import localdate, now

from pesue.content.actions.stories import send
from pesue.content.models import Video
from pesue.content.steps import check_videos
from pesue.example.actions import takeovers as actions
from pesue.example.ics import Event, calendar
from pesue.example.models import Takeover, TakeoverDay
from pesue.example.queries import takeovers as queries
from pesue.example.steps import end_takeovers
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.people.actions import members
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.content import a_video
from tests.make.people import a_lead, a_member, a_team
from tests.make.takeovers import DAY, a_plan

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def folders(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "media"


def offered(member=None, **plan) -> Takeover:
    to = member or a_member()
    return actions.offer(to, a_plan(**plan), by=a_lead(), now=NOON)


def typed(**fields):
    day = localdate() + 5 * DAY
    return {
        "channel": "instagram",
        "account": "@litter",
        "starts": day.isoformat(),
        "says": "A night in the galley",
        **fields,
    }


def test_a_lead_offers_and_the_member_says_yes(client):
    lead, member = a_lead(), a_member("Aino", team=a_team())
    client.force_login(lead)
    helps = {"way": "files", "keeper": lead.email, "helped": "040 123"}
    answer = client.post("/takeovers/offer", typed(member=member.email, **helps))
    assert answer.status_code == 302
    made = Takeover.objects.get()
    assert (made.state, made.ends, made.taken.count()) == ("offered", made.starts, 1)
    assert (
        client.post(f"/takeovers/{made.pk}/answer", {"answer": "yes"}).status_code
        == 404
    )
    client.force_login(a_member("Somebody else"))
    assert client.get(f"/takeovers/{made.pk}").status_code == 404
    client.force_login(member)
    assert "Gladly" in client.get(f"/takeovers/{made.pk}").content.decode()
    client.post(f"/takeovers/{made.pk}/answer", {"answer": "yes"})
    made.refresh_from_db()
    assert made.state == "agreed"
    sheet = client.get(f"/takeovers/{made.pk}").content.decode()
    assert "040 123" in sheet
    assert "No password is told" in sheet
    told = Message.objects.filter(kind="takeover").values_list("member", flat=True)
    assert sorted(told) == sorted([member.pk, member.pk, lead.pk])


def test_a_member_wishes_and_a_lead_of_theirs_says_how(client):
    team = a_team()
    member, lead = a_member("Aino", team=team), a_lead(team=team)
    a_lead(team=a_team("Elsewhere"))
    client.force_login(member)
    assert client.post("/takeovers/ask", typed()).status_code == 302
    wish = Takeover.objects.get()
    assert (wish.state, TakeoverDay.objects.count()) == ("asked", 0)
    [mail] = Message.objects.filter(kind="takeover-wish")
    assert mail.member == lead
    assert client.post("/takeovers/ask", typed()).status_code == 422
    helps = {"way": "role", "keeper": lead.email, "helped": "040"}
    assert client.post(f"/takeovers/{wish.pk}/grant", helps).status_code == 403
    client.force_login(lead)
    assert "Wishes that wait" in client.get("/takeovers").content.decode()
    assert (
        client.post(f"/takeovers/{wish.pk}/grant", {"way": "role"}).status_code == 422
    )
    client.post(f"/takeovers/{wish.pk}/grant", helps)
    wish.refresh_from_db()
    assert (wish.state, wish.keeper, wish.taken.count()) == ("agreed", lead, 1)


def test_leads_of_other_teams_neither_see_nor_answer_a_wish(client):
    wish = actions.ask(a_member(team=a_team()), a_plan(), now=NOON)
    client.force_login(a_lead(team=a_team("Elsewhere")))
    assert client.get(f"/takeovers/{wish.pk}").status_code == 404
    assert "Wishes that wait" not in client.get("/takeovers").content.decode()
    form = typed(
        member=wish.member.email, way="role", keeper=wish.member.email, helped="1"
    )
    answer = client.post("/takeovers/offer", form)
    assert "do not lead this" in answer.content.decode()


def test_one_channel_is_given_once_a_day():
    first = offered()
    with pytest.raises(actions.NotNow):
        offered(starts=first.ends, account=" Litter")
    offered(starts=first.ends, account="@litter", channel="tiktok")
    offered(starts=first.ends + DAY)
    assert Takeover.objects.count() == 3, "what was refused left no row"
    wish = actions.ask(a_member(), a_plan(), now=NOON)
    helps = {"by": a_lead(), "way": "role", "keeper": a_lead(), "helped": ""}
    with pytest.raises(actions.NotNow):
        actions.grant(wish, **helps, now=NOON)
    assert Takeover.objects.get(pk=wish.pk).state == "asked"
    actions.decline(first, now=NOON)
    actions.grant(Takeover.objects.get(pk=wish.pk), **helps, now=NOON)


def test_the_database_keeps_a_day_for_one():
    day = offered().taken.first()
    twice = {"channel": day.channel, "account": day.account, "day": day.day}
    with pytest.raises(IntegrityError):
        TakeoverDay.objects.create(takeover=day.takeover, **twice)


def test_of_two_answers_one_counts():
    made = offered()
    same = Takeover.objects.get(pk=made.pk)
    actions.accept(made, now=NOON)
    with pytest.raises(LostRace):
        actions.decline(same, now=NOON)
    assert made.taken.count() == 2, "its days stay with what was agreed"
    with pytest.raises(ForbiddenMove):
        actions.accept(made, now=NOON)


@pytest.mark.parametrize("who", ["member", "lead"])
def test_either_ends_it_without_a_word(client, who):
    made = offered(starts=localdate() + 3 * DAY)
    actions.accept(made, now=now())
    mails = Message.objects.count()
    client.force_login(getattr(made, who))
    client.post(f"/takeovers/{made.pk}/answer", {"answer": "end"})
    made.refresh_from_db()
    assert (made.state, made.taken.count()) == ("ended", 0)
    assert Message.objects.count() == mails


def test_what_is_past_is_over_and_what_nobody_answered_did_not_come_about():
    agreed, waits = offered(), offered(account="@other")
    actions.accept(agreed, now=NOON)
    assert end_takeovers(NOON + 3 * DAY) == 0
    mails = Message.objects.count()
    assert end_takeovers(NOON + 5 * DAY) == 2
    Message.objects.get(once=f"takeover:{agreed.pk}:over:{agreed.member_id}").delete()
    assert end_takeovers(NOON + 5 * DAY) == 0
    states = [Takeover.objects.get(pk=one.pk).state for one in (agreed, waits)]
    assert states == ["done", "declined"]
    assert Message.objects.count() == mails


def test_who_leaves_tells_no_more_and_the_days_are_free():
    made = offered()
    actions.accept(made, now=NOON)
    members.leave(made.member, now=NOON)
    assert end_takeovers(NOON) == 1
    offered()
    wish = actions.ask(a_member(), a_plan(account="@x"), now=NOON)
    members.leave(wish.member, now=NOON)
    wish.refresh_from_db()
    with pytest.raises(actions.NotNow):
        actions.grant(
            wish, by=a_lead(), way="role", keeper=a_lead(), helped="", now=NOON
        )


@pytest.mark.parametrize("plan", [{"starts": -1}, {"ends": 14}, {"ends": -1}])
def test_impossible_days_are_refused(plan):
    today = localdate(NOON)
    days = {"starts": today, "ends": today}
    days |= {name: today + n * DAY for name, n in plan.items()}
    with pytest.raises(actions.NotNow):
        actions.ask(a_member(), a_plan(**days), now=NOON)


def test_the_keeper_gets_the_film_once_it_is_sent(client, tmp_path):
    keeper, member = a_member("Kaj"), a_member("Aino")
    made = offered(member, keeper=keeper, starts=localdate() + DAY)
    actions.accept(made, now=now())
    client.force_login(member)
    for _ in range(2):  # two presses begin one draft
        client.post(f"/takeovers/{made.pk}/film")
    made.refresh_from_db()
    film = SimpleUploadedFile("f.mp4", a_video(tmp_path / "f.mp4"))
    said = {"title": "Night", "alt": "A galley", "people": "nobody"}
    said |= {"captions": "0:00 --> 0:01\nHello", "video_file": film}
    client.post(f"/stories/{made.story_id}/film", said)
    check_videos(NOON)
    video = Video.objects.get()
    page, captions = f"/takeovers/{made.pk}", f"/takeovers/{made.pk}/captions.vtt"
    assert video.url in client.get(page).content.decode()
    client.force_login(keeper)
    assert video.url not in client.get(page).content.decode(), "not sent yet"
    assert client.get(captions).status_code == 404
    send(made.story, now=NOON)
    assert video.url in client.get(page).content.decode()
    assert "Hello" in client.get(captions).content.decode()
    client.force_login(a_member("Somebody else"))
    seen = client.get(page).content.decode()
    assert "A night in the galley" in seen
    assert video.url not in seen
    assert client.get(captions).status_code == 404


def test_the_month_asks_the_same_whether_one_or_three(
    client, django_assert_max_num_queries
):
    for n in range(3):
        made = offered(starts=localdate() + n * 2 * DAY)
        actions.accept(made, now=now())
    client.force_login(a_lead())
    client.get("/takeovers")
    with django_assert_max_num_queries(16):
        client.get("/takeovers")
    assert len(queries.month(localdate().replace(day=1)).takeovers) >= 1


def test_the_month_as_a_file(client):
    made = offered(starts=localdate())
    actions.accept(made, now=now())
    client.force_login(a_member())
    told = client.get("/takeovers.ics").content.decode()
    assert f"DTSTART;VALUE=DATE:{made.starts:%Y%m%d}" in told
    assert f"DTEND;VALUE=DATE:{made.ends + DAY:%Y%m%d}" in told


def test_a_calendar_file_folds_and_escapes():
    event = Event("k", NOON.date(), NOON.date(), "ä,;\\\n" + "å" * 80, "https://x")
    told = calendar([event], host="x", stamp=NOON + timedelta(hours=1))
    lines = told.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "SUMMARY:ä\\,\\;\\\\ å" in told.replace("\r\n ", "")
    assert told.replace("\r\n ", "").count("å") == 80
