"""The month's report in Chromium: phone and desk, light and dark, on paper."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from pesue.measurement.steps import count
from pesue.measurement.views import reports as views
from pesue.people.models import Member
from tests.browser.test_asked import sign_in
from tests.browser.test_look import DESK, PHONE, TOO_WIDE, visiting
from tests.make import NOON
from tests.make.counts import tellers
from tests.make.people import a_lead, an_organisation
from tests.make.reports import DAY, a_reading, a_roll_out, some_costs, web_statistics
from tests.measurement.test_report_pages import a_held_out
from tests.peers.browsers import violations

pytestmark = pytest.mark.django_db(transaction=True)
APRIL = NOON + timedelta(days=33)


@pytest.fixture
def lead(monkeypatch) -> Member:
    an_organisation()
    monkeypatch.setattr(views, "now", lambda: APRIL)
    for week, people in enumerate((6, 9, 7, 12)):
        tellers(people, readers=7, at=NOON + 7 * week * DAY)
    count(APRIL)
    web_statistics()
    a_held_out()
    a_roll_out()
    a_reading((0.05, 0.01, 0.09), name="A shorter subject")
    some_costs(click_low=2, click_high=4)
    return a_lead(language="fi")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_report_meets_wcag_and_fits(
    browser: Browser, live_server, lead, size, scheme
):
    with visiting(browser, str(live_server.url), size, color_scheme=scheme) as page:
        sign_in(page, lead)
        page.goto("/results/report?month=2026-03&scenario=1")
        high = page.evaluate("document.documentElement.scrollHeight") + 80
        page.set_viewport_size({"width": size[0], "height": high})
        assert violations(page) == []
        assert not page.evaluate(TOO_WIDE)
        assert page.locator("svg.drawing").count() == 3
        page.emulate_media(media="print")
        page.goto("/results/report?month=2026-03&print=1")
        assert not page.locator("#letter").is_visible()
        assert page.locator("figure table").first.is_visible()
