"""Somebody is moved by recognition, somebody else by what it was good for."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, expect

from pesue.encouragement.models import Honour, Thanks
from pesue.encouragement.steps import make_cards
from pesue.measurement.models import Happened
from tests.browser.test_asked import sign_in
from tests.browser.test_look import PHONE, visiting
from tests.browser.test_old_guideline import fits
from tests.make.content import an_item
from tests.make.people import a_lead, a_member, an_organisation
from tests.make.told import a_told, some_readers

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.mark.parametrize("scripts", [True, False])
def test_thanked_shown_on_the_wall_and_hidden_again(
    browser: Browser, live_server, scripts
):
    an_organisation(languages=["fi"])
    kaj = a_member("Kaj Kollega", language="fi")
    ana = a_member("Aino Aalto", language="fi")
    plain = {"locale": "fi-FI", "java_script_enabled": scripts}
    url = str(live_server.url)
    with (
        visiting(browser, url, PHONE, **plain) as gives,
        visiting(browser, url, PHONE, **plain) as gets,
    ):
        thank_aino(gives, kaj, scripts)
        sign_in(gets, ana)
        expect(gets.get_by_role("main")).to_contain_text("Sain olla kotona.")
        gets.get_by_role("link", name="Kaikki kiitokset").click()
        assert "Sain olla kotona." not in wall(gives)
        gets.get_by_role("button", name="Näytä työkavereille").click()
        expect(gets.get_by_role("main")).to_contain_text("Työkaverit näkevät sen nyt")
        if scripts:
            fits(gets)
        assert "Sain olla kotona." in wall(gives)
        if scripts:
            fits(gives)
        gets.get_by_role("button", name="Piilota").click()
        expect(gets.get_by_role("main")).to_contain_text("vain sinun")
        assert "Sain olla kotona." not in wall(gives)
    assert Thanks.objects.get().receiver == ana


def thank_aino(gives, kaj, scripts) -> None:
    sign_in(gives, kaj)
    gives.goto("/encouragement")
    gives.get_by_role("link", name="Kiitokset").click()
    gives.get_by_label("Työkaverin nimi").fill("aal")
    gives.get_by_role("button", name="Etsi").click()
    if scripts:
        fits(gives)
    gives.get_by_role("link", name="Kiitä Aino Aalto").click()
    gives.get_by_label("Mistä").fill("Otit vuoroni")
    gives.get_by_label("Mitä se sai aikaan").fill("Sain olla kotona.")
    if scripts:
        fits(gives)
    gives.get_by_role("button", name="Kiitä").click()
    expect(gives.get_by_role("main")).to_contain_text("Aino Aalto sai kiitoksesi")


def wall(page) -> str:
    page.goto("/encouragement/wall")
    return page.locator("main").inner_text()


def test_honoured_for_what_a_colleague_saw(browser: Browser, live_server):
    an_organisation(languages=["fi"])
    lead, ana = a_lead(language="fi"), a_member("Aino Aalto", language="fi")
    Thanks.objects.create(
        giver=a_member("Kaj Kollega"),
        receiver=ana,
        what="Otit vuoroni",
        proposes=True,
        at=now(),
    )
    url = str(live_server.url)
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, lead)
        page.goto("/encouragement")
        page.get_by_role("link", name="Huomionosoitukset").click()
        expect(page.get_by_role("main")).to_contain_text("Otit vuoroni")
        fits(page)
        page.get_by_role("link", name="Anna huomionosoitus Aino Aalto").click()
        page.get_by_label("Mitä hän teki").fill("Otit vuoron, ja moni sai levätä.")
        fits(page)
        page.get_by_role("button", name="Anna huomionosoitus").click()
        expect(page.get_by_role("main")).to_contain_text("eikä kukaan muu")
    assert not Honour.objects.get().is_shown
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, ana)
        expect(page.get_by_role("main")).to_contain_text("moni sai levätä")


def test_what_it_was_good_for_and_a_card_to_keep(browser: Browser, live_server):
    an_organisation(languages=["fi"])
    ana = a_member("Aino Aalto", language="fi")
    share = a_told(member=ana, item=an_item("Näin yövuoro toimii"))
    before = localdate().replace(day=1) - DAY
    tally = some_readers(share, 41, day=before)
    Happened.objects.create(
        kind="application", link=tally.link, day=before, number=2, changed_at=now()
    )
    make_cards(now() + 2 * DAY if localdate().day < 2 else now())
    with visiting(browser, str(live_server.url), PHONE, locale="fi-FI") as page:
        sign_in(page, ana)
        page.goto("/encouragement")
        page.get_by_role("link", name="Mitä sanani saivat aikaan").click()
        main = page.get_by_role("main")
        expect(main).to_contain_text("41 ihmistä luki, mitä kerroit")
        expect(main).to_contain_text("siitä tuli 2 työhakemusta")
        page.get_by_text("Mistä tämä tiedetään").click()
        expect(main).to_contain_text("robotit jätetään pois")
        fits(page)
        page.locator('a[href*="/cards/"]').click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("41 ihmistä luki")
        expect(page.locator("figure img")).to_have_js_property("naturalWidth", 1200)
        fits(page)
        with page.expect_download() as loading:
            page.get_by_role("link", name="Tallenna kuva").click()
        assert loading.value.path().read_bytes().startswith(b"\x89PNG")
