"""People who can be followed come and go, change, and get new keys."""

from datetime import timedelta

import httpx
import pytest
from django.test import Client

from pesue.doors.actions import actors, delivering
from pesue.doors.models import Activity, Actor, Delivery, Follower, Inbox, Post
from pesue.doors.steps import forget_followers, keep_actors, tell_followers
from pesue.example.actions.own_page import SlugTaken
from pesue.foundation import secrets
from pesue.people.actions import members
from pesue.privacy.actions.erasing import erase
from tests.make.example import an_own_page
from tests.make.fediverse import LATER, a_follower, a_house, said, the_actor, turn
from tests.make.people import a_member, an_organisation
from tests.make.public import told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def organisation():
    return an_organisation(language="en")


@pytest.fixture
def house() -> Actor:
    return a_house()


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


def test_the_newest_seal_is_on_every_key_there_is(house: Actor, monkeypatch):
    """One that has let go of its key, and has no new one yet, has none to seal."""
    ana = a_member()
    an_own_page(ana, slug="ana")
    turn()
    Actor.objects.filter(pk=house.pk).update(sealed="")
    before = the_actor(ana).private_key()
    ring = secrets.ring().with_new_key()
    monkeypatch.setattr(secrets, "ring", lambda: ring)
    assert actors.reseal() == 1
    assert ring.is_newest(the_actor(ana).sealed)
    assert the_actor(ana).private_key() == before
    assert actors.reseal() == 0


def _no_key(letter) -> delivering.Outcome:
    assert letter is None
    return delivering.Outcome(0, "no key")


def test_the_houses_name_is_nobody_elses():
    ana = a_member()
    an_own_page(ana, slug="ana")
    with pytest.raises(actors.NameTaken):
        a_house("ana")
    ana_went = an_own_page(a_member(), slug="gone")
    ana_went.delete()
    with pytest.raises(actors.NameTaken):
        a_house("gone")
    a_house("stories")
    with pytest.raises(SlugTaken):
        an_own_page(a_member(), slug="stories")
    with pytest.raises(actors.NameTaken):
        a_house("other")
    actors.close_house(now=LATER)
    assert a_house("stories").state == "open"


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
