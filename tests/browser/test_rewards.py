"""Somebody moved by a reward, from their story to what they get; payroll's month."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, Page, expect

from pesue.content.actions.stories import accept_story
from pesue.content.models import Story
from pesue.encouragement.actions import budgets, rules
from pesue.encouragement.own_work import STORY
from pesue.encouragement.steps import earn
from tests.browser.test_asked import sign_in
from tests.browser.test_look import DESK, PHONE, TOO_SMALL, TOO_WIDE, visiting
from tests.make.content import a_story
from tests.make.people import a_lead, a_member, an_organisation
from tests.make.rewards import a_gift, a_thing
from tests.peers.browsers import violations

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


def a_rule_on_stories(lead) -> None:
    """Fifty points for a story, since yesterday."""
    before, today = now() - 2 * DAY, localdate(now())
    budget = budgets.open_budget(
        "Tarinat",
        owner=lead,
        unit="point",
        amount=1000,
        begins=today - 9 * DAY,
        ends=today + 90 * DAY,
        now=before,
    )
    terms = rules.Terms(50, 100, budget, today - DAY)
    rules.put_in_force(STORY.fact, terms, now=before, by=lead)


def fine(page: Page) -> None:
    """The page as a phone has it: nothing cut, nothing too small, WCAG met."""
    assert not page.evaluate(TOO_WIDE)
    assert page.evaluate(TOO_SMALL) == []
    page.wait_for_load_state()
    high = page.evaluate("document.documentElement.scrollHeight") + 80
    size = page.viewport_size
    page.set_viewport_size({"width": 375, "height": high})
    assert violations(page) == []
    page.set_viewport_size(size)


def test_from_a_story_to_a_reward(browser: Browser, live_server):
    an_organisation()
    lead, writer = a_lead(language="fi"), a_member("Aino Aalto", language="fi")
    a_rule_on_stories(lead)
    reward = a_thing("Leipäveitsi", points=50, stock=3)
    story = a_story(author=writer, state=Story.State.SENT)
    accept_story(story, by=lead, now=now())
    earn(now())
    url, finnish = str(live_server.url), {"locale": "fi-FI"}
    with (
        visiting(browser, url, PHONE, **finnish) as asks,
        visiting(browser, url, PHONE, **finnish) as answers,
    ):
        sign_in(asks, writer)
        asks.goto("/encouragement")
        asks.get_by_role("link", name="Palkinnot").click()
        main = asks.get_by_role("main")
        expect(main).to_contain_text("Sinulla on 50 pistettä")
        fine(asks)
        asks.get_by_role("link", name="Leipäveitsi").click()
        expect(main).to_contain_text("vero pidätetään palkastasi")
        fine(asks)
        asks.get_by_role("button", name="Pyydä tätä").click()
        expect(main).to_contain_text("Sinulla on 0 pistettä")
        expect(main).to_contain_text("odottaa vastausta")

        sign_in(answers, lead)
        answers.goto("/encouragement/redemptions")
        expect(answers.get_by_role("main")).to_contain_text("Aino Aalto")
        fine(answers)
        answers.get_by_role("button", name="Kyllä").click()
        answers.get_by_role("button", name="Se on annettu").click()
        expect(answers.get_by_role("main")).to_contain_text("Kukaan ei odota")

        asks.goto("/encouragement/rewards")
        expect(main).to_contain_text("annettu")
        expect(main).to_contain_text("Mitä sait")
        fine(asks)
    reward.refresh_from_db()
    assert reward.stock == 2


def test_payrolls_month_is_taken(browser: Browser, live_server):
    an_organisation()
    lead = a_lead(language="fi")
    member = a_member(email="ana@example.org")
    a_gift(member, reward=a_thing("Leipäveitsi"))
    with visiting(browser, str(live_server.url), DESK, locale="fi-FI") as page:
        sign_in(page, lead)
        page.goto("/encouragement/payroll")
        assert violations(page) == []
        files = []
        for _ in range(2):
            with page.expect_download() as waiting:
                page.get_by_role("button", name="CSV").click()
            assert waiting.value.suggested_filename == "pesue-payroll-2026-03.csv"
            files.append(Path(waiting.value.path()).read_text(encoding="utf-8"))
    [line] = csv.DictReader(io.StringIO(files[0]))
    assert (line["address"], line["cents"]) == ("ana@example.org", "4000")
    assert files[0] == files[1]
