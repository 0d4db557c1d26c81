"""A lead begins a concept from a ready-made one; a colleague tells a story of it."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from pesue.content.models import Story
from pesue.guidance.models import Concept
from tests.browser.test_asked import sign_in
from tests.browser.test_look import PHONE, visiting
from tests.browser.test_old_guideline import fits
from tests.make.guidance import a_concept, a_value
from tests.make.people import a_lead, a_member, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_a_ready_made_concept_to_a_story_told_from_its_prompt(
    browser, live_server
):
    an_organisation()
    value = a_value("Tehdään loppuun asti")
    url = str(live_server.url)
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, a_lead(language="fi"))
        page.goto("/concepts")
        page.get_by_role("link", name="Aloita konsepti").click()
        fits(page)
        page.get_by_role("link", name="Kysy asiantuntijalta").click()
        page.get_by_label(value.name).check()
        fits(page)
        page.get_by_role("button", name="Tallenna").click()
    concept = Concept.objects.get()
    prompt = concept.prompts.filter(language="fi")[0]
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, a_member(language="fi"))
        page.goto(f"/concepts/{concept.pk}")
        fits(page)
        page.get_by_role("link", name=prompt.text).click()
        expect(page.get_by_role("main")).to_contain_text(prompt.text)
        page.get_by_label("otsikko").fill("Miksi leipä kohoaa")
        page.get_by_role("button", name="Tallenna", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("Miksi leipä kohoaa")
        page.goto("/coverage")
        fits(page)
    assert Story.objects.get().concept == concept
    assert concept.starts == localdate()


def test_the_map_fits_a_phone_in_the_dark(browser, live_server):
    an_organisation()
    value = a_value("Pidetään toisistamme huolta myös silloin, kun on kiire")
    a_concept("Leipäviikot ja kaikki muutkin syksyn viikot").values.add(value)
    with visiting(
        browser, str(live_server.url), PHONE, locale="fi-FI", color_scheme="dark"
    ) as page:
        sign_in(page, a_lead(language="fi"))
        for address in ("/coverage?period=all", f"/coverage/values/{value.pk}"):
            page.goto(address)
            expect(page.get_by_role("main")).to_contain_text("Pidetään toisistamme")
            fits(page)
