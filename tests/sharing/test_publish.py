import threading
from concurrent import futures
from datetime import timedelta

import httpx
import pytest
from django.utils.translation import override

from pesue.foundation.moves import ForbiddenMove
from pesue.sharing.actions import drafts, publish, settling
from pesue.sharing.models import Share
from pesue.sharing.steps.publish import release_stuck, send_due, settle_unknown
from tests.make import NOON
from tests.make.sharing import a_due_share, a_share, an_account
from tests.sharing.networks import FINE, Network

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    """The words we look for."""
    with override("en"):
        yield


MINUTE = timedelta(minutes=1)


def status_of(share, ref="1"):
    return {
        "id": ref,
        "url": f"https://social.example/@ana/{ref}",
        "content": f"<p>{share.text}</p>",
        "created_at": "2026-03-02T12:00:05.000Z",
    }


@pytest.mark.parametrize(
    ("answer", "state", "try_at"),
    [
        (FINE, "shared", None),
        (httpx.Response(422, json={"error": "Text is too long"}), "refused", None),
        (httpx.Response(404, text="<h1>Nothing</h1>"), "refused", None),
        (httpx.Response(429), "scheduled", 15 * MINUTE),
        (httpx.Response(429, headers={"Retry-After": "119"}), "scheduled", 2 * MINUTE),
        (
            httpx.Response(429, headers={"Retry-After": "99999999999999"}),
            "scheduled",
            timedelta(hours=6),
        ),
        (
            httpx.Response(429, headers={"X-RateLimit-Reset": "2000-01-01T00:00:00Z"}),
            "scheduled",
            timedelta(seconds=5),
        ),
        (httpx.Response(401), "refused", None),
        (httpx.ConnectError("no route"), "scheduled", 5 * MINUTE),
        (httpx.ReadTimeout("no answer"), "scheduled", MINUTE),
        (httpx.RemoteProtocolError("cut"), "scheduled", MINUTE),
        (httpx.Response(503), "scheduled", MINUTE),
        (httpx.Response(200, text='{"id": "1", "cont'), "scheduled", MINUTE),
        (httpx.Response(200, json=["odd"]), "scheduled", MINUTE),
        (httpx.Response(302, headers={"Location": "/login"}), "scheduled", MINUTE),
    ],
)
def test_a_share_ends_as_the_network_answered(answer, state, try_at):
    share = a_due_share()
    network = Network(answer)

    publish.publish(share, now=NOON, http=network.connect())

    assert (share.state, share.try_at) == (state, NOON + try_at if try_at else None)
    assert len(network.seen) == 1


@pytest.mark.parametrize(
    ("answer", "doubtful"),
    [
        (httpx.ConnectError("no route"), False),
        (httpx.Response(429), False),
        (httpx.ReadTimeout("no answer"), True),
        (httpx.Response(500), True),
    ],
)
def test_only_a_silence_leaves_a_doubt(answer, doubtful):
    share = a_due_share()

    publish.publish(share, now=NOON, http=Network(answer).connect())

    assert share.unanswered_since == (NOON if doubtful else None)


def test_after_a_silence_we_look_first_and_find_the_post():
    share = a_due_share()
    network = Network(httpx.ReadTimeout("no answer"), [status_of(share, "77")])

    publish.publish(share, now=NOON, http=network.connect())
    publish.publish(share, now=NOON + MINUTE, http=network.connect())

    assert len(network.posted) == 1
    assert (share.state, share.ref) == ("shared", "77")
    assert share.shared_at == NOON


def test_after_a_silence_with_nothing_there_the_same_key_goes_out():
    share = a_due_share()
    network = Network(httpx.ReadTimeout("no answer"), [], FINE)

    publish.publish(share, now=NOON, http=network.connect())
    publish.publish(share, now=NOON + MINUTE, http=network.connect())

    first, second = [r.headers["Idempotency-Key"] for r in network.posted]
    assert first == second == share.key
    assert share.state == "shared"


def test_a_server_that_keeps_no_keys_gets_no_second_post():
    share = a_due_share(an_account(software="other"))
    network = Network(httpx.ReadTimeout("no answer"), [])

    publish.publish(share, now=NOON, http=network.connect())
    publish.publish(share, now=NOON + MINUTE, http=network.connect())

    assert (share.state, len(network.posted)) == ("unknown", 1)


def test_past_the_networks_promise_the_member_is_asked():
    share = a_due_share(unanswered_since=NOON - timedelta(hours=1))
    network = Network([])

    publish.publish(share, now=NOON, http=network.connect())

    assert (share.state, network.posted) == ("unknown", [])


def test_a_refusal_after_a_silence_is_for_the_member_to_judge():
    share = a_due_share(unanswered_since=NOON - MINUTE)
    network = Network([], httpx.Response(422, json={"error": "Duplicate"}))

    publish.publish(share, now=NOON, http=network.connect())

    assert share.state == "unknown"
    assert "Duplicate" in share.why


def test_a_post_that_shows_up_later_settles_the_doubt():
    share = a_due_share(state="unknown", unanswered_since=NOON, try_at=NOON + MINUTE)
    network = Network(httpx.ReadTimeout("busy"), [], [status_of(share)])

    for minutes in (0, 1, 2, 3, 30):
        settle_unknown(NOON + minutes * MINUTE, network.connect)

    share.refresh_from_db()
    assert (share.state, share.ref, len(network.seen)) == ("shared", "1", 3)


def test_two_workers_send_a_share_once():
    share = a_due_share()
    same_share = Share.objects.get(pk=share.pk)
    network = Network(FINE)

    publish.publish(share, now=NOON, http=network.connect())
    publish.publish(same_share, now=NOON, http=network.connect())

    assert len(network.seen) == 1


def test_a_share_put_off_while_a_worker_looked_is_not_sent():
    share = a_due_share()
    as_the_worker_saw_it = Share.objects.get(pk=share.pk)
    share.move("draft", now=NOON + MINUTE)
    share.move("scheduled", now=NOON + 2 * MINUTE, send_at=NOON + timedelta(days=7))
    network = Network()

    publish.publish(as_the_worker_saw_it, now=NOON, http=network.connect())

    assert network.seen == []


def test_a_share_whose_worker_died_is_put_back_in_doubt():
    share = a_due_share(state="sending")  # since NOON

    assert release_stuck(NOON + 9 * MINUTE) == 0
    assert release_stuck(NOON + 11 * MINUTE) == 1

    share.refresh_from_db()
    assert (share.state, share.unanswered_since) == ("scheduled", NOON)


def test_the_step_sends_what_is_due_and_nothing_else():
    account = an_account()
    due = [a_due_share(account), a_due_share(account)]
    later = a_due_share(account, send_at=NOON + MINUTE)
    resting = a_due_share(account, try_at=NOON + MINUTE)
    network = Network(FINE, FINE | {"id": "2"})

    assert send_due(NOON, network.connect) == 2

    states = [Share.objects.get(pk=s.pk).state for s in (*due, later, resting)]
    assert states == ["shared", "shared", "scheduled", "scheduled"]


def test_a_slow_network_holds_up_nothing_else(monkeypatch):
    from pesue.sharing.steps import publish as steps

    monkeypatch.setattr(steps, "PATIENCE", 0.05)
    share, answers = a_due_share(), threading.Event()

    def handle(request):
        assert answers.wait(10)
        return httpx.Response(200, json=FINE)

    def connect():
        return httpx.Client(transport=httpx.MockTransport(handle))

    assert send_due(NOON, connect) == 1
    share.refresh_from_db()
    assert share.state == "sending"

    answers.set()
    futures.wait(steps._under_way, timeout=10)
    assert send_due(NOON + MINUTE, connect) == 0
    share.refresh_from_db()
    assert share.state == "shared"


def test_a_channel_that_breaks_leaves_a_doubt_and_harms_no_other(monkeypatch, caplog):
    from pesue.sharing.channels import CHANNELS

    share = a_due_share()
    monkeypatch.setattr(CHANNELS["mastodon"], "publish", lambda *_: {}["none"])

    publish.publish(share, now=NOON, http=Network().connect())

    assert (share.state, share.unanswered_since) == ("scheduled", NOON)
    assert "broke on share" in caplog.text


def test_a_withdrawn_account_disconnects_and_says_so():
    share = a_due_share()
    network = Network(httpx.Response(401, json={"error": "revoked"}))

    publish.publish(share, now=NOON, http=network.connect())

    share.account.refresh_from_db()
    assert (share.account.state, share.account.sealed) == ("disconnected", "")
    assert share.state == "refused"
    assert "connect" in share.why


def test_a_share_without_an_account_is_refused_unsent():
    share = a_due_share()
    share.account.move("disconnected", now=NOON, sealed="")
    network = Network()

    publish.publish(share, now=NOON, http=network.connect())

    assert (share.state, network.seen) == ("refused", [])


def test_a_day_too_late_is_not_what_was_asked():
    share = a_due_share()
    http = Network(*[httpx.ConnectError("no route")] * 2).connect()

    publish.publish(share, now=NOON + timedelta(hours=23), http=http)
    assert share.state == "scheduled"
    publish.publish(share, now=NOON + timedelta(hours=25), http=http)

    assert share.state == "refused"
    assert "Nothing is out" in share.why


def test_a_worker_that_was_away_sends_nothing_days_late():
    share, doubtful = a_due_share(), a_due_share(unanswered_since=NOON)
    network = Network()

    for each in (share, doubtful):
        late = NOON + timedelta(days=3)
        publish.publish(each, now=late, http=network.connect())

    assert (share.state, doubtful.state, network.seen) == ("refused", "unknown", [])
    assert "Nothing is out" in share.why


def test_a_button_pressed_twice_sends_once():
    """The second press finds a share that a worker holds, or looks for."""
    for state in ("sending", "scheduled"):
        share = a_due_share(state=state, unanswered_since=NOON)
        for press in (settling.is_not_there, settling.is_there):
            with pytest.raises(ForbiddenMove):
                press(share, now=NOON + MINUTE)
        for press in (drafts.try_again, drafts.confirm, drafts.remove):
            with pytest.raises(ForbiddenMove):
                press(share, now=NOON + MINUTE)
        share.refresh_from_db()
        assert (share.state, share.unanswered_since) == (state, NOON)


def test_withdrawing_is_not_promised_while_it_may_be_out():
    share = a_due_share(unanswered_since=NOON)
    with pytest.raises(settling.NotDone):
        settling.withdraw(share, now=NOON)

    calm = a_due_share()
    settling.withdraw(calm, now=NOON)
    assert calm.state == "withdrawn"


@pytest.mark.parametrize("status", [200, 404, 410])
def test_delete_and_gone_are_the_same(status):
    share = a_share(
        account=(account := an_account()),
        member=account.member,
        state="shared",
        shared_at=NOON,
        ref="1",
    )

    http = Network(httpx.Response(status, json={})).connect()
    settling.delete(share, now=NOON, http=http)

    assert share.state == "deleted"


@pytest.mark.parametrize(
    "answer", [httpx.Response(500), httpx.ReadTimeout("slow"), httpx.Response(422)]
)
def test_what_could_not_be_deleted_still_stands(answer):
    share = a_share(
        account=(account := an_account()),
        member=account.member,
        state="shared",
        shared_at=NOON,
        ref="1",
    )

    with pytest.raises(settling.NotDone) as refusal:
        settling.delete(share, now=NOON, http=Network(answer).connect())

    assert str(refusal.value)
    assert share.state == "shared"


def test_the_member_settles_what_we_cannot():
    there = a_due_share(state="unknown", unanswered_since=NOON)
    settling.is_there(there, now=NOON + MINUTE, url="https://social.example/1")
    assert (there.state, there.shared_at) == ("shared", NOON)

    gone = a_due_share(state="unknown", unanswered_since=NOON)
    settling.is_not_there(gone, now=NOON + MINUTE)
    assert (gone.state, gone.unanswered_since) == ("scheduled", None)
