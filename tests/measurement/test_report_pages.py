"""The month's report as a page, a PDF, pictures, a link for others and a mail."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from pesue.measurement import steps
from pesue.measurement.models import MonthCost, OpenReport, PutAside, TrialReading
from pesue.measurement.steps import count
from pesue.measurement.views import reports as views
from pesue.reach.actions.line import unsubscribe
from pesue.reach.kinds import KINDS
from pesue.reach.models import Message
from pesue.trials.models import Assignment, Trial
from tests.make import NOON
from tests.make.counts import tellers
from tests.make.people import a_lead, a_member, a_team, an_organisation
from tests.make.reports import (
    DAY,
    MARCH,
    a_reading,
    a_roll_out,
    some_costs,
    web_statistics,
)
from tests.make.trials import ITEMS, a_trial

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
APRIL = NOON + timedelta(days=33)


@pytest.fixture(autouse=True)
def _in_april(monkeypatch):
    an_organisation()
    monkeypatch.setattr(views, "now", lambda: APRIL)


def a_client(member) -> Client:
    client = Client()
    client.force_login(
        member, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def a_month() -> None:
    """Six told in March, and each brought seven readers."""
    tellers(6, readers=7)
    count(APRIL)


def a_held_out(low: float = 2.0, high: float = 8.0) -> Trial:
    """A hold-out over the whole of March that found so many visits an item."""
    trial = a_trial(
        ITEMS,
        name="Wait a week",
        held=20,
        outcome="pages.visits",
        ends=MARCH.ends - DAY,
    )
    Trial.objects.filter(pk=trial.pk).update(
        state=Trial.State.ENDED,
        begins=MARCH.begins,
        began_at=NOON,
        over_at=NOON + (MARCH.ends - DAY - NOON.date()),
    )
    offered = trial.arms.get(is_control=False)
    for number in range(20):
        Assignment.objects.create(
            trial=trial,
            kind="item",
            unit=1000 + number,
            arm=offered,
            starts_on=MARCH.begins + number * DAY,
            at=NOON,
        )
    effect = {"estimate": (low + high) / 2, "low": low, "high": high}
    arms = {"offered": {"key": "offered", "units": 20, "people": 20, "mean": 9.0}}
    found = {
        "arms": arms,
        "compared": [{"arm": offered.key, "effect": effect, "why": ""}],
    }
    TrialReading.objects.create(trial=trial, at=NOON, found=found)
    return trial


def text_of(body: bytes) -> str:
    pages = PdfReader(io.BytesIO(body)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def page_of(client: Client, more: str = "") -> str:
    page = client.get(f"/results/report?month=2026-03{more}").content.decode()
    return page.replace("\N{NO-BREAK SPACE}", " ")


def test_from_numbers_to_what_one_visit_more_cost():
    a_month()
    web_statistics()
    a_held_out()
    a_reading((0.05, 0.01, 0.09))
    lead = a_lead()
    client = a_client(lead)
    before = page_of(client)
    assert "+100 visits" in before, "20 items, 5 more each"
    assert "+40 to +160 at 95 %" in before
    assert "nobody has entered them" in before
    costs = {
        "month": "2026-03",
        "money": "EUR",
        "licence": "0",
        "content_hours": "10",
        "content_rate": "50",
        "people_minutes": "600",
        "people_rate": "40",
        "rewards": "100",
    }
    assert client.post("/results/report/costs", costs).status_code == 302
    page = page_of(client)
    assert "10.00 €" in page, "1 000 over 100 visits"
    assert "6.25 € to 25.00 € at 95 %" in page
    assert "300 visits" in page
    assert "known for 28 days of 28" in page
    assert "Telling very likely brings more visits." in page
    assert "rests on a trial of our own" in page
    assert "people who told because of it" in page
    assert "+3 people" in page
    assert "$200 to $4,134" in page
    assert MonthCost.objects.get().by == lead
    client.post("/results/report/costs", {**costs, "rewards": "200"})
    assert MonthCost.objects.get().rewards == 200


def test_where_telling_may_have_added_nothing_the_cost_is_unbounded():
    a_month()
    a_held_out(-2.0, 8.0)
    some_costs()
    page = page_of(a_client(a_lead()))
    assert "unbounded: telling may have added no visits at all" in page
    assert "each cost more than 6.25 €" in page
    assert "We cannot tell whether telling brings more visits." in page


def test_a_scenario_only_on_request_and_as_a_range():
    a_month()
    a_held_out()
    some_costs(click_low=2, click_high="3.5")
    client = a_client(a_lead())
    asked = "What buying the same visits would have cost, which is not their value"
    assert asked not in page_of(client)
    page = page_of(client, "&scenario=1")
    assert asked in page
    assert "80.00 € to 560 €" in page


def test_nothing_known_is_said_with_what_it_would_take():
    a_month()
    page = page_of(a_client(a_lead()))
    lacking = page.partition('id="lacking"')[2]
    assert "How many visits telling added." in lacking
    assert "hold-out of 20 items at the very least" in lacking
    assert "not known" in page


def test_costs_that_are_none_are_refused():
    a_month()
    client = a_client(a_lead())
    form = {"month": "2026-03", "money": "EUR", "licence": "-5", "rewards": "1e99"}
    answer = client.post("/results/report/costs", form)
    assert answer.status_code == 422
    assert not MonthCost.objects.exists()


def test_the_pdf_says_what_the_page_says():
    a_month()
    a_held_out()
    a_reading((0.05, 0.01, 0.09))
    some_costs()
    client = a_client(a_lead())
    body = client.get("/results/report.pdf?month=2026-03").content
    text = text_of(body)
    for said in (
        "What telling did: March 2026",
        "People who told",
        "6.25 € to 25.00 € at 95 %",
        "Telling very likely brings more visits.",
        "rests on a trial of our own, drawn by lot",
        "What we cannot tell, and what it would take",
        "$200 to $4,134",
        "Interval at 95 %",
    ):
        assert said in text
    assert PdfReader(io.BytesIO(body)).trailer["/Root"]["/Lang"] == "en"


def test_pictures_are_the_size_of_a_slide():
    tellers(6)
    tellers(5, at=NOON + 7 * DAY)
    count(APRIL)
    a_reading((0.05, 0.01, 0.09))
    a_roll_out()
    client = a_client(a_lead())
    for key in ("weeks", "trials", "waves"):
        answer = client.get(f"/results/report/{key}.png?month=2026-03")
        image = Image.open(io.BytesIO(answer.content))
        assert (image.format, image.size) == ("PNG", (1280, 720))
        assert len(set(image.get_flattened_data())) > 3
    assert client.get("/results/report/more.png?month=2026-03").status_code == 404


def test_leads_of_the_whole_alone_and_others_by_an_address_that_can_be_closed(client):
    a_month()
    some_costs()
    for other in (a_member(), a_lead(team=a_team())):
        for path in ("report", "report.pdf", "report/weeks.png"):
            assert a_client(other).get(f"/results/{path}").status_code == 403
        assert a_client(other).post("/results/report/opening").status_code == 403
    assert client.get("/results/report").status_code == 302
    lead = a_client(a_lead())
    lead.post("/results/report/opening", {"month": "2026-03"})
    lead.post("/results/report/opening", {"month": "2026-03"})
    token = OpenReport.objects.get().token
    assert token in page_of(lead)
    answer = client.get(f"/results/report/of/{token}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex"
    assert 'method="post"' not in page.partition("<main")[2].partition("</main")[0]
    assert 'id="letter"' not in page
    assert 'id="advice"' not in page
    assert client.get(f"/results/report/of/{token}?pdf=1").content[:4] == b"%PDF"
    assert client.get(f"/results/report/of/{token}x").status_code == 404
    lead.post("/results/report/opening", {"month": "2026-03", "close": "1"})
    assert client.get(f"/results/report/of/{token}").status_code == 404


def test_before_a_month_is_over_there_is_none():
    client = a_client(a_lead())
    page = client.get("/results/report").content.decode()
    assert "The first report comes when a month is over" in page
    for path in ("report.pdf", "report/weeks.png"):
        assert client.get(f"/results/{path}").status_code == 404


def test_an_unknown_month_falls_back():
    a_month()
    client = a_client(a_lead())
    for query in ("?month=1999-01", "?month=%00", "?month=2026-99"):
        page = client.get(f"/results/report{query}").content.decode()
        assert "March 2026" in page


def test_advice_is_put_aside_for_one_lead():
    a_month()
    lead, other = a_lead(), a_lead()
    client = a_client(lead)
    assert "Bring in your web statistics." in page_of(client)
    back = client.post("/results/advice", {"key": "web", "month": "2026-03"})
    assert back.url == "/results/report?month=2026-03"
    client.post("/results/advice", {"key": "made up"})
    assert PutAside.objects.get().key == "web"
    assert 'value="web"' not in page_of(client)
    assert 'value="web"' in page_of(a_client(other))
    desk = a_client(other).get("/desk").content.decode()
    assert "Bring in your web statistics." in desk
    assert a_client(other).post("/results/advice", {"key": "web", "from": "desk"}).url
    assert 'value="web"' not in a_client(other).get("/desk").content.decode()
    of_a_team = a_client(a_lead(team=a_team())).get("/desk").content.decode()
    assert "Do this next" not in of_a_team


def test_three_readings_are_shrunk_before_anything_is_advised():
    a_month()
    for effect in ((0.06, -0.02, 0.14), (0.0, -0.08, 0.08), (-0.02, -0.1, 0.06)):
        a_reading(effect)
    page = page_of(a_client(a_lead()))
    assert "drawn towards the others" in page
    assert "very likely helps" not in page


def test_the_page_has_a_constant_number_of_queries(django_assert_max_num_queries):
    a_month()
    client = a_client(a_lead())
    a_reading()
    with django_assert_max_num_queries(60) as few:
        page_of(client)
    for _ in range(3):
        a_reading()
    with django_assert_max_num_queries(len(few)):
        page_of(client)


def test_the_letter_is_mailed_once_in_the_first_days_to_leads_who_want_it():
    a_month()
    lead = a_lead(language="fi")
    unwilling, _of_a_team = a_lead(), a_lead(team=a_team())
    unsubscribe(unwilling, KINDS["letter"], now=NOON)
    first = APRIL.replace(day=1)
    assert steps.write_letters(first.replace(month=3)) == 0
    assert steps.write_letters(first.replace(day=20)) == 0
    assert steps.write_letters(first) == 1
    assert steps.write_letters(first + DAY) == 0
    mail = Message.objects.get(kind="letter")
    assert mail.member == lead
    assert "maaliskuu 2026" in mail.subject
    assert "6 ihmistä kertoi" in mail.text
    assert "/results/report?month=2026-03" in mail.text


def test_the_letter_is_on_the_page_in_three_languages():
    a_month()
    page = page_of(a_client(a_lead(language="sv")))
    assert "Den här månaden berättade 6 personer" in page
    assert "Tässä kuussa 6 ihmistä" in page
    assert "This month 6 people" in page
    assert page.index('id="letter-sv"') < page.index('id="letter-fi"')


def test_an_earlier_hold_out_is_not_taken_for_this_month(monkeypatch):
    a_month()
    tellers(6, at=NOON + 33 * DAY)
    later = APRIL + 30 * DAY
    count(later)
    a_held_out()
    client = a_client(a_lead())
    monkeypatch.setattr(views, "now", lambda: later)
    page = client.get("/results/report?month=2026-04").content.decode()
    assert "The last hold-out, “Wait a week”" in page
    assert "found +2.0 to +8.0 visits to an item" in page
    assert "How many visits telling added." in page
