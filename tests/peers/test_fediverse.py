"""Followed by a server that others wrote: fedify."""

from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

import httpx
import pytest

from pesue.content.actions import store_picture
from pesue.content.actions.stories import show_to_all, withdraw
from pesue.doors.actions import actors, delivering
from pesue.doors.models import Actor, Delivery, Follower, Inbox
from pesue.doors.steps import (
    deliver,
    forget_followers,
    keep_actors,
    release_deliveries,
    tell_followers,
)
from pesue.people.actions import members
from tests.make.content import a_photo
from tests.make.example import an_own_page
from tests.make.people import a_member, an_organisation
from tests.make.public import told
from tests.peers.fedify import Fedify

pytestmark = pytest.mark.django_db(transaction=True)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def ours(settings: Any, live_server: Any) -> None:
    settings.ADDRESS = live_server.url
    settings.ALLOW_PRIVATE_NETWORKS = ["127.0.0.0/8", "::1/128"]
    an_organisation(language="en")


@pytest.fixture
def house() -> Actor:
    return actors.open_house("stories", now=now() - DAY)


def now() -> datetime:
    return datetime.now(UTC)


def work(at: datetime | None = None) -> None:
    for step in (keep_actors, tell_followers, release_deliveries, deliver):
        step(at or now())


def followed(fediverse: Fedify, actor: Actor, **how: Any) -> str:
    """A new one of theirs follows; returns its name."""
    name = f"bo_{token_hex(4)}"
    fediverse.actor(name, shared=False)
    fediverse.tell("follow", name=name, actor=actor.id_, **how)
    work()
    fediverse.awaited(type="Accept", name=name)
    return name


def a_story(**about: Any) -> Any:
    """Put on the web just now."""
    story = told(about.pop("author", None) or a_member("Ana Aalto"), **about)
    type(story).objects.filter(pk=story.pk).update(accepted_at=now())
    return story


# --- The journey


def test_found_followed_read_and_taken_back(fediverse: Fedify, house: Actor) -> None:
    found = fediverse.ask("lookup", resource=f"acct:{house.handle[1:]}")
    assert found["object"]["id"] == house.id_
    assert found["object"]["preferredUsername"] == "stories"
    name = followed(fediverse, house)
    story = a_story(title="At four")
    store_picture(a_photo(), alt="An open oven", story=story)
    work()
    create = fediverse.awaited(type="Create", name=name)["activity"]
    note = create["object"]
    assert "<strong>At four</strong>" in note["content"]
    assert note["attachment"][0]["name"] == "An open oven"
    read = fediverse.ask("lookup", resource=note["id"])["object"]
    assert read["content"] == note["content"]
    outbox = fediverse.ask("outbox", actor=house.id_)
    assert [item["object"]["id"] for item in outbox["items"]] == [note["id"]]
    page = httpx.get(f"{house.id_.partition('/fediverse')[0]}/s/{story.slug}")
    assert f'type="application/activity+json" href="{note["id"]}"' in page.text
    withdraw(story, now=now())
    work()
    gone = fediverse.awaited(type="Delete", name=name)["activity"]
    assert gone["object"]["id"] == note["id"]
    assert httpx.get(note["id"]).status_code == 410
    assert not Delivery.objects.exists()


def test_a_person_and_the_house_that_echoes_them(
    fediverse: Fedify, house: Actor
) -> None:
    ana = a_member("Ana Aalto", title="baker")
    an_own_page(ana, slug="ana-aalto")
    work(now() - MINUTE)
    actor = Actor.objects.get(member=ana)
    friend, reader = followed(fediverse, actor), followed(fediverse, house)
    a_story(author=ana)
    work()
    note = fediverse.awaited(type="Create", name=friend)["activity"]["object"]
    echo = fediverse.awaited(type="Announce", name=reader)["activity"]
    assert (note["attributedTo"], echo["object"]) == (actor.id_, note["id"])
    members.leave(ana, now=now())
    work()
    for name in (friend, reader):  # the reader's server may hold a copy of the note
        gone = fediverse.awaited(type="Delete", name=name)["activity"]
        assert gone["object"] == actor.id_


@pytest.mark.parametrize("first", ["rfc9421", "draft-cavage-http-signatures-12"])
def test_both_signatures_lead_in(fediverse: Fedify, house: Actor, first: str) -> None:
    """Who begins with RFC 9421 is refused, and knocks again with the other."""
    followed(fediverse, house, knock=first)
    assert Follower.objects.count() == 1


def test_two_of_a_server_get_it_by_one_inbox(fediverse: Fedify, house: Actor) -> None:
    for _turn in range(2):
        name = f"bo_{token_hex(4)}"
        fediverse.actor(name, shared=True)
        fediverse.tell("follow", name=name, actor=house.id_)
    a_story()
    work()
    fediverse.awaited(type="Create")
    assert (Follower.objects.count(), Inbox.objects.count()) == (2, 1)
    creates = [d for d in fediverse.ask("deliveries") if d["type"] == "Create"]
    assert len(creates) == 1


def test_whoever_ceases_or_blocks_is_let_go(fediverse: Fedify, house: Actor) -> None:
    for deed in ("unfollow", "block"):
        name = followed(fediverse, house)
        fediverse.tell(deed, name=name, actor=house.id_)
        assert not Follower.objects.exists()


def test_servers_that_show_themselves_only_to_the_signed(
    fediverse: Fedify, house: Actor
) -> None:
    fediverse.tell("secure", on=True)
    followed(fediverse, house)
    assert Follower.objects.count() == 1


# --- Who is not believed


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("none", 202),
        *((k, 401) for k in ("broken", "digest", "undigested", "old", "moved")),
        *((k, 401) for k in ("unsigned", "other")),
    ],
)
def test_forgers(fediverse: Fedify, house: Actor, kind: str, status: int) -> None:
    name = f"bo_{token_hex(4)}"
    fediverse.actor(name, shared=False)
    sent = fediverse.tell("forged", name=name, to=house.id_, kind=kind)
    assert sent["status"] == status
    assert Follower.objects.exists() == (status == 202)


# --- Keys


def test_their_key_rotates(fediverse: Fedify, house: Actor) -> None:
    name = followed(fediverse, house)
    before = Follower.objects.get().public_key
    fediverse.tell("rotate", name=name)
    fediverse.tell("unfollow", name=name, actor=house.id_)
    assert not Follower.objects.exists()
    fediverse.tell("follow", name=name, actor=house.id_)
    assert Follower.objects.get().public_key != before


def test_our_key_rotates(fediverse: Fedify, house: Actor) -> None:
    name = followed(fediverse, house)
    actors.let_go_of_keys()
    fediverse.forget()  # a server that remembers the old key asks anew on its own day
    work()
    update = fediverse.awaited(type="Update", name=name)["activity"]
    house.refresh_from_db()
    told_key = update["object"]["publicKey"]["publicKeyPem"]
    assert told_key == house.public_key
    a_story()
    work()
    fediverse.awaited(type="Create", name=name)


# --- Inboxes


@pytest.mark.parametrize("mode", ["dead", "error"])
def test_an_inbox_that_fails_gets_it_later_and_once(
    fediverse: Fedify, house: Actor, mode: str
) -> None:
    bad, good = followed(fediverse, house), followed(fediverse, house)
    fediverse.tell("mode", name=bad, inbox=mode)
    a_story()
    at = now()
    work(at)
    fediverse.awaited(type="Create", name=good)
    assert not fediverse.received(type="Create", name=bad)
    assert Inbox.objects.filter(failing_since__isnull=False).count() == 1
    deliver(at + MINUTE / 2)
    assert Delivery.objects.get().tries == 1  # it waits
    fediverse.tell("mode", name=bad, inbox="ok")
    deliver(at + 2 * MINUTE)
    assert len(fediverse.received(type="Create", name=bad)) == 1
    assert not Delivery.objects.exists()
    assert not Inbox.objects.filter(failing_since__isnull=False).exists()


def test_an_inbox_that_is_gone_or_dead_for_a_week_is_let_go(
    fediverse: Fedify, house: Actor
) -> None:
    gone, dead = followed(fediverse, house), followed(fediverse, house)
    fediverse.tell("mode", name=gone, inbox="gone")
    fediverse.tell("mode", name=dead, inbox="dead")
    a_story()
    at = now()
    work(at)
    assert [one.uri.rpartition("/")[2] for one in Follower.objects.all()] == [dead]
    for day in range(9):
        deliver(at + day * DAY)
        forget_followers(at + day * DAY)
    assert not Follower.objects.exists()
    assert not Delivery.objects.exists()


def test_what_it_refuses_is_not_said_again(fediverse: Fedify, house: Actor) -> None:
    name = followed(fediverse, house)
    fediverse.tell("mode", name=name, inbox="refuse")
    a_story()
    work()
    assert not Delivery.objects.exists()
    assert Follower.objects.exists()


def test_a_worker_killed_while_sending_sends_again(
    fediverse: Fedify, house: Actor
) -> None:
    """What arrived comes twice, and is taken once: it has the same id."""
    name = followed(fediverse, house)
    a_story()
    at = now()
    for step in (keep_actors, tell_followers):
        step(at)
    [held] = delivering._claimed(at)
    assert delivering.send(delivering._letter(held), at).arrived
    deliver(at + MINUTE)
    assert Delivery.objects.get().state == "sending"  # its worker may be alive
    work(at + 11 * MINUTE)
    assert not Delivery.objects.exists()
    assert len(fediverse.received(type="Create", name=name)) == 1
    ids = [d["id"] for d in fediverse.ask("deliveries") if d["type"] == "Create"]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_a_crowd_gets_each_story_once(fediverse: Fedify, house: Actor) -> None:
    count = 60
    told_of = fediverse.tell("crowd", actor=house.id_, count=count, at_once=2)
    assert told_of["statuses"] == {"202": count}
    work()
    a_story()
    work()
    counted = fediverse.ask("counted", type="Create")
    assert (counted["inboxes"], counted["twice"]) == (count, 0)
    story = a_story(title="Not for long")
    work()
    show_to_all(story, public=False)
    work()
    assert fediverse.ask("counted", type="Delete")["inboxes"] == count
