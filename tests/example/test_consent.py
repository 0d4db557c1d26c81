import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from pesue.encouragement.models import Thanks
from pesue.example import actions
from pesue.example.models import Showcase
from pesue.example.queries import posts_at
from pesue.foundation.moves import ForbiddenMove
from tests.make import NOON
from tests.make.example import a_showcase
from tests.make.people import a_member
from tests.make.told import a_told

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
State = Showcase.State


def test_nominating_asks_the_author_and_tells_nobody_more():
    share, finder = a_told(), a_member()
    actions.nominate(share.url, finder, good="so clear", now=NOON)
    actions.nominate(share.url, a_member(), good="again", now=NOON)
    actions.nominate("https://social.example/none", finder, now=NOON)
    [asked] = Showcase.objects.all()
    assert (asked.state, asked.author, asked.good) == (
        "asked",
        share.member,
        "so clear",
    )


def test_a_post_is_found_by_its_address_without_reading_them_all():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which else reads a small table whole
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "shares_by_url" in posts_at("https://social.example/@ana/1").explain()
    a_told(url="")  # handed over; the member gave no address
    assert not posts_at("").exists()


def test_one_who_declined_is_not_asked_again():
    share = a_told()
    actions.nominate(share.url, a_member(), now=NOON)
    actions.decline(Showcase.objects.get(), now=NOON)
    actions.nominate(share.url, a_member(), now=NOON)
    assert Showcase.objects.get().state == State.DECLINED


def test_one_cannot_nominate_oneself_but_may_offer_and_end():
    share = a_told()
    actions.nominate(share.url, share.member, now=NOON)
    assert not Showcase.objects.exists()
    actions.offer(share, share.member, now=NOON)
    actions.offer(share, share.member, now=NOON)
    showcase = Showcase.objects.get()
    actions.end(showcase, now=NOON)
    with pytest.raises(ForbiddenMove):
        actions.end(showcase, now=NOON)


def a_client(member) -> Client:
    client = Client()
    client.force_login(
        member, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def test_only_the_author_answers():
    asked = a_showcase(state=State.ASKED)
    address = reverse("showcase", args=[asked.pk])
    assert a_client(a_member()).get(address).status_code == 404
    client = a_client(asked.author)
    assert client.get(address).status_code == 200
    client.post(address, {"answer": "agree"})
    client.post(address, {"answer": "decline"})  # not from agreed: it stays
    asked.refresh_from_db()
    assert asked.state == State.AGREED


def test_thanks_in_one_tap_for_what_is_shown_only():
    shown, hidden = a_showcase(), a_showcase(state=State.ASKED)
    client = a_client(a_member())
    assert client.post(reverse("thank", args=[hidden.pk])).status_code == 404
    assert client.post(reverse("thank", args=[shown.pk])).status_code == 302
    swapped = client.post(
        reverse("thank", args=[shown.pk]), {"words": "Wow"}, headers={"HX-Request": "1"}
    )
    assert b"You thanked" in swapped.content
    assert [t.words for t in Thanks.objects.all()] == ["Wow"]
    own = a_client(shown.author).post(reverse("thank", args=[shown.pk]), follow=True)
    assert "yours" in own.content.decode()
    assert Thanks.objects.count() == 1


def test_the_list_has_a_constant_number_of_queries(django_assert_max_num_queries):
    reader = a_client(a_member())
    a_showcase()
    with django_assert_max_num_queries(12):
        reader.get(reverse("examples"))
    a_showcase()
    a_showcase()
    with django_assert_max_num_queries(12):
        page = reader.get(reverse("examples"))
    assert page.content.count(b"Proud of this.") == 3


def test_a_bad_address_keeps_what_was_typed():
    page = a_client(a_member()).post(
        reverse("nominate"), {"url": "not one", "good": "So warm"}
    )
    assert page.status_code == 422
    assert b"So warm" in page.content
