"""A system sends what happened after a visit: counted once, or told why not."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from pesue.measurement.actions import senders as actions
from pesue.measurement.models import Happened, Heard, Sender
from pesue.measurement.outside.called import LARGEST, MOST, MOST_BYTES
from pesue.measurement.outside.words import CALLS
from pesue.measurement.steps import count, forget_outside
from pesue.measurement.views import figures, senders
from pesue.sharing.models import Link
from tests.make import NOON
from tests.make.counts import tellers
from tests.make.outside import a_sender
from tests.make.people import a_lead, a_member, a_team
from tests.measurement.test_outside_pages import a_client, after, bring, keep

pytestmark = pytest.mark.django_db
APRIL = NOON + timedelta(days=28)


@pytest.fixture(autouse=True)
def _in_april(monkeypatch):
    monkeypatch.setattr(senders, "now", lambda: APRIL)
    monkeypatch.setattr(figures, "now", lambda: APRIL)


@pytest.fixture
def lead():
    return a_lead(language="en")


@pytest.fixture
def token(lead) -> str:
    return a_sender(lead)[1]


@pytest.fixture
def slug() -> str:
    return links_of(1)[0]


def links_of(many: int) -> list[str]:
    """The ids of links of so many people, made on NOON."""
    links = Link.objects.filter(share__member__in=tellers(many)).order_by("pk")
    return list(links.values_list("slug", flat=True))


def one(slug: str, key: str = "form-1", **fields: object) -> dict[str, object]:
    about = {"id": slug, "kind": "lead", "number": 2, "day": "2026-03-04"}
    return {**about, "idempotency_key": key, **fields}


def call(token: str, *outcomes: object, body: str | bytes | None = None, **headers):
    """What /outcomes answers: its status, and its words."""
    answer = Client(enforce_csrf_checks=True).post(
        "/outcomes",
        body if body is not None else json.dumps({"outcomes": outcomes}),
        content_type="application/json",
        headers={
            "authorization": f"Bearer {token}",
            "accept-language": "en",
            **headers,
        },
    )
    return answer.status_code, answer.json()


def kept() -> list[tuple[str, str, int]]:
    rows = Happened.objects.order_by("link", "kind", "day")
    return [(row.kind, row.day.isoformat(), row.number) for row in rows]


def test_a_lead_lets_a_system_in_and_it_sends_as_the_documentation_says(lead):
    client, slugs = a_client(lead), links_of(6)
    made = client.post("/results/outside/system", {"name": "Job page"})
    page = made.content.decode()
    token = re.search(r'id="key">([^<]+)<', page)[1]
    assert "no-store" in made["Cache-Control"]
    assert token not in client.get("/results/outside").content.decode()
    assert token.partition("-")[2] not in Sender.objects.get().hash
    [shown] = re.findall(r"-d '(.*?)'</code>", page.replace("&quot;", '"'), re.DOTALL)
    example = json.loads(shown)["outcomes"][0]
    assert set(example) == set(one("x"))

    sent = [one(slug, f"form-{slug}", number=10) for slug in slugs]
    assert call(token, *sent) == (
        200,
        {"counted": 6, "repeated": 0, "not_counted": []},
    )
    count(APRIL)
    assert ">60<" in after(client)
    assert "last heard of" in client.get("/results/outside").content.decode()


def test_a_key_counts_once_and_different_ones_add_up(token, slug):
    assert call(token, one(slug))[1]["counted"] == 1
    again = call(token, one(slug), one(slug, "form-2"), one(slug, "form-2"))
    assert again == (200, {"counted": 1, "repeated": 2, "not_counted": []})
    assert kept() == [("lead", "2026-03-04", 4)]


def test_a_key_that_comes_with_something_else_is_told_and_not_counted(token, slug):
    call(token, one(slug))
    _, told = call(
        token,
        one(slug, number=3),
        one(slug, "b"),
        one(slug, "b", day="2026-03-05"),
    )
    assert told["counted"] == 1
    assert [(no["outcome"], no["reason"]) for no in told["not_counted"]] == [
        (1, "other"),
        (3, "other"),
    ]
    assert kept() == [("lead", "2026-03-04", 4)]


def test_the_same_key_of_two_systems_is_two(token, slug, lead):
    other = a_sender(lead, "Shop")[1]
    for each in (token, other):
        assert call(each, one(slug))[1]["counted"] == 1
    assert kept() == [("lead", "2026-03-04", 4)]


def test_what_cannot_be_counted_is_told_and_loses_no_other(token, slug):
    wrong = [
        ("unknown link", one("n0t0urs", "a")),
        ("early", one(slug, "b", day="2026-03-01")),
        ("future", one(slug, "c", day="2026-03-31")),
        ("day", one(slug, "d", day="3/4/2026")),
        ("day", one(slug, "e", day="2026-02-30")),
        ("day", one(slug, "f", day=20260304)),
        ("kind", one(slug, "g", kind="person")),
        ("number", one(slug, "h", number=-1)),
        ("number", one(slug, "i", number=True)),
        ("number", one(slug, "j", number=1.5)),
        ("number", one(slug, "k", number="2")),
        ("number", one(slug, "l", number=LARGEST + 1)),
        ("id", one("two words", "m")),
        ("id", one(None, "n")),
        ("key", one(slug, " ")),
        ("key", one(slug, "x" * 101)),
        ("key", one(slug, 7)),
    ]
    status, told = call(token, *(row for _, row in wrong), one(slug, "right"))
    assert status == 200
    assert told["counted"] == 1
    assert [no["reason"] for no in told["not_counted"]] == [why for why, _ in wrong]
    assert [no["outcome"] for no in told["not_counted"]] == [*range(1, 18)]
    assert all(no["words"] for no in told["not_counted"])
    assert kept() == [("lead", "2026-03-04", 2)]


def test_an_outcome_that_was_not_counted_may_come_again(token, slug):
    assert call(token, one(slug, day="2026-03-31"))[1]["counted"] == 0
    assert call(token, one(slug))[1]["counted"] == 1


@pytest.mark.parametrize(
    ("why", "body"),
    [
        ("json", b"\xff\xfe"),
        ("json", " "),
        ("json", "[" * 100_000),
        ("json", '{"outcomes": [' + "9" * 5000 + "]}"),
        ("shape", "[]"),
        ("shape", '{"outcomes": {}}'),
        ("shape", '{"outcomes": ["x"]}'),
        ("many", '{"outcomes": []}'),
        ("many", json.dumps({"outcomes": [{}] * (MOST + 1)})),
        ("field", '{"outcomes": [{"id": "x"}], "campaign": "y"}'),
        ("field", json.dumps({"outcomes": [one("x", email="Ana")]})),
        ("missing", '{"outcomes": [{"id": "x"}]}'),
        ("personal", json.dumps({"outcomes": [one("x", "ana@example.org")]})),
        ("personal", json.dumps({"outcomes": [one("x", "203.0.113.9")]})),
    ],
)
def test_a_call_that_is_not_as_we_ask_is_refused_as_a_whole(token, slug, why, body):
    if isinstance(body, str) and '"x"' in body:
        body = body.replace(
            '{"outcomes": [', f'{{"outcomes": [{json.dumps(one(slug))}, '
        )
    status, told = call(token, body=body)
    assert (status, told["reason"]) == (422, why)
    assert told["words"]
    assert not kept()
    assert not Heard.objects.exists()


def test_letters_that_are_none_are_a_key_like_any_other(token, slug):
    body = json.dumps({"outcomes": [one(slug, "\ud800"), one(slug, "\0")]})
    assert call(token, body=body)[1]["counted"] == 2


def test_a_body_that_is_too_large_is_not_read(token):
    status, told = call(token, body=" " * (MOST_BYTES + 1))
    assert (status, told["reason"]) == (413, "large")


def test_a_call_in_chunks_is_asked_for_its_length(token, slug):
    """Without it the body would be taken for an empty one."""
    for headers in ({"content-length": ""}, {"transfer-encoding": "chunked"}):
        status, told = call(token, body="", **headers)
        assert (status, told["reason"]) == (411, "length")


def test_who_calls_too_often_waits(token, slug, settings):
    settings.ACCOUNT_RATE_LIMITS = {"outcomes": "2/m/key"}
    assert [call(token, one(slug))[0] for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer 1-",
        "Bearer 99999999999999999999-aa",
        "Bearer ä-ö",
        "Bearer ²-aa",
        "Basic {token}",
        "Bearer {token}0",
        "{token}",
    ],
)
def test_without_its_token_nobody_sends(token, slug, said):
    header = said.format(token=token)
    status, told = call("", one(slug), authorization=header)
    assert (status, told["reason"]) == (401, "token")
    assert not kept()


def test_an_ended_one_is_let_in_no_more(token, slug, lead):
    client = a_client(lead)
    [sender] = Sender.objects.all()
    assert call(token, one(slug))[0] == 200
    for _ in range(2):
        assert (
            client.post(f"/results/outside/system/{sender.pk}/end").status_code == 302
        )
    assert call(token, one(slug, "form-2"))[0] == 401
    assert kept() == [("lead", "2026-03-04", 2)]
    assert "ended" in client.get("/results/outside").content.decode()


def test_only_those_who_lead_the_whole_let_systems_in(lead):
    sender = a_sender(lead)[0]
    for member in (a_member(), a_lead(team=a_team())):
        client = a_client(member)
        made = client.post("/results/outside/system", {"name": "Mine"})
        ended = client.post(f"/results/outside/system/{sender.pk}/end")
        assert (made.status_code, ended.status_code) == (403, 403)
    assert Sender.objects.get().ended_at is None
    assert Client().get("/outcomes").status_code == 405


def test_a_system_without_a_name_is_asked_for_it(lead):
    assert a_client(lead).post("/results/outside/system", {}).status_code == 422
    assert not Sender.objects.exists()


def test_a_file_takes_the_place_of_what_was_sent_and_more_adds_to_it(token, slug, lead):
    client = a_client(lead)
    call(token, one(slug))
    rows = f"kind,day,id,number\nlead,2026-03-04,{slug},7\n"
    keep(client, bring(client, "afterwards", rows))
    assert kept() == [("lead", "2026-03-04", 7)]
    call(token, one(slug), one(slug, "form-2"))
    assert kept() == [("lead", "2026-03-04", 9)]


def test_what_was_sent_is_no_more_shown_than_what_a_file_holds(token, lead):
    slugs = links_of(4)
    call(token, *(one(slug, slug, number=10) for slug in slugs))
    count(APRIL)
    assert ">40<" not in after(a_client(lead))


def test_a_key_is_kept_as_a_hash_for_some_weeks(token, slug):
    call(token, one(slug, "order-1001"))
    [heard] = Heard.objects.all()
    assert "1001" not in str(vars(heard))
    last = APRIL.replace(minute=0) + actions.REMEMBERED
    forget_outside(last)
    assert Heard.objects.exists()
    forget_outside(last + timedelta(days=1))
    assert not Heard.objects.exists()
    assert kept() == [("lead", "2026-03-04", 2)]


def test_of_more_outcomes_only_the_adding_up_is_more_work(token):
    took = []
    for many in (1, 4):
        slugs = links_of(many)
        with CaptureQueriesContext(connection) as queries:
            call(token, *(one(slug, slug) for slug in slugs))
        took.append(len(queries))
    assert took[1] <= took[0] + 3


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_refusal_is_a_sentence(language):
    with translation.override(language):
        for words in CALLS.values():
            assert str(words).format(about="7").strip().endswith(".")
