"""What my words did, in people, each sentence with where it is from."""

from datetime import timedelta

import pytest
from django.utils import translation

from pesue.measurement.models import Happened
from pesue.measurement.queries.afterwards import Came
from pesue.pages.meaning.queries import sentence
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_member
from tests.make.recognition import a_card, a_letter
from tests.make.told import a_told, some_readers

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def happened(share: Share, kind: str, number: int) -> None:
    Happened.objects.create(
        kind=kind,
        link=share.link,
        day=NOON.date(),
        number=number,
        changed_at=NOON,
    )


def test_told_in_people_with_what_came_of_it_and_where_it_is_from(client):
    ana = a_member(language="en")
    share = a_told(member=ana, item=an_item("How the night shift works"))
    some_readers(share, 30)
    some_readers(share, 11, day=NOON.date() + DAY)
    happened(share, "application", 2)
    client.force_login(ana)
    page = client.get("/encouragement/impact").content.decode()
    assert "41 people read what you told about “How the night shift works”" in page
    assert "2 job applications came of it" in page
    for source in ("estimated", "measured", "short link of your post"):
        assert source in page


def test_what_is_not_known_is_not_said(client):
    ana = a_member(language="en")
    some_readers(a_told(member=ana), 1)
    client.force_login(ana)
    page = client.get("/encouragement/impact").content.decode()
    assert "1 person read" in page
    assert "measured" not in page


def test_nobody_elses_nor_what_is_public_no_more(client):
    ana = a_member(language="en")
    some_readers(a_told(item=an_item("Of Eva")), 9)
    deleted = a_told(member=ana, item=an_item("Gone"), state=Share.State.DELETED)
    some_readers(deleted, 9)
    some_readers(a_told(member=ana, item=an_item("Robots")), 0, hits=4)
    client.force_login(ana)
    page = client.get("/encouragement/impact").content.decode()
    for title in ("Of Eva", "Gone", "Robots"):
        assert title not in page
    client.logout()
    assert client.get("/encouragement/impact").status_code == 302


def test_sentences_in_three_languages():
    for language, said in (
        ("en", "1 person got in touch with us"),
        ("fi", "1 ihminen otti yhteyttä"),
        ("sv", "1 person tog kontakt med oss"),
    ):
        with translation.override(language):
            assert sentence(Came("lead", 1, NOON.date(), NOON.date())) == said
    for kind in Happened.Kind.values:
        assert "3" in sentence(Came(kind, 3, NOON.date(), NOON.date()))


def test_the_page_costs_the_same_with_one_row_and_with_three(
    client, django_assert_max_num_queries
):
    ana = a_member()
    client.force_login(ana)
    costs = []
    for more in (1, 2):
        for n in range(more):
            share = a_told(member=ana)
            some_readers(share, 9)
            happened(share, "ticket", 2)
            a_letter(member=ana, ends_on=NOON.date() + 9999 * DAY)
            month = NOON.date().replace(day=1, month=more + n)
            a_card(ana, month=month, item=an_item())
        with django_assert_max_num_queries(30) as seen:
            client.get("/encouragement/impact")
        costs.append(len(seen))
    assert costs[0] == costs[1]
