"""Stories are told to followers, and taken back from everywhere."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from pesue.content.actions import store_picture
from pesue.content.actions.stories import show_to_all, withdraw
from pesue.doors.actions import delivering
from pesue.doors.models import Actor, Delivery, Post
from pesue.doors.queries.posts import for_the_house
from pesue.doors.steps import keep_actors
from tests.make import NOON
from tests.make.content import a_photo
from tests.make.example import an_own_page
from tests.make.fediverse import LATER, a_follower, a_house, said, the_actor, turn
from tests.make.people import a_member, an_organisation
from tests.make.public import a_public_concept, told

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def organisation():
    return an_organisation(language="en")


@pytest.fixture
def house() -> Actor:
    return a_house()


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


def test_what_waits_of_somebody_who_goes_is_not_sent(house: Actor, monkeypatch):
    ana = a_member()
    an_own_page(ana, slug="ana")
    turn(NOON)
    a_follower(the_actor(ana))
    told(ana)
    turn()
    an_own_page(ana, slug="ana", shown=False)
    keep_actors(LATER)
    sent = []

    def send(letter, _now):
        sent.append(json.loads(letter.body))
        return delivering.Outcome(202)

    monkeypatch.setattr(delivering, "send", send)
    delivering.deliver(now=LATER)
    assert [one["type"] for one in sent] == ["Delete"]


def test_the_house_waits_for_an_author_who_tells_themselves(house: Actor):
    """Else it would be the house's note, and theirs the echo."""
    ana = a_member()
    an_own_page(ana, slug="ana")
    turn(NOON)
    told(ana)
    assert not for_the_house(house).exists()
    turn()
    [note] = Post.objects.filter(note=None)
    assert note.actor == the_actor(ana)


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
