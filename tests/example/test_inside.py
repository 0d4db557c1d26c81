"""A leader's words inside: in each place's own way, and published once, by a press."""

import json
from datetime import timedelta

import httpx
import pytest
from django.test import Client

from pesue.example import wording
from pesue.example.actions import inside as posting
from pesue.example.actions import leaders
from pesue.example.actions.inside import NotDone, body
from pesue.example.models import Inside, InsideChannel, InsidePost
from pesue.example.steps import doubt_inside
from pesue.example.views import told_inside as views
from pesue.foundation.secrets import CannotUnseal
from tests.make import NOON
from tests.make.people import a_member, an_admin

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
ADDRESS = "https://hooks.example.org/services/T0/B0/secret"
SAID = "Thank **you** <all> & _more_.\nSecond line\n\n- one\n- [two](https://example.org/a)"
MINUTE = timedelta(minutes=1)


class Network:
    """Answers as it is told to, and keeps what came."""

    def __init__(self, *answers: int | Exception) -> None:
        self.answers, self.came = list(answers), []

    def client(self, **_known: object) -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.came.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer, text="no_such_thing" if answer >= 400 else "ok")


def a_leader(name: str = "Kaarina"):
    return a_member(name, leader=True)


def told_by(member, place: str = "slack", text: str = SAID) -> Inside:
    return leaders.tell_inside(
        member, place=place, topic=None, item=None, text=text, now=NOON
    )


@pytest.fixture
def channel() -> InsideChannel:
    return posting.keep_channel("slack", "#everybody", ADDRESS)


@pytest.fixture
def told() -> Inside:
    return told_by(a_leader())


def publish(told, channel, network, now=NOON) -> InsidePost:
    with network.client() as http:
        return posting.publish(told, channel, now=now, http=http)


# --- In each place's own way


def test_each_place_gets_what_it_reads():
    assert wording.written(SAID, wording.PLAIN) == (
        "Thank you <all> & more.\nSecond line\n\n- one\n- two (https://example.org/a)"
    )
    assert wording.written(SAID, wording.PASTED) == (
        "Thank *you* <all> & _more_.\nSecond line\n\n"
        "• one\n• two (https://example.org/a)"
    )
    assert wording.written(SAID, wording.SENT) == (
        "Thank *you* &lt;all&gt; &amp; _more_.\nSecond line\n\n"
        "• one\n• <https://example.org/a|two>"
    )
    shown = wording.html(SAID)
    assert "<strong>you</strong> &lt;all&gt; &amp; <em>more</em>" in shown
    assert '<a href="https://example.org/a">two</a>' in shown


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "<!channel> hi"]
)
def test_nothing_in_the_words_acts(text):
    shown = wording.html(text)
    assert "<script" not in shown
    assert 'href="javascript' not in shown
    assert "<!channel>" not in wording.written(text, wording.SENT)


def test_plain_words_stay_as_they_were():
    text = "One.\n\nTwo #tag 2 * 3 = 6\nthree_and_four @all"
    for way in (wording.PLAIN, wording.PASTED, wording.SENT):
        assert wording.written(text, way) == text


def test_the_page_has_every_way_of_copying(client):
    leader = a_leader()
    client.force_login(leader)
    page = client.get(f"/examples/leading/inside/{told_by(leader).pk}")
    shown = page.content.decode()
    assert "Thank *you* &lt;all&gt;" in shown
    assert "<strong>you</strong>" in shown
    assert 'data-copy-html="#told-html"' in shown
    assert "Publish in" not in shown, "no channel takes posts"
    hall = told_by(leader, "hall")
    shown = client.get(f"/examples/leading/inside/{hall.pk}").content.decode()
    assert 'id="told" hidden>Thank you &lt;all&gt; &amp; more.' in shown


# --- Published once


def test_slack_is_sent_whose_words_they_are(told, channel):
    network = Network(200)
    post = publish(told, channel, network)
    assert post.state == "out"
    [request] = network.came
    assert (request.method, str(request.url)) == ("POST", ADDRESS)
    sent = json.loads(request.content)
    assert sent["text"].startswith("*Kaarina*\nThank *you* &lt;all&gt;")


def test_teams_is_sent_a_card():
    told = told_by(a_leader(), "teams")
    channel = posting.keep_channel("teams", "Everybody", ADDRESS)
    network = Network(202)
    assert publish(told, channel, network).state == "out"
    sent = json.loads(network.came[0].content)
    [card] = [one["content"] for one in sent["attachments"]]
    assert card["type"] == "AdaptiveCard"
    lines = [block["text"] for block in card["body"]]
    assert lines[0] == "Kaarina"
    assert lines[1] == "Thank **you** <all> & _more_.\n\nSecond line"
    assert lines[2] == "- one\n- [two](https://example.org/a)"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (200, "out"),
        (202, "out"),
        (302, "refused"),
        (400, "refused"),
        (403, "refused"),
        (404, "refused"),
        (410, "refused"),
        (429, "refused"),
        (408, "unknown"),
        (500, "unknown"),
        (502, "unknown"),
        (504, "unknown"),
        (httpx.ConnectError("no route"), "refused"),
        (httpx.ReadTimeout("silence"), "unknown"),
        (httpx.RemoteProtocolError("cut"), "unknown"),
        (httpx.WriteError("cut"), "unknown"),
    ],
)
def test_how_it_ended_is_said_honestly(told, channel, answer, state):
    post = publish(told, channel, Network(answer))
    assert post.state == state
    assert InsidePost.objects.get().state == state
    assert bool(post.why) is (state == "refused")


@pytest.mark.parametrize("first", [200, 500, httpx.ReadTimeout("silence")])
def test_pressed_twice_it_is_sent_once(told, channel, first):
    network = Network(first, 200)
    publish(told, channel, network)
    with pytest.raises(NotDone):
        publish(told, channel, network)
    assert len(network.came) == 1


def test_while_one_is_on_its_way_no_other_begins(told, channel):
    class Twice(Network):
        def _answer(self, request):
            answer = super()._answer(request)
            with pytest.raises(NotDone):
                publish(told, channel, self)
            return answer

    network = Twice(200, 200)
    assert publish(told, channel, network).state == "out"
    assert len(network.came) == 1


def test_what_was_not_taken_may_be_tried_again(told, channel):
    network = Network(429, 200)
    assert publish(told, channel, network).state == "refused"
    assert publish(told, channel, network, NOON + MINUTE).state == "out"
    assert InsidePost.objects.count() == 1


def test_in_doubt_the_leader_looks_and_says(told, channel):
    network = Network(504, 200)
    post = publish(told, channel, network)
    with network.client() as http:
        posting.once_more(post, now=NOON + MINUTE, http=http)
        assert post.state == "out"
        with pytest.raises(NotDone):
            posting.once_more(post, now=NOON + MINUTE, http=http)
    assert len(network.came) == 2


def test_two_windows_that_say_send_it_again_send_it_once(told, channel):
    network = Network(504, 200, 200)
    post = publish(told, channel, network)
    other = InsidePost.objects.get(pk=post.pk)
    with network.client() as http:
        posting.once_more(post, now=NOON + MINUTE, http=http)
        with pytest.raises(NotDone):
            posting.once_more(other, now=NOON + MINUTE, http=http)
    assert len(network.came) == 2


def test_what_died_on_the_way_is_doubted_and_not_sent(told, channel):
    InsidePost.objects.create(
        inside=told,
        channel=channel,
        member=told.member,
        state="sending",
        state_since=NOON,
    )
    assert doubt_inside(NOON + 4 * MINUTE) == 0
    for expected in (1, 0):
        assert doubt_inside(NOON + 6 * MINUTE) == expected
    assert InsidePost.objects.get().state == "unknown"
    with pytest.raises(NotDone):
        publish(told, channel, Network())


def test_an_answer_that_comes_after_the_doubt_decides_nothing(told, channel):
    class Late(Network):
        def _answer(self, request):
            doubt_inside(NOON + 6 * MINUTE)
            return super()._answer(request)

    post = publish(told, channel, Late(200))
    assert post.state == "unknown", "the leader is asked: nobody guesses"


def test_what_was_published_stays_noted(told, channel):
    publish(told, channel, Network(200))
    with pytest.raises(leaders.NotDone):
        leaders.not_told(told)
    other = told_by(told.member)
    publish(other, channel, Network(400))
    leaders.not_told(other)


# --- By whom, and with what


def test_a_leader_publishes_only_their_own(client: Client, told, channel, monkeypatch):
    network = Network(200)
    monkeypatch.setattr(views, "client", network.client)
    page = f"/examples/leading/inside/{told.pk}"
    press = f"{page}/publish/{channel.pk}"
    client.force_login(a_leader("Another"))
    assert client.post(press).status_code == 404
    client.force_login(a_member("Nobody's boss"))
    assert client.post(press).status_code == 403
    client.force_login(told.member)
    assert client.get(press).status_code == 405
    teams = posting.keep_channel("teams", "Elsewhere", ADDRESS)
    assert client.post(f"{page}/publish/{teams.pk}").status_code == 404
    assert network.came == []
    assert "Publish in #everybody" in client.get(page).content.decode()
    client.post(press)
    client.post(press)
    assert len(network.came) == 1
    shown = client.get(page).content.decode()
    assert "is there" in shown
    assert "Publish in" not in shown


def test_an_assistant_publishes_nothing(client, told, channel, monkeypatch):
    network = Network(200)
    monkeypatch.setattr(views, "client", network.client)
    helper = a_member("Helper")
    leaders.name(told.member, helper, until=NOON.date(), now=NOON)
    client.force_login(helper)
    press = f"/examples/leading/inside/{told.pk}/publish/{channel.pk}"
    assert client.post(press).status_code == 403
    assert client.get(f"/examples/leading/inside/{told.pk}").status_code == 403
    assert network.came == []


def test_in_doubt_the_page_asks(client, told, channel, monkeypatch):
    network = Network(httpx.ReadTimeout("silence"), 200)
    monkeypatch.setattr(views, "client", network.client)
    client.force_login(told.member)
    page = f"/examples/leading/inside/{told.pk}"
    client.post(f"{page}/publish/{channel.pk}")
    assert "may be there" in client.get(page).content.decode()
    post = InsidePost.objects.get()
    client.post(f"{page}/posts/{post.pk}", {"there": "yes"})
    assert InsidePost.objects.get().state == "out"
    client.post(f"{page}/posts/{post.pk}", {"there": "no"})
    assert len(network.came) == 1
    client.force_login(a_leader("Another"))
    assert client.post(f"{page}/posts/{post.pk}").status_code == 404


def test_administrators_keep_channels_and_nobody_sees_an_address(client):
    page = "/examples/leading/channels"
    client.force_login(a_leader())
    assert client.get(page).status_code == 403
    client.force_login(an_admin())
    given = {"kind": "slack", "name": "#everybody", "address": "http://x.example.org"}
    assert client.post(page, given).status_code == 422
    given["address"] = ADDRESS
    assert client.post(page, given).status_code == 302
    kept = InsideChannel.objects.get()
    assert ADDRESS not in kept.sealed
    assert kept.opened() == ADDRESS
    shown = client.get(page).content.decode()
    assert "#everybody" in shown
    assert ADDRESS not in shown
    other = posting.keep_channel("slack", "#other", ADDRESS)
    other.sealed = kept.sealed
    with pytest.raises(CannotUnseal):
        other.opened()
    client.post(f"{page}/{kept.pk}/drop")
    assert [one.name for one in InsideChannel.objects.all()] == ["#other"]


def test_a_lost_key_is_told_and_nothing_is_sent(told, channel):
    InsideChannel.objects.update(sealed="v1:gone:AAAA")
    network = Network(200)
    channel.refresh_from_db()
    post = publish(told, channel, network)
    assert (post.state, network.came) == ("refused", [])
    assert post.why


def test_a_name_cannot_call_a_channel(told, channel):
    told.member.name = "<!channel>"
    post = InsidePost(inside=told, member=told.member, channel=channel)
    assert "<!channel>" not in str(body(post, "slack")["text"])
