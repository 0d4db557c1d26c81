"""A member asks in place; the owner answers from the mail in one tap; it is there."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.utils.timezone import localdate, make_aware
from playwright.sync_api import Browser, Page, expect

from pesue.guidance.models import Ask
from pesue.reach.steps import send_mail
from tests.browser.test_look import PHONE, visiting
from tests.browser.test_old_guideline import fits
from tests.make.content import an_item
from tests.make.guidance import a_topic
from tests.make.people import a_member, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def a_weekday_noon() -> datetime:
    """A moment to come at which mail goes out."""
    days = (localdate() + timedelta(days=ahead) for ahead in range(1, 4))
    day = next(day for day in days if day.weekday() < 5)
    return make_aware(datetime.combine(day, time(12)))


def the_mail_to(member) -> str:
    """The path that the newest mail leads to."""
    send_mail(a_weekday_noon())
    [found] = [m for m in mail.outbox if m.to == [member.email]]
    led = re.search(r"https?://[^/\s]+(/\S+)", found.body)
    assert led, found.body
    return led[1]


@pytest.mark.parametrize("scripts", [True, False])
def test_asked_and_answered(browser: Browser, live_server, scripts):
    an_organisation()
    owner = a_member("Olli Omistaja", language="fi")
    asker = a_member("Aino Aalto", language="fi")
    topic, item = a_topic("Hinnat", who="owners"), an_item("Uusi hinnasto")
    topic.owners.add(owner)
    item.topics.add(topic)
    url = str(live_server.url)
    plain = {"locale": "fi-FI", "java_script_enabled": scripts}
    with (
        visiting(browser, url, PHONE, **plain) as asks,
        visiting(browser, url, PHONE, **plain) as answers,
    ):
        sign_in(asks, asker)
        asks.goto(f"/library/{item.pk}")
        asks.get_by_role("link", name="Hinnat").click()
        expect(asks.get_by_role("main")).to_contain_text("Kysy ensin")
        ask(asks, "Saako kertoa hinnoista?")
        expect(asks.get_by_role("main")).to_contain_text("odottaa")

        sign_in(answers, owner)
        answers.goto(the_mail_to(owner))
        expect(answers.get_by_role("heading", level=1)).to_have_text(
            "Saako kertoa hinnoista?"
        )
        if scripts:
            fits(answers)
        answers.get_by_role("button", name="Anna mennä").click()
        expect(answers.get_by_role("main")).to_contain_text("Anna mennä")
        assert Ask.objects.get().answered_by == owner

        asks.goto(the_mail_to(asker))
        expect(asks.get_by_role("heading", level=1)).to_have_text("Hinnat")
        expect(asks.get_by_role("main")).to_contain_text("Anna mennä")
        expect(asks.get_by_role("main")).to_contain_text("Olli Omistaja")
        if scripts:
            fits(asks)


def sign_in(page: Page, member) -> None:
    member.set_password("uuni lämpiää hitaasti")
    member.save()
    page.goto("/account/login/")
    page.fill("[name=login]", member.email)
    page.fill("[name=password]", "uuni lämpiää hitaasti")
    page.press("[name=password]", "Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hei")


def ask(page: Page, words: str) -> None:
    page.get_by_label("Kysy, aiheena Hinnat").fill(words)
    page.get_by_role("button", name="Kysy", exact=True).click()
