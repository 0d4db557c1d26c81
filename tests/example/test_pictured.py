"""A picture is shown only while everybody in it agrees."""

import httpx
import pytest
from django.urls import reverse
from django.utils.timezone import now

from pesue.content.models import Picture
from pesue.example import actions
from pesue.example.models import Pictured, Showcase
from pesue.people.actions import members
from pesue.people.models import Member
from pesue.privacy.actions.erasing import erase
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.content import an_item
from tests.make.example import a_showcase
from tests.make.people import a_member
from tests.make.told import a_told

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


def with_picture() -> Showcase:
    picture = Picture.objects.create(file="ab.webp", alt="Ovens", width=9, height=9)
    return a_showcase(share=a_told(item=an_item(picture=picture)))


def shape(showcase, *people, pictured=True):
    actions.shape(showcase, until=None, pictured=pictured, people=people, now=NOON)


def seen(showcase):
    found = actions.today(a_member(), now=now())
    return found and found.showcase == showcase and found.picture


def test_asked_agreed_taken_back():
    showcase, friend = with_picture(), a_member("Frida")
    assert seen(showcase)
    shape(showcase, friend)
    shape(showcase, friend)  # asked once
    assert Message.objects.filter(kind="pictured", member=friend).count() == 1
    assert seen(showcase) is None
    asked = Pictured.objects.get()
    actions.answer_picture(asked, agrees=True, now=NOON)
    assert seen(showcase)
    actions.answer_picture(asked, agrees=False, now=NOON)
    assert seen(showcase) is None
    shape(showcase, friend)  # a no stays a no
    assert Pictured.objects.get().state == "declined"
    assert seen(showcase) is None


def test_without_its_picture_by_the_author():
    showcase = with_picture()
    shape(showcase, pictured=False)
    showcase.refresh_from_db()
    assert seen(showcase) is None


@pytest.mark.parametrize("how", ["left", "erased"])
def test_who_has_left_agrees_to_nothing(how):
    showcase, friend = with_picture(), a_member("Frida")
    shape(showcase, friend)
    actions.answer_picture(Pictured.objects.get(), agrees=True, now=NOON)
    assert seen(showcase)
    if how == "left":
        members.leave(friend, now=NOON)
    else:
        nobody = httpx.Client(
            transport=httpx.MockTransport(lambda _: httpx.Response(500))
        )
        erase(friend, posts=False, now=NOON, http=nobody)
    assert seen(showcase) is None


def test_only_who_is_in_it_answers(client):
    showcase, friend = with_picture(), a_member("Frida", language="en")
    shape(showcase, friend)
    address = reverse("pictured", args=[Pictured.objects.get().pk])
    client.force_login(showcase.author)
    assert client.get(address).status_code == 404
    assert client.post(address, {"answer": "yes"}).status_code == 404
    client.force_login(friend)
    assert "be recognised" in client.get(address).content.decode()
    client.post(address, {"answer": "yes"})
    assert Pictured.objects.get().agrees
    client.post(address, {"answer": "no"})
    assert not Pictured.objects.get().agrees


def test_the_author_shapes_it_on_the_page(client):
    showcase, friend = with_picture(), a_member("Frida")
    a_member(state=Member.State.LEFT, email="gone@example.com")
    client.force_login(showcase.author)
    address = reverse("showcase-shape", args=[showcase.pk])
    wrong = client.post(address, {"pictured": "on", "people": "gone@example.com"})
    assert wrong.status_code == 422
    assert "gone@example.com" in wrong.content.decode()
    past = client.post(address, {"until": "2020-01-01", "people": friend.email})
    assert past.status_code == 422
    assert friend.email in past.content.decode()  # nothing typed is lost
    good = {"until": "2099-01-01", "pictured": "on", "people": friend.email.upper()}
    assert client.post(address, good).status_code == 302
    assert Pictured.objects.get().member == friend
    client.force_login(a_member())
    assert client.post(address, good).status_code == 404
