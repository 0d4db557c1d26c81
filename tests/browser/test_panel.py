"""An expert comes by the link in the mail, names and ranks on a phone."""

import re

import pytest
from django.core import mail
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from pesue.reach.steps import send_mail
from pesue.surveys.models import Expert, Idea, Panel
from pesue.surveys.steps import mail_experts
from tests.browser.test_asked import sign_in
from tests.browser.test_look import PHONE, visiting
from tests.browser.test_old_guideline import fits
from tests.make.people import a_lead, an_organisation
from tests.make.surveys import a_panel, an_expert
from tests.surveys.experts import OPEN, ranked_by

pytestmark = pytest.mark.django_db(transaction=True)


def follow_the_mail(page: Page, scripts: bool) -> None:
    mail_experts(now())
    send_mail(now())
    [path] = re.findall(r"https?://[^/\s]+(/panel#\S+)", mail.outbox[-1].body)
    page.goto(path)
    if not scripts:
        page.get_by_label("Viestissä oleva koodi").fill(path.partition("#")[2])
        page.get_by_role("button", name="Jatka").click()
    page.wait_for_url(re.compile(r"/panel/\d+$"))


@pytest.mark.parametrize("scripts", [True, False])
def test_named_and_ranked_on_a_phone(browser: Browser, live_server, scripts):
    an_organisation()
    panel = a_panel(**OPEN, language="fi", title="Ensi vuoden trendit")
    expert = an_expert(panel, language="fi")
    url = str(live_server.url)
    plain = {"locale": "fi-FI", "java_script_enabled": scripts}
    with visiting(browser, url, PHONE, **plain) as page:
        follow_the_mail(page, scripts)
        if scripts:  # what looks needs them itself
            fits(page)
        page.get_by_label("Trendi 1").fill("Oma ääni")
        page.get_by_label("Trendi 2").fill("Lyhyt video")
        page.get_by_role("button", name="Tallenna").click()
        expect(page.get_by_role("main")).to_contain_text("tallessa")
    assert Idea.objects.count() == 2
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, a_lead(language="fi"))
        page.goto(f"/surveys/panels/{panel.pk}")
        page.get_by_role("button", name="Päätä ensimmäinen kierros").click()
        expect(page.get_by_role("heading", name="Luettelo")).to_be_visible()
        fits(page)
        page.get_by_role("button", name="Aloita toinen kierros").click()
        fits(page)
    with visiting(browser, url, PHONE, **plain) as page:
        follow_the_mail(page, scripts)
        if scripts:  # what looks needs them itself
            fits(page)
        page.get_by_label("Lyhyt video").select_option("1")
        page.get_by_label("Oma ääni").select_option("2")
        page.get_by_label("Lainaus").fill("Ihmiset kertovat itse.")
        page.get_by_label("Kyllä, ilman nimeäni").check()
        page.get_by_role("button", name="Tallenna").click()
        expect(page.get_by_role("main")).to_contain_text("Ihmiset kertovat itse.")
    expert.refresh_from_db()
    assert [panel.trends.get(pk=key).words for key in expert.ranks] == [
        "Lyhyt video",
        "Oma ääni",
    ]
    assert expert.quoting == Expert.Quoting.UNNAMED


def test_everybody_reads_the_result(browser: Browser, live_server):
    an_organisation()
    panel = a_panel("Oma ääni", "Lyhyt video", **OPEN, state=Panel.State.RANKING)
    ranked_by(panel, 5, quote="Ihmiset kertovat itse.", quoting="named")
    url = str(live_server.url)
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, a_lead(language="fi"))
        page.goto(f"/surveys/panels/{panel.pk}")
        page.get_by_role("button", name="Sulje nyt").click()
        page.get_by_role("button", name="Julkaise").click()
        fits(page)
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        page.goto(f"/trends/{panel.slug}/fi")
        expect(page.get_by_role("main")).to_contain_text("Oma ääni")
        fits(page)
        page.emulate_media(media="print")
        expect(page.get_by_role("table")).to_be_visible()
        page.get_by_role("link", name="Svenska").is_hidden()
