"""A lead brings the old policy and has an enabling guideline some minutes later."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from pesue.guidance.models import Guideline
from pesue.people.access import BACKEND
from tests.browser.test_look import PHONE, TOO_SMALL, TOO_WIDE, visiting
from tests.make.people import a_lead, an_organisation
from tests.peers.browsers import violations

pytestmark = pytest.mark.django_db(transaction=True)

OHJE = """Sosiaalisen median ohje
Kerro työstäsi omin sanoin.
Asiakkaiden kuvia ei saa julkaista ilman lupaa.
Älä koskaan puhu palkastasi tai työoloistasi muille.
Kysy viestinnästä ennen kuin kirjoitat hinnoista.
Tämä ohje on laadittu vuonna 2014."""


def sign_in(page: Page, url: str, member) -> None:
    client = Client()
    client.force_login(member, backend=BACKEND)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": url}
    page.context.add_cookies([cookie])


def test_from_the_old_policy_to_an_enabling_guideline(browser, live_server):
    an_organisation()
    lead = a_lead(language="fi")
    url = str(live_server.url)
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, url, lead)
        page.goto("/guidance/old")
        page.get_by_label("Tai liitä sen teksti").fill(OHJE)
        fits(page)
        page.get_by_role("button", name="Lue se").click()
        expect(page.get_by_role("main")).to_contain_text("Asiakkaiden kuvia")
        expect(page.get_by_role("main")).not_to_contain_text("vuonna 2014")
        fits(page)
        page.get_by_role("button", name="Pidä nämä").click()
        expect(page.get_by_role("main")).to_contain_text("eivät voi jäädä")
        page.get_by_role("button", name="Pidä nämä").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Näin se kuuluu nyt")
        fits(page)
        page.get_by_role("button", name="Julkaise nämä").click()
        expect(page.get_by_role("main")).to_contain_text("Kerro työstäsi omin sanoin")
    assert Guideline.objects.count() == 3


def fits(page: Page) -> None:
    """Nothing is cut, too small for a finger, or against WCAG."""
    page.wait_for_load_state()  # of a page that a click has just asked for
    height = page.evaluate("document.documentElement.scrollHeight") + 80
    page.set_viewport_size({"width": PHONE[0], "height": height})
    assert violations(page) == []
    assert not page.evaluate(TOO_WIDE)
    assert page.evaluate(TOO_SMALL) == []
