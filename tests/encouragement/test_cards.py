"""A card a month: only true numbers, once, and only for whose words were read."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pesue.encouragement.card import Lettering, drawn
from pesue.encouragement.messages.cards import CARD
from pesue.encouragement.models import Card
from pesue.encouragement.months import in_month, ready
from pesue.encouragement.steps import make_cards
from pesue.foundation.days import following
from pesue.foundation.models import Run, name_of
from pesue.people.models import Member
from pesue.reach.actions.line import unsubscribe
from pesue.reach.models import Message
from pesue.reach.steps import send_mail
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.content import an_item
from tests.make.people import a_member, an_organisation
from tests.make.recognition import a_card
from tests.make.told import a_told, some_readers

pytestmark = pytest.mark.thorough

APRIL = datetime(2026, 4, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def read(share, people, day):
    some_readers(share, people, day=date(2026, 3, day))


def ran(at):
    Run.objects.update_or_create(step=name_of(make_cards), defaults={"finished_at": at})


# --- Months


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 300))
def test_run_every_day_each_month_is_ready_once(first, days):
    found = []
    for n in range(days):
        found += ready(first + n * DAY, first + (n + 1) * DAY)
    assert found == sorted(set(found))
    if days > 62:
        assert len(found) >= days // 31 - 1


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 300))
def test_a_worker_that_was_away_makes_the_same(first, days):
    last = first + days * DAY
    each = [
        m for n in range(days) for m in ready(first + n * DAY, first + (n + 1) * DAY)
    ]
    assert ready(first, last) == each


def test_ready_on_the_second():
    march = date(2026, 3, 1)
    assert ready(None, date(2026, 4, 2)) == [march]
    assert ready(None, date(2026, 4, 1)) == [date(2026, 2, 1)]
    assert ready(date(2026, 4, 2), date(2026, 4, 2)) == []
    assert ready(date(2020, 1, 5), date(2026, 4, 2), most=3)[-1] == march
    assert following(date(2026, 12, 1)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("language", "said"),
    [("fi", "Lokakuussa"), ("sv", "I oktober"), ("en", "In October")],
)
def test_when_in_words(language, said):
    with translation.override(language):
        assert in_month(date(2026, 10, 1)) == said


# --- The step


@pytest.mark.django_db
def test_the_month_that_is_over_its_people_and_what_most_of_them_read():
    ana = a_member("Ana", language="en")
    night, bread = an_item("How the night shift works"), an_item("Bread")
    share = a_told(member=ana, item=night)
    read(share, 20, 1)
    read(share, 12, 31)
    read(a_told(member=ana, item=bread), 9, 15)
    some_readers(share, 99, day=date(2026, 4, 1))  # another month
    for _ in range(2):
        make_cards(APRIL)
    [card] = Card.objects.all()
    assert (card.member, card.month) == (ana, date(2026, 3, 1))
    assert (card.people, card.item, card.of_item) == (41, night, 32)
    [mail] = Message.objects.all()
    assert mail.subject == "In March 41 people read your words"
    assert "32 of them about “How the night shift works”" in mail.text
    assert f"/encouragement/cards/{card.pk}" in mail.text


@pytest.mark.django_db
def test_not_for_fewer_than_five_nor_for_who_left_or_deleted_it():
    read(a_told(), 4, 1)
    read(a_told(member=a_member(state=Member.State.LEFT)), 9, 1)
    read(a_told(state=Share.State.DELETED), 9, 1)
    ana = a_member("Ana")
    for item in (an_item(), an_item()):  # five together
        read(a_told(member=ana, item=item), 3, 2)
    make_cards(APRIL)
    [card] = Card.objects.all()
    assert (card.member, card.people, card.of_item) == (ana, 6, 3)


@pytest.mark.django_db
def test_it_waits_for_the_last_clicks_and_is_made_once(django_assert_num_queries):
    share = a_told()
    read(share, 9, 31)
    ran(APRIL - DAY)
    make_cards(APRIL)
    ran(APRIL)
    with django_assert_num_queries(1):
        assert make_cards(APRIL + timedelta(seconds=1)) == 0
    read(share, 20, 30)  # a late row changes no card that was sent
    make_cards(APRIL + 20 * DAY)
    assert Card.objects.get().people == 9


@pytest.mark.django_db
def test_a_worker_killed_in_the_midst_loses_and_doubles_nothing(monkeypatch):
    from pesue.encouragement.messages import cards as messages

    for _ in range(3):
        read(a_told(), 9, 1)
    sent = []

    def dies(card, *, now):
        if sent:
            raise MemoryError
        sent.append(card)

    with monkeypatch.context() as patch:
        patch.setattr(messages, "made", dies)
        with pytest.raises(MemoryError):
            make_cards(APRIL)
    make_cards(APRIL)
    make_cards(APRIL)
    assert Card.objects.count() == Message.objects.count() == 3


@pytest.mark.django_db
def test_months_away_are_made_up_for():
    share = a_told()
    read(share, 9, 1)
    some_readers(share, 8, day=date(2026, 4, 9))
    ran(NOON)
    make_cards(datetime(2026, 5, 20, 9, tzinfo=UTC))
    months = Card.objects.order_by("month").values_list("month", "people")
    assert list(months) == [(date(2026, 3, 1), 9), (date(2026, 4, 1), 8)]


@pytest.mark.django_db
def test_the_mail_can_be_declined_and_the_card_is_there_all_the_same():
    share = a_told()
    read(share, 9, 1)
    unsubscribe(share.member, CARD, now=NOON)
    make_cards(APRIL)
    send_mail(APRIL)
    assert Message.objects.get().state == "dropped"
    assert Card.objects.exists()


# --- The picture


def words(**changes) -> Lettering:
    said = {
        "month": "Lokakuussa",
        "year": "2026",
        "number": "41",
        "did": "ihmistä luki sanojasi",
        "about": "aiheesta “Miten yövuoro toimii”",
        "source": "Arvio",
        "organisation": "Saariston Leipä",
    }
    return Lettering(**{**said, **changes})


def test_it_is_a_picture_and_its_words_are_in_it():
    one = Image.open(io.BytesIO(drawn(words(), "#9c3d21")))
    assert (one.format, one.size) == ("PNG", (1200, 630))
    assert drawn(words(), "#9c3d21") == drawn(words(), "#9c3d21")
    for change in ({"number": "42"}, {"about": "aiheesta “Ruis”"}, {"month": "I maj"}):
        assert drawn(words(**change), "#9c3d21") != drawn(words(), "#9c3d21")


def test_whatever_a_title_is_it_stays_within_the_picture():
    for about in ("W" * 200, "sana " * 60, "🎉🎉", ""):
        body = drawn(words(about=about, organisation="Ö" * 100), "#1f567a")
        picture = Image.open(io.BytesIO(body)).convert("RGB")
        right = picture.crop((1150, 260, 1200, 630))
        assert len(right.getcolors() or []) == 1  # the margin is empty


# --- The page


@pytest.mark.django_db
def test_only_its_owner_sees_it(client):
    an_organisation()
    card = a_card(item=an_item("Night"), of_item=41)
    for path in (
        f"/encouragement/cards/{card.pk}",
        f"/encouragement/cards/{card.pk}.png",
    ):
        client.logout()
        assert client.get(path).status_code == 302
        client.force_login(a_member("Eva"))
        assert client.get(path).status_code == 404
        client.force_login(card.member)
        assert client.get(path).status_code == 200
    page = client.get(f"/encouragement/cards/{card.pk}").content.decode()
    assert "41 people read your words" in page
    assert "about “Night”" in page
    kept = client.get(f"/encouragement/cards/{card.pk}.png?keep")
    assert kept["Content-Disposition"] == 'attachment; filename="pesue-2026-03.png"'
    assert kept.content.startswith(b"\x89PNG")
