"""Somebody on another server follows, ceases to, changes keys, or lies."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from django.test import Client

from pesue.doors import signatures
from pesue.doors.actions import delivering
from pesue.doors.models import Activity, Actor, Delivery, Follower, Inbox
from pesue.doors.queries import strangers
from tests.make.fediverse import OURS, Somebody, Web, a_house
from tests.make.people import an_organisation

pytestmark = pytest.mark.django_db


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def organisation():
    return an_organisation(language="en")


@pytest.fixture
def house() -> Actor:
    return a_house()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    web = Web()
    monkeypatch.setattr(strangers.network, "fetch", web.fetch)
    return web


@pytest.fixture
def bo(web: Web) -> Somebody:
    bo = Somebody()
    web.add(bo)
    return bo


def test_a_follow_is_kept_and_accepted(client: Client, house: Actor, bo: Somebody):
    answer = bo.follows(client, house, now=now())
    assert answer.status_code == 202
    [follower] = Follower.objects.all()
    assert (follower.uri, follower.inbox.address) == (bo.uri, bo.inbox)
    [activity] = Activity.objects.all()
    said = json.loads(activity.body)
    assert (said["type"], said["actor"]) == ("Accept", house.id_)
    assert said["object"]["id"] == f"{bo.uri}/follows/1"
    assert Delivery.objects.get().inbox == follower.inbox


def test_a_follow_repeated_is_one(client: Client, house: Actor, bo: Somebody):
    for _turn in range(3):
        assert bo.follows(client, house, now=now()).status_code == 202
    assert Follower.objects.count() == Inbox.objects.count() == 1


def test_whoever_ceases_is_let_go(client: Client, house: Actor, bo: Somebody):
    follow = {"id": f"{bo.uri}/follows/1", "type": "Follow", "object": house.id_}
    for undone in (follow, follow["id"]):
        bo.follows(client, house, now=now())
        said = {"id": f"{bo.uri}/undo", "type": "Undo", "object": undone}
        assert bo.brings(client, said, now=now()).status_code == 202
        assert not Follower.objects.exists()
    assert Inbox.objects.count() == 1  # what is taken back is told there, too


@pytest.mark.parametrize(
    "undone",
    ["https://far.example.org/likes/1", {"type": "Like", "object": OURS}, None, 7],
)
def test_other_things_undone_change_nothing(
    client: Client, house: Actor, bo: Somebody, undone
):
    bo.follows(client, house, now=now())
    said = {"id": f"{bo.uri}/undo", "type": "Undo", "object": undone}
    assert bo.brings(client, said, now=now()).status_code == 202
    assert Follower.objects.exists()


def test_a_block_and_an_end_let_go(client: Client, house: Actor, bo: Somebody):
    for said in (
        {"type": "Block", "object": house.id_},
        {"type": "Delete", "object": bo.uri},
    ):
        bo.follows(client, house, now=now())
        assert bo.brings(client, said, now=now()).status_code == 202
        assert not Follower.objects.exists()


def test_a_note_deleted_is_not_a_person_gone(client, house: Actor, bo: Somebody):
    bo.follows(client, house, now=now())
    bo.brings(client, {"type": "Delete", "object": f"{bo.uri}/1"}, now=now())
    assert Follower.objects.exists()


# --- Who is not believed


def test_a_signature_is_needed(client: Client, house: Actor, bo: Somebody):
    answer = bo.follows(client, house, now=now(), signature="")
    assert answer.status_code == 401
    assert b"Signature" in answer.content
    assert not Follower.objects.exists()


@pytest.mark.parametrize(
    "also",
    [
        {"digest": signatures.digest(b"something else")},
        {"date": format_datetime(now() - timedelta(minutes=1), usegmt=True)},
        {"date": "yesterday"},
        {"host": "127.0.0.1"},
    ],
)
def test_what_was_changed_on_the_way_is_refused(client, house, bo, also):
    assert bo.follows(client, house, now=now(), **also).status_code == 401
    assert not Follower.objects.exists()


@pytest.mark.parametrize("hours", [-13, 2])
def test_an_old_one_and_one_from_the_future_are_refused(client, house, bo, hours):
    at = now() + timedelta(hours=hours)
    answer = bo.follows(client, house, now=at)
    assert (answer.status_code, Follower.objects.count()) == (401, 0)
    assert b"Date" in answer.content


def test_nobody_signs_for_another(client: Client, house: Actor, web: Web, bo: Somebody):
    """Neither with a key of one's own, nor by naming it as the other's."""
    eve = Somebody("eve")
    web.add(eve)
    said = {"actor": bo.uri, "type": "Follow", "object": house.id_}
    assert eve.brings(client, said, now=now()).status_code == 401
    eve.keys, named = eve.keys, Somebody("bo", keys=eve.keys)
    assert named.brings(client, said, now=now()).status_code == 401
    assert not Follower.objects.exists()


def test_it_must_be_signed_for_this_place(client: Client, house: Actor, bo: Somebody):
    said = {"type": "Follow", "object": house.id_}
    body = json.dumps({"actor": bo.uri, **said}).encode()
    headers = signatures.signed(
        "post",
        f"{OURS}/elsewhere",
        key_id=bo.key_id,
        private_key=bo.keys[0],
        now=now(),
        body=body,
    )
    answer = client.post(
        "/fediverse/inbox",
        body,
        content_type="application/activity+json",
        headers=headers,
        HTTP_HOST="localhost:8000",
    )
    assert answer.status_code == 401


def test_another_body_under_a_true_signature_is_refused(client, house, bo):
    whom = {"type": "Follow", "object": f"{OURS}/fediverse/by/nobody"}
    true = json.dumps({"actor": bo.uri, **whom}).encode()
    headers = signatures.signed(
        "post",
        f"{OURS}/fediverse/inbox",
        key_id=bo.key_id,
        private_key=bo.keys[0],
        now=now(),
        body=true,
    )
    other = json.dumps({"actor": bo.uri, "type": "Follow", "object": house.id_})
    sent = {"content_type": "application/activity+json", "headers": headers}
    assert client.post("/fediverse/inbox", other, **sent).status_code == 401
    assert not Follower.objects.exists()


def test_what_does_not_name_all_that_counts_is_refused(client, house, bo):
    headers = signatures.signed(
        "get", OURS, key_id=bo.key_id, private_key=bo.keys[0], now=now()
    )
    answer = bo.follows(client, house, now=now(), signature=headers["signature"])
    assert answer.status_code == 401
    assert b"digest" in answer.content


def test_their_inbox_is_on_their_own_server(client, house, web, bo):
    """Else a follow would make us write to whomever they like to annoy."""
    web.people[bo.uri] |= {"inbox": "https://victim.example.org/inbox"}
    web.people[bo.uri] |= {"endpoints": {"sharedInbox": "https://victim.example.org/"}}
    assert bo.follows(client, house, now=now()).status_code == 401
    assert not Inbox.objects.exists()


@pytest.mark.parametrize("way", ["id", "moved", "owner"])
def test_they_are_what_stands_at_their_own_address(client, house, web, bo, way):
    """Whoever may put a file on a server is not thereby everybody of it."""
    elsewhere = "https://evil.example.org/users/bo"
    if way == "id":
        web.people[bo.uri]["id"] = f"{bo.host}/files/bo.json"
    elif way == "moved":
        web.moved[bo.uri] = elsewhere
    else:
        web.people[bo.uri]["publicKey"]["owner"] = elsewhere
    assert bo.follows(client, house, now=now()).status_code == 401
    assert not Follower.objects.exists()


@pytest.mark.parametrize(
    "uri",
    [
        "http://[",
        "ftp://far.example.org/users/bo",
        "file:///etc/passwd",
        f"{OURS}/fediverse/by/stories",
        "https://who@far.example.org/users/bo",
        "",
        "x" * 501,
    ],
)
def test_odd_addresses_are_not_asked(client, house, web, bo, uri):
    said = {"actor": uri, "type": "Follow", "object": house.id_}
    assert bo.brings(client, said, now=now()).status_code in (400, 401)
    assert web.asked == []


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'"x"', b"[" * 100_000, b'{"type": "Follow"}', b"\xff"]
)
def test_what_is_no_activity_is_refused(client: Client, house: Actor, body):
    answer = client.post("/fediverse/inbox", body, content_type="application/json")
    assert answer.status_code == 400


def test_far_too_much_is_refused_unread(client: Client, house: Actor):
    body = b"x" * 500_001
    answer = client.post("/fediverse/inbox", body, content_type="application/json")
    assert answer.status_code == 413


def test_what_is_of_no_concern_costs_nothing(client, house, web, bo):
    """Servers tell everybody of each account that ends: theirs is not fetched."""
    for said in (
        {"type": "Delete", "object": bo.uri},
        {"type": "Like", "object": house.id_},
        {"type": "Create", "object": {"type": "Note"}},
        {"type": ["Follow"], "object": house.id_},
        {"object": house.id_},
    ):
        assert bo.brings(client, said, now=now()).status_code == 202
    assert web.asked == []


@pytest.mark.parametrize(
    "whom",
    [
        f"{OURS}/fediverse/by/nobody",
        f"{OURS}/settings/",
        "https://far.example.org/users/eva",
        None,
        ["a"],
    ],
)
def test_one_who_is_not_here_is_not_followed(client, house, bo, whom):
    said = {"type": "Follow", "object": whom}
    assert bo.brings(client, said, now=now()).status_code == 202
    assert not Follower.objects.exists()


# --- Keys that change


def test_a_new_key_is_asked_for_once_and_kept(client, house, web, bo):
    bo.follows(client, house, now=now())
    web.asked.clear()
    bo.keys = signatures.new_keys()
    web.add(bo)
    said = {"type": "Undo", "object": f"{bo.uri}/likes/1"}
    for _turn in range(2):
        assert bo.brings(client, said, now=now()).status_code == 202
    assert web.asked == [bo.uri]
    assert Follower.objects.get().public_key == bo.keys[1]


def test_a_forger_does_not_become_the_new_key(client, house, web, bo):
    bo.follows(client, house, now=now())
    forger = Somebody("bo")
    said = {"type": "Delete", "object": bo.uri}
    assert forger.brings(client, said, now=now()).status_code == 401
    assert Follower.objects.get().public_key == bo.keys[1]


def test_a_server_that_moves_its_inbox(client, house, web, bo):
    bo.follows(client, house, now=now())
    bo.shared = False
    web.add(bo)
    said = {"type": "Update", "object": {"id": bo.uri, "inbox": "https://evil.org/"}}
    assert bo.brings(client, said, now=now()).status_code == 202
    assert Follower.objects.get().inbox.address == bo.inbox


# --- The house is closed


def test_where_nobody_can_be_followed_nothing_answers(client: Client, bo: Somebody):
    assert client.get("/.well-known/webfinger?resource=acct:a@b").status_code == 404
    assert client.get("/nodeinfo/2.1").status_code == 404
    assert client.post("/fediverse/inbox").status_code == 404
    assert delivering.deliver(now=now()) == 0
