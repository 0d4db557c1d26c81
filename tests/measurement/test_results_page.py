import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from pesue.measurement.steps import count
from pesue.measurement.views import figures as views
from tests.make import NOON
from tests.make.content import an_item
from tests.make.counts import tellers
from tests.make.people import a_lead, a_member, a_team

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
APRIL = NOON + timedelta(days=28)


@pytest.fixture(autouse=True)
def _in_april(monkeypatch):
    monkeypatch.setattr(views, "now", lambda: APRIL)


def a_client(member) -> Client:
    client = Client()
    client.force_login(
        member, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def lines(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_everybody_sees_totals_and_their_own_and_leads_the_parts():
    item = an_item("The night oven")
    me, *_ = tellers(6, item=item)
    count(APRIL)
    page = a_client(me).get(reverse("results")).content.decode()
    assert "estimated" in page
    assert "Only you see these" in page
    assert "The night oven" not in page
    lead = a_client(a_lead()).get(reverse("results"), {"by": "item"})
    assert "The night oven" in lead.content.decode()


def test_a_member_cannot_ask_for_parts_by_address():
    tellers(6, item=an_item("The night oven"))
    count(APRIL)
    client = a_client(a_member())
    assert "night oven" not in client.get("/results?by=item").content.decode()
    assert "night oven" not in client.get("/results.csv?by=item").content.decode()


def test_ones_own_numbers_are_whole_and_at_once():
    [me] = tellers(1, readers=7, at=APRIL - timedelta(minutes=1))
    page = a_client(me).get("/results").content.decode()
    mine = page.partition('id="mine"')[2].partition('id="ours"')[0]
    assert ">7<" in mine


def test_the_csv_has_the_pages_numbers_under_the_same_protection():
    big, small = an_item("=cmd()"), an_item("Small")
    tellers(6, item=big)
    tellers(5, item=an_item("Middle"))
    tellers(2, item=small)
    count(APRIL)
    rows = lines(a_client(a_lead()).get("/results.csv?by=item"))
    assert rows[0][2:] == [
        "shares.people",
        "shares.published",
        "shares.confirmed",
        "visits.people",
        "visits.hits",
        "visits.visitors",
    ]
    assert ["month", "2026-03", "13", "13", "", "39", "39", ""] in rows
    assert [row for row in rows if row[0] == "item"] == [
        ["item", "'=cmd()", "6", "6", "", "18", "18", ""]
    ]


def test_different_visitors_are_drawn_by_day_and_have_no_other_numbers():
    tellers(6, item=an_item("The night oven"))
    count(APRIL)
    client = a_client(a_lead())
    page = client.get("/results?by=item&what=visits.visitors").content.decode()
    assert '<option value="visits.visitors" selected>' in page
    assert page.count("<figure") == 1  # of days; there is nothing to draw by item
    assert "Days cannot be added up" in page


def test_nothing_yet_is_said_kindly_and_bad_choices_fall_back():
    client = a_client(a_lead())
    for query in ("", "?month=2026-99&by=nonsense&what=x", "?month=%00"):
        page = client.get(f"/results{query}")
        assert page.status_code == 200
        assert "No week has ended yet" in page.content.decode()


def test_queries_do_not_grow(django_assert_max_num_queries):
    client = a_client(a_lead())
    for cut in ("team", "item", "topic", "channel"):
        for _ in range(3):
            tellers(5, team=a_team(), item=an_item())
            count(APRIL)
        with django_assert_max_num_queries(18):
            client.get(f"/results?by={cut}")


def test_only_members(client):
    assert client.get("/results").status_code == 302
    assert client.get("/results.csv").status_code == 302
