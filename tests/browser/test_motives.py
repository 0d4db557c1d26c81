"""One says what moves one, changes it, forgets it; a lead reads of ten, not of one."""

from datetime import date

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from pesue.encouragement.actions.releasing import release
from pesue.encouragement.models import Profile
from tests.browser.test_asked import sign_in
from tests.browser.test_look import PHONE, visiting
from tests.browser.test_old_guideline import fits
from tests.make.encouragement import a_profile
from tests.make.people import a_lead, a_member, a_team, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def say(page: Page, **answers: str) -> None:
    for key, answer in answers.items():
        page.locator(f"input[name={key}][value='{answer}']").check()
    page.get_by_role("button", name="Säilytä minulle").click()


def test_said_changed_forgotten_and_told_of_ten(browser, live_server):
    cache.clear()
    an_organisation()
    team, few = a_team("Leipomo"), a_team("Myymälä")
    member = a_member(team=team, language="fi")
    url = str(live_server.url)
    money = dict.fromkeys(("M1", "M2", "M3"), "2")
    thanks = dict.fromkeys(("R1", "R2", "R3"), "7")
    sense = dict.fromkeys(("S1", "S2", "S3"), "3")
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, member)
        page.goto("/encouragement")
        page.get_by_role("link", name="Mikä minua liikuttaa").click()
        fits(page)
        page.get_by_role("link", name="Aloita").click()
        fits(page)
        page.get_by_role("button", name="Säilytä minulle").click()
        expect(page.get_by_role("alert")).to_contain_text("kahteen kysymykseen")
        say(page, **money, **thanks, **sense, T1most="thanks", T1least="gift")
        main = page.get_by_role("main")
        expect(main).to_contain_text("Eniten erottuu: Tunnustus")
        fits(page)
        page.get_by_role("link", name="Muuta").click()
        expect(page.locator("input[name=R1][value='7']")).to_be_checked()
        say(page, **dict.fromkeys(thanks, "1"), S1="7", S2="7", S3="7", T1most="cause")
        expect(main).to_contain_text("Eniten erottuu: Merkitys")
        page.get_by_role("button", name="Unohda se").click()
        expect(page.get_by_role("link", name="Aloita")).to_be_visible()
    assert not Profile.objects.exists()
    a_lead_reads_of_ten_and_never_of_one(browser, url, team, few)


def a_lead_reads_of_ten_and_never_of_one(browser, url, team, few) -> None:
    for motive in ["recognition"] * 10 + ["money", "meaning"]:
        a_profile(a_member(team=team), motive)
    for _ in range(9):
        a_profile(a_member(team=few), "money")
    release(on=date(2026, 11, 1))
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, a_lead(few, language="fi"))
        page.goto("/encouragement/mix")
        expect(page.get_by_role("main")).to_contain_text("tarvitaan 10 ihmistä")
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, a_lead(language="fi"))
        page.goto("/encouragement/mix")
        main = page.get_by_role("main")
        expect(main).to_contain_text("Koko talo")
        expect(main).not_to_contain_text(few.name)
        expect(main).not_to_contain_text("Ana Aalto")
        page.get_by_text("Ehdotettu yhdistelmä ja miksi").first.click()
        fits(page)
