"""An award on phones, in Finnish: from the template to the picture and certificate."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import Browser, Page, expect

from pesue.encouragement.models import AwardNominee, AwardRound, Win
from pesue.encouragement.steps import count_votes, open_votes
from tests.browser.test_asked import sign_in
from tests.browser.test_look import DESK, PHONE, visiting
from tests.browser.test_old_guideline import fits
from tests.make.awards import colleagues, voted
from tests.make.guidance import a_value
from tests.make.people import a_lead, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)
FI = {"locale": "fi-FI"}


def test_employee_of_the_month(browser: Browser, live_server, settings, tmp_path):
    settings.DATA = tmp_path
    an_organisation()
    a_value("Rohkeus")
    leader = a_lead(language="fi")
    people = colleagues(9, language="fi")
    winner, other, namer, *jurors = people[:5]
    url = str(live_server.url)
    with (
        visiting(browser, url, DESK, **FI) as lead,
        visiting(browser, url, PHONE, **FI) as phone,
    ):
        sign_in(lead, leader)
        lead.goto("/encouragement/awards/new")
        lead.get_by_role("button", name="Aloita tästä Kuukauden tekijä").click()
        lead.get_by_role("button", name="Kutsu ehdottamaan nyt").click()
        found = AwardRound.objects.get()
        home = f"/encouragement/awards/{found.pk}"
        sign_in(phone, namer)
        for member in (winner, other):
            name(phone, home, member)
            say_yes(browser, url, member)
        invite(lead, jurors)
        press(lead, "Sulje lista")
        for juror in jurors:
            score(browser, url, juror, home, best=winner)
        press(lead, "Avaa äänestys")
        others_vote(found, people[3:], winner)
        code = vote(phone, home, winner)
        press(lead, "Sulje äänestys")
        count_votes(now())
        choose(browser, url, winner)
        AwardRound.objects.update(decided_at=now() - timedelta(days=1))
        press(lead, "Julkaise tulos")
        read(phone, home, winner, code)
    with visiting(browser, url, PHONE, **FI) as stranger:
        stranger.goto(f"/encouragement/awards/shown/{Win.objects.first().code}")
        expect(stranger.get_by_role("heading", level=1)).to_have_text(winner.name)
        fits(stranger)


def invite(lead: Page, jurors) -> None:
    for juror in jurors:
        lead.get_by_label("Pyydä joku raatiin").fill(juror.email)
        lead.get_by_role("button", name="Kutsu", exact=True).click()


def others_vote(found: AwardRound, voters, winner) -> None:
    open_votes(now())
    found.refresh_from_db()
    [best] = AwardNominee.objects.filter(member=winner)
    voted(found, voters, best, now=now())


def press(lead: Page, name: str) -> None:
    lead.reload()
    lead.get_by_role("button", name=name).click()


def name(page: Page, home: str, member) -> None:
    page.goto(home)
    page.get_by_role("link", name="Ehdota jotakuta").click()
    page.get_by_label("Etsi työkaveri").fill(member.name)
    page.get_by_role("button", name="Etsi", exact=True).click()
    page.get_by_label(re.compile(member.name)).check()
    page.get_by_label("Miksi, omin sanoin").fill("Jäi auttamaan yöllä.")
    fits(page)
    page.get_by_role("button", name="Ehdota", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Kiitos")


def vote(page: Page, home: str, member) -> str:
    """The code that one sees, once."""
    page.goto(home)
    page.get_by_role("link", name="Äänestä").click()
    page.get_by_label(member.name).check()
    fits(page)
    page.get_by_role("button", name="Pudota uurnaan").click()
    fits(page)
    return page.locator("code").inner_text()


def read(page: Page, home: str, winner, code: str) -> None:
    page.goto(home)
    expect(page.get_by_role("main")).to_contain_text(winner.name)
    fits(page)
    page.get_by_label("Äänesi koodi").fill(code)
    page.get_by_role("button", name="Laskettiinko se?").click()
    expect(page.get_by_role("main")).to_contain_text("Äänesi laskettiin.")
    page.goto("/encouragement/awards/gallery")
    expect(page.get_by_role("main")).to_contain_text(winner.name)
    fits(page)


def say_yes(browser: Browser, url: str, member) -> None:
    with visiting(browser, url, PHONE, **FI) as page:
        sign_in(page, member)
        page.goto("/encouragement/awards")
        page.get_by_role("link", name="Lue miksi").click()
        fits(page)
        page.get_by_role("button", name="Kyllä, olen ehdolla").click()
        expect(page.get_by_role("main")).to_contain_text("Olet ehdolla.")


def score(browser: Browser, url: str, juror, home: str, *, best) -> None:
    with visiting(browser, url, PHONE, **FI) as page:
        sign_in(page, juror)
        page.goto(f"{home}/judge")
        fits(page)
        for name in AwardNominee.objects.values_list("member__name", flat=True):
            page.get_by_role("link", name=f"Pisteytä {name}").click()
            point = "5 ·" if name == best.name else "2 ·"
            for choice in page.get_by_label(re.compile(point)).all():
                choice.check()
            fits(page)
            page.get_by_role("button", name="Tallenna").click()
        expect(page.get_by_role("main")).to_contain_text("2/2 pisteytetty")


def choose(browser: Browser, url: str, winner) -> None:
    """The winner is told first, takes the picture and the certificate."""
    with visiting(browser, url, PHONE, **FI) as page:
        sign_in(page, winner)
        page.goto("/encouragement/awards")
        page.get_by_role("link", name="Se on sinun").click()
        page.get_by_label("Kuka vain").check()
        page.get_by_role("button", name="Tallenna").click()
        fits(page)
        with page.expect_download() as picture:
            page.get_by_role("link", name="Kuva, leveä").click()
        assert picture.value.path().read_bytes().startswith(b"\x89PNG")
        with page.expect_download() as certificate:
            page.get_by_role("link", name="Kunniakirja PDF:nä").click()
        assert certificate.value.path().read_bytes().startswith(b"%PDF")
