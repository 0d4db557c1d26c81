"""Stories are told to followers, and taken back from everywhere."""

import json
from datetime import timedelta

import httpx
import pytest
from django.test import Client

from pesue.content.actions import store_picture
from pesue.content.actions.stories import show_to_all, withdraw
from pesue.doors.actions import actors, delivering
from pesue.doors.models import Activity, Actor, Delivery, Follower, Inbox, Post
from pesue.doors.steps import forget_followers, keep_actors, tell_followers
from pesue.people.actions import members
from pesue.privacy.actions.erasing import erase
from tests.make import NOON
from tests.make.content import a_photo
from tests.make.example import an_own_page
from tests.make.fediverse import a_house
from tests.make.people import a_member, an_organisation
from tests.make.public import a_public_concept, told

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LATER = NOON + HOUR


@pytest.fixture(autouse=True)
def organisation():
    return an_organisation(language="en")


@pytest.fixture
def house() -> Actor:
    return a_house()


def a_follower(of: Actor, number: int = 1) -> Follower:
    inbox, _new = Inbox.objects.get_or_create(
        address=f"https://far{number}.example.org/inbox"
    )
    return Follower.objects.create(
        actor=of, inbox=inbox, uri=f"https://far{number}.example.org/bo", since=NOON
    )


def said(kind: str) -> list[dict]:
    """What was said of a kind, in order."""
    bodies = Activity.objects.order_by("pk").values_list("body", flat=True)
    return [one for one in map(json.loads, bodies) if one["type"] == kind]


def turn(now=LATER) -> None:
    for step in (keep_actors, tell_followers):
        step(now)


def the_actor(of) -> Actor:
    return Actor.objects.get(member=of, state="open")


# --- Telling


def test_the_house_tells_a_story_whole(house: Actor, client: Client):
    a_follower(house)
    ana = a_member("Ana Aalto")
    story = told(ana, "At <four>", concept=a_public_concept(hashtag="ovens"))
    picture = store_picture(a_photo(), alt="An open oven", story=story)
    turn()
    [create] = said("Create")
    note = create["object"]
    assert note["attributedTo"] == create["actor"] == house.id_
    assert "<strong>At &lt;four&gt;</strong>" in note["content"]
    assert "<p>Ana Aalto</p>" in note["content"]
    assert note["contentMap"] == {"en": note["content"]}
    assert note["url"].endswith(f"/s/{story.slug}")
    assert note["tag"][0]["name"] == "#ovens"
    [shown] = note["attachment"]
    assert (shown["name"], shown["url"][-40:]) == ("An open oven", picture.url[-40:])
    assert client.get(note["id"]).json() == {
        "@context": create["@context"],
        **note,
    }


def test_a_person_tells_and_the_house_echoes(house: Actor, client: Client):
    ana = a_member("Ana Aalto", title="baker")
    an_own_page(ana, slug="ana")
    turn(NOON)
    one = the_actor(ana)
    a_follower(house, 1), a_follower(one, 2)
    told(ana)
    turn()
    [create], [echo] = said("Create"), said("Announce")
    assert create["object"]["attributedTo"] == one.id_
    assert "Ana" not in create["object"]["content"]
    assert (echo["actor"], echo["object"]) == (house.id_, create["object"]["id"])
    assert client.get(echo["id"]).json()["type"] == "Announce"
    sent = Delivery.objects.filter(activity__post__isnull=False)
    assert {(d.activity.actor, d.inbox.address[8:12]) for d in sent} == {
        (one, "far2"),
        (house, "far1"),
    }


def test_a_story_is_told_once(house: Actor):
    told(a_member())
    for _turn in range(3):
        turn()
    assert Post.objects.count() == 1


def test_what_was_there_before_is_pushed_to_nobody(house: Actor, client: Client):
    """It stands in the outbox for whoever looks."""
    Actor.objects.update(made_at=LATER)
    turn()
    a_follower(house)
    told(a_member())
    turn(LATER + HOUR)
    assert not Delivery.objects.exists()
    assert client.get(f"{house.id_}/outbox").json()["totalItems"] == 1
    [item] = client.get(f"{house.id_}/outbox?page=1").json()["orderedItems"]
    assert item["type"] == "Create"


def test_a_late_yes_is_pushed(house: Actor):
    """The author puts it on the web long after it came into the library."""
    a_follower(house)
    story = told(a_member())
    show_to_all(story, public=False)
    turn()
    assert not Post.objects.exists()
    show_to_all(story, public=True)
    turn(LATER + 30 * DAY)
    assert Delivery.objects.exists()


def test_the_outbox_has_pages(house: Actor, client: Client):
    ana = a_member()
    for number in range(23):
        told(ana, f"Story {number}")
    turn(LATER)
    first = client.get(f"{house.id_}/outbox?page=1").json()
    second = client.get(first["next"]).json()
    names = [one["object"]["content"] for one in first["orderedItems"]]
    assert (len(names), len(second["orderedItems"])) == (20, 3)
    assert "Story 22" in names[0]
    assert "next" not in second


# --- Taking back


def test_what_is_withdrawn_is_taken_back_everywhere(house: Actor, client: Client):
    """From servers of those who have ceased to follow, too."""
    follower = a_follower(house)
    ana = a_member()
    story = told(ana)
    turn()
    Delivery.objects.all().delete()
    follower.delete()
    withdraw(story, now=LATER)
    turn()
    [gone] = said("Delete")
    note = gone["object"]["id"]
    assert gone["object"]["type"] == "Tombstone"
    assert Delivery.objects.get().inbox == follower.inbox
    assert client.get(note).status_code == 410
    assert client.get(f"{house.id_}/outbox").json()["totalItems"] == 0
    turn()
    assert len(said("Delete")) == 1


def test_what_had_not_gone_out_does_not_go_after_it(house: Actor, monkeypatch):
    """Else a slow server would keep what was taken back."""
    a_follower(house)
    ana = a_member()
    story = told(ana)
    turn()
    withdraw(story, now=LATER)
    turn()
    sent = []

    def send(letter, _now):
        sent.append(json.loads(letter.body)["type"])
        return delivering.Outcome(202)

    monkeypatch.setattr(delivering, "send", send)
    delivering.deliver(now=LATER)
    assert sent == ["Delete"]
    assert not Delivery.objects.exists()


def test_a_story_withdrawn_is_not_shown_before_the_worker_knows(house, client):
    ana = a_member()
    story = told(ana)
    turn()
    [post] = Post.objects.all()
    withdraw(story, now=LATER)
    assert client.get(post.id_).status_code == 410


def test_a_story_erased_is_taken_back(house: Actor):
    a_follower(house)
    story = told(a_member())
    turn()
    story.delete()
    turn()
    assert len(said("Delete")) == 1


def test_a_story_told_again_is_another_note(house: Actor):
    ana = a_member()
    story = told(ana)
    turn()
    withdraw(story, now=LATER)
    turn()
    story.refresh_from_db()
    for state in ("draft", "sent", "accepted"):
        story.move(state, now=LATER)
    type(story).objects.filter(pk=story.pk).update(public=True, accepted_at=LATER)
    turn()
    assert Post.objects.count() == 2
    assert Post.objects.filter(withdrawn_at=None).count() == 1


def test_a_story_left_out_of_ones_page_goes_on_with_the_house(house: Actor):
    ana = a_member()
    page = an_own_page(ana, slug="ana")
    turn()
    a_follower(house, 1), a_follower(the_actor(ana), 2)
    page.left_out.add(told(ana))
    turn()
    assert [one["actor"] for one in said("Create")] == [house.id_]
    page.left_out.clear()
    story = told(ana, "Another")
    turn()
    page.left_out.add(story)
    for _turn in range(2):
        turn()
    assert len(said("Delete")) == 1
    assert len(said("Undo")) == 1
    live = Post.objects.filter(withdrawn_at=None, story=story)
    assert [(post.actor, post.note) for post in live] == [(house, None)]


# --- People come and go


def test_a_person_is_open_only_if_they_and_the_house_are():
    ana, bea = a_member(), a_member()
    an_own_page(ana, slug="ana")
    an_own_page(bea, slug="bea", followed=False)
    turn()
    assert not Actor.objects.exists()
    a_house()
    turn()
    assert [one.member for one in Actor.objects.filter(house=False)] == [ana]


@pytest.mark.parametrize("way", ["off", "followed", "slug", "left", "erased", "house"])
def test_whoever_goes_is_taken_back(house: Actor, client: Client, way: str):
    ana = a_member()
    an_own_page(ana, slug="ana")
    turn()
    one = the_actor(ana)
    a_follower(one)
    told(ana)
    turn()
    [post] = Post.objects.filter(actor=one)
    assert client.get(post.id_).status_code == 200
    Delivery.objects.all().delete()
    if way == "off":
        an_own_page(ana, slug="ana", shown=False)
    elif way == "followed":
        an_own_page(ana, slug="ana", followed=False)
    elif way == "slug":
        an_own_page(ana, slug="ana-2")
    elif way == "left":
        members.leave(ana, now=LATER)
    elif way == "erased":
        erase(ana, posts=False, now=LATER, http=httpx.Client())
    else:
        actors.close_house(now=LATER)
    if way != "house":  # said at once, and done by the worker
        assert client.get(one.id_).status_code == 410
        assert client.get(post.id_).status_code == 410
    turn()
    one.refresh_from_db()
    assert one.state == "closed"
    gone = [entry["object"] for entry in said("Delete")]
    assert one.id_ in gone
    assert not Follower.objects.filter(actor=one).exists()
    assert client.get(one.id_).status_code == 410
    finger = "/.well-known/webfinger?resource=acct:ana@localhost:8000"
    assert client.get(finger).status_code == 410
    if way == "slug":
        assert the_actor(ana).name == "ana-2"


def test_whoever_comes_back_can_be_followed_again(house: Actor, client: Client):
    ana = a_member()
    an_own_page(ana, slug="ana")
    turn()
    an_own_page(ana, slug="ana", shown=False)
    turn()
    an_own_page(ana, slug="ana")
    turn()
    assert client.get("/fediverse/by/ana").json()["name"] == ana.name
    assert Actor.objects.filter(name="ana").count() == 2


def test_what_changed_of_a_person_is_told_once(house: Actor):
    ana = a_member("Ana Aalto")
    an_own_page(ana, slug="ana")
    turn()
    a_follower(the_actor(ana))
    an_own_page(ana, slug="ana", about="I bake <at dawn>.")
    for _turn in range(2):
        turn()
    [update] = said("Update")
    assert "I bake &lt;at dawn&gt;." in update["object"]["summary"]


def test_new_keys_are_told_and_sign(house: Actor):
    a_follower(house)
    before = house.public_key
    actors.let_go_of_keys()
    told(a_member())
    tell_followers(LATER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivering, "send", lambda one, _now: _no_key(one))
        delivering.deliver(now=LATER)  # it waits for the key
    assert Delivery.objects.filter(tries=1).exists()
    keep_actors(LATER)
    [update] = said("Update")
    assert update["object"]["publicKey"]["publicKeyPem"] != before
    house.refresh_from_db()
    assert house.private_key()


def _no_key(letter) -> delivering.Outcome:
    assert letter is None
    return delivering.Outcome(0, "no key")


def test_the_houses_name_is_nobody_elses():
    ana = a_member()
    an_own_page(ana, slug="ana")
    with pytest.raises(actors.NameTaken):
        a_house("ana")
    a_house("stories")
    from pesue.example.actions.own_page import SlugTaken

    with pytest.raises(SlugTaken):
        an_own_page(a_member(), slug="stories")
    with pytest.raises(actors.NameTaken):
        a_house("other")
    actors.close_house(now=LATER)
    assert a_house("stories").is_open


def test_what_is_over_is_forgotten(house: Actor):
    a_follower(house)
    told(a_member())
    turn()
    Delivery.objects.all().delete()
    Inbox.objects.update(failing_since=LATER)
    forget_followers(LATER + 8 * DAY)
    assert not Inbox.objects.exists()
    assert not Follower.objects.exists()
    actors.close_house(now=LATER)
    forget_followers(LATER + 31 * DAY)
    assert not Activity.objects.exists()
    assert not Actor.objects.exists()
