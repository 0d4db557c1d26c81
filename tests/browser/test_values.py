"""A lead pastes the values and asks whether they are lived; the house says how far."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import expect

from pesue.guidance.models import Value
from pesue.surveys.actions import answer
from pesue.surveys.models import Survey
from pesue.surveys.steps import count, make_keys
from tests.browser.test_asked import sign_in
from tests.browser.test_look import PHONE, visiting
from tests.browser.test_old_guideline import fits
from tests.make.people import a_lead, a_member, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)

PASTED = """Rohkeus: sanomme, mitä näemme
Kysyn, vaikka muut ovat hiljaa.
Kassalla:
Katson ylös näytöltä.

Huolenpito: ketään ei jätetä yksin
Autan uutta ensimmäisenä aamuna."""


def ask_whether_lived(browser, url, lead) -> Survey:
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, lead)
        page.goto("/guidance")
        page.get_by_role("link", name="Liitä kaikki").click()
        page.get_by_role("textbox").fill(PASTED)
        page.get_by_role("button", name="Katso").click()
        expect(page.get_by_role("main")).to_contain_text("Kassalla:")
        fits(page)
        page.get_by_role("button", name="Pidä nämä").click()
        expect(page.get_by_role("main")).to_contain_text("ketään ei jätetä yksin")
        page.get_by_role("link", name="Kysy, elävätkö ne").click()
        page.get_by_role("button", name="Kysy").click()
    return Survey.objects.get()


def one_answers(browser, url) -> None:
    """In the browser; four others in code, as the pages do it."""
    make_keys(now())
    survey = Survey.objects.get()
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, a_member(language="fi"))
        page.goto("/guidance")
        page.get_by_role("link", name="kahdessa minuutissa").click()
        fits(page)
        for one in page.get_by_label("Se elää täällä").all():
            one.check()
        page.get_by_role("button", name="Näin ajattelen").click()
        expect(page.get_by_role("main")).to_contain_text("Kukaan ei näe")
    chosen = dict.fromkeys(survey.questions.values_list("pk", flat=True), "partly")
    for _ in range(4):
        answer(survey, a_member(), chosen, today=localdate())


def test_pasted_asked_answered_and_told(browser, live_server, settings, tmp_path):
    settings.DATA = tmp_path
    an_organisation()
    url = str(live_server.url)
    lead = a_lead(language="fi")
    survey = ask_whether_lived(browser, url, lead)
    assert [value.name for value in Value.objects.order_by("pk")] == [
        "Rohkeus",
        "Huolenpito",
    ]
    one_answers(browser, url)
    began = localdate() - timedelta(days=3)
    Survey.objects.filter(pk=survey.pk).update(opens=began)
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, lead)
        page.goto("/guidance/workshop")
        page.get_by_role("button", name="Sulje nyt").click()
        count(now())
        page.get_by_role("link", name="Mitä työkaverit sanoivat").click()
        expect(page.get_by_role("main")).to_contain_text("20 %")
        fits(page)
        page.goto("/guidance")
        expect(page.get_by_role("main")).to_contain_text("20 %")
