"""The week's step on a phone: a question at a time becomes a draft; another kind next
week for one who did not want it."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Browser, Locator, Page, expect

from pesue.encouragement.models import Offer
from pesue.encouragement.rungs import Rung
from pesue.pages.steps import offer_steps
from pesue.people.models import Member
from tests.browser.test_asked import sign_in
from tests.browser.test_look import PHONE, TOO_SMALL, TOO_WIDE, visiting
from tests.make.content import an_item
from tests.make.people import a_member, an_organisation
from tests.peers.browsers import violations

pytestmark = pytest.mark.django_db(transaction=True)


def is_well(page) -> None:
    assert violations(page) == []
    assert not page.evaluate(TOO_WIDE)
    assert page.evaluate(TOO_SMALL) == []


def answers_one_by_one(page: Page, main: Locator, *, well: bool) -> None:
    """Two of three questions, back and forth; they are the draft."""
    page.get_by_role("link", name="Vastaa yhteen kysymykseen").click()
    box = page.get_by_label("Vastauksesi")
    assert box.get_attribute("lang") == "fi"
    box.fill("Taikina on vanhempi kuin minä.")
    page.get_by_role("button", name="Seuraava").click()
    expect(main).to_contain_text("kysymys 2 / 3")
    if well:
        is_well(page)
    page.get_by_role("button", name="Takaisin").click()
    expect(box).to_have_value("Taikina on vanhempi kuin minä.")
    page.get_by_role("button", name="Seuraava").click()
    page.get_by_role("button", name="Ohita tämä").click()
    box.fill("Tulkaa haistamaan.")
    page.get_by_role("button", name="Luonnokseen").click()
    expect(page.get_by_label("Omat sanasi")).to_have_value(
        "Taikina on vanhempi kuin minä.\n\nTulkaa haistamaan."
    )


@pytest.mark.parametrize("scripts", [True, False])
def test_a_step_taken_and_another_not_wanted(browser: Browser, live_server, scripts):
    an_organisation()
    member = a_member("Aino Aalto", language="fi", part=Member.Part.SHARER)
    item = an_item("Ruisleipä täyttää sata", language="fi", ready_at=now())
    an_item("Uusi lautta", language="fi", ready_at=now() - timedelta(days=1))
    offer_steps(now())
    plain = {"locale": "fi-FI", "java_script_enabled": scripts}
    with visiting(browser, str(live_server.url), PHONE, **plain) as page:
        sign_in(page, member)
        main = page.get_by_role("main")
        expect(main).to_contain_text("Pieni alku: yhteen kysymykseen menee")
        if scripts:
            is_well(page)
        answers_one_by_one(page, main, well=scripts)
        member.shares.get(item=item).delete()
        page.goto("/encouragement/weeks")
        if scripts:
            is_well(page)

        soon = now() + timedelta(days=7)
        offer_steps(soon)
        page.goto("/")
        page.get_by_role("button", name="Ei tätä").click()
        expect(main).to_contain_text("Ensi viikolla on jotain muuta")
    [refused] = Offer.objects.filter(answered=Offer.Answered.NOT_THIS)
    Offer.objects.exclude(pk=refused.pk).delete()
    offer_steps(soon)
    assert Offer.objects.latest("week").rung != Rung(refused.rung)
