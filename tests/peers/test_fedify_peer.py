"""The fediverse server itself: does it do what our tests take for granted?"""

from secrets import token_hex
from typing import Any

import httpx
import pytest

from tests.peers.fedify import Fedify

ACCEPTED, REFUSED = 202, 401


def follow(fediverse: Fedify, name: str, other: str, **how: Any) -> dict[str, Any]:
    address = fediverse.actor(other)
    return fediverse.tell("follow", name=name, actor=address, **how)


def names() -> tuple[str, str]:
    return f"ana_{token_hex(3)}", f"eva_{token_hex(3)}"


def test_two_follow_each_other_and_read_what_is_written(fediverse: Fedify) -> None:
    ana, eva = names()
    for one, other in ((ana, eva), (eva, ana)):
        followed = follow(fediverse, one, other)
        assert followed["status"] == ACCEPTED
        accept = fediverse.awaited(type="Accept", name=one)
        assert accept["activity"]["object"]["id"] == followed["id"]
    written = fediverse.tell("create", name=eva, content="<p>Kissan häntä</p>")
    read = fediverse.awaited(type="Create", name=ana)
    assert read["actor"] == fediverse.actor(eva)
    assert read["activity"]["object"]["content"] == "<p>Kissan häntä</p>"
    items = fediverse.ask("outbox", actor=fediverse.actor(eva))["items"]
    assert [item["object"]["id"] for item in items] == [written["id"]]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("none", ACCEPTED),
        ("broken", REFUSED),
        ("digest", REFUSED),
        ("undigested", REFUSED),
        ("old", REFUSED),
        ("moved", REFUSED),
        ("unsigned", REFUSED),
        ("other", REFUSED),
    ],
)
def test_a_forged_follow_is_refused(fediverse: Fedify, kind: str, status: int) -> None:
    ana, eva = names()
    sent = fediverse.tell("forged", name=ana, to=fediverse.actor(eva), kind=kind)
    assert sent["status"] == status
    believed = fediverse.received(type="Follow", name=eva)
    assert [one["id"] for one in believed] == [sent["id"]] * (status == ACCEPTED)


def test_a_refused_one_knocks_with_the_other_signature(fediverse: Fedify) -> None:
    ana, eva = names()
    fediverse.actor(eva)
    fediverse.tell("mode", name=eva, inbox="refuse", times=1)
    sent = follow(fediverse, ana, eva, knock="rfc9421")
    assert [(knock["signature"], knock["status"]) for knock in sent["knocks"]] == [
        ("rfc9421", REFUSED),
        ("draft-cavage", ACCEPTED),
    ]


def test_an_inbox_dies_is_gone_and_comes_back(fediverse: Fedify) -> None:
    ana, eva = names()
    found = []
    for inbox in ("dead", "gone", "error", "ok"):
        fediverse.actor(eva)
        fediverse.tell("mode", name=eva, inbox=inbox)
        found.append(follow(fediverse, ana, eva)["status"])
    assert found == ["UND_ERR_SOCKET", 410, 500, ACCEPTED]


def test_a_new_key_is_fetched(fediverse: Fedify) -> None:
    ana, eva = names()
    address = fediverse.actor(eva)
    for _ in range(2):
        sent = fediverse.tell("forged", name=ana, to=address, kind="none")
        assert sent["status"] == ACCEPTED
        fediverse.tell("rotate", name=ana)


def test_a_secured_actor_shows_itself_to_the_signed_alone(fediverse: Fedify) -> None:
    ana, eva = names()
    address = fediverse.actor(eva)
    fediverse.actor(ana)
    seen = fediverse.ask("lookup", resource=f"acct:{fediverse.handle(eva)}")
    assert seen["object"]["inbox"] == f"{address}/inbox"
    fediverse.tell("secure", on=True)
    assert fediverse.ask("lookup", resource=address)["object"] is None
    accept = {"Accept": "application/activity+json"}
    assert httpx.get(address, headers=accept).status_code == REFUSED


def test_a_crowd_is_counted(fediverse: Fedify) -> None:
    ana, _ = names()
    address = fediverse.actor(ana)
    crowd = fediverse.tell("crowd", actor=address, count=3)
    assert crowd["statuses"] == {str(ACCEPTED): 3}
    written = fediverse.tell("create", name=ana, content="x")
    assert len(written["sent"]) == 3
    assert fediverse.ask("counted", type="Create") == {
        "inboxes": 3,
        "received": 3,
        "twice": 0,
        "refused": 0,
        "types": {"Create": 3},
    }
