"""From a mail to published: a leader answers on a phone, somebody prepares, and the
leader alone takes it out."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, Page, expect

from pesue.example.models import LeaderPlan
from pesue.example.steps import write_to_leaders
from pesue.reach.steps import send_mail
from pesue.sharing.models import Share
from tests.browser.test_asked import a_weekday_noon, sign_in
from tests.browser.test_look import PHONE, visiting
from tests.browser.test_old_guideline import fits
from tests.make.content import an_item
from tests.make.guidance import a_topic
from tests.make.leaders import a_leader
from tests.make.people import a_member, an_organisation

pytestmark = pytest.mark.django_db(transaction=True)
FI = {"locale": "fi-FI"}
ANSWERS = ("Uuni on lämmin.", "Me leivomme yöllä.", "Tulkaa haistamaan.")


def newest_mail(member) -> str:
    """The path that the newest mail to somebody leads to."""
    send_mail(a_weekday_noon())
    body = [m.body for m in mail.outbox if m.to == [member.email]][-1]
    led = re.search(r"https?://[^/\s]+(/\S+)", body)
    assert led, body
    return led[1]


def test_from_mail_to_published(browser: Browser, live_server):
    an_organisation()
    leader = a_leader(language="fi")
    helper = a_member("Anton Avustaja", language="fi")
    topic = a_topic("Leipä")
    topic.owners.add(leader)
    item = an_item("Ruisleipä täyttää sata", language="fi", ready_at=now())
    item.topics.add(topic)
    url = str(live_server.url)
    with (
        visiting(browser, url, PHONE, **FI) as phone,
        visiting(browser, url, PHONE, **FI) as other,
    ):
        sign_in(phone, leader)
        chooses(phone, helper)
        LeaderPlan.objects.update(next_on=localdate(a_weekday_noon()))
        assert write_to_leaders(a_weekday_noon()) == 1
        answers(phone, newest_mail(leader))
        hands_over(phone)

        sign_in(other, helper)
        other.goto(newest_mail(helper))
        prepares(other)

        phone.goto(newest_mail(leader))
        takes_it_out(phone)
    [share] = Share.objects.all()
    assert (share.member, share.item, share.state) == (leader, item, "shared")
    assert share.text.endswith("Uuni hehkuu. Me leivomme yöllä.")


def chooses(phone: Page, helper) -> None:
    """A rhythm, and somebody who prepares."""
    phone.goto("/examples/leading")
    fits(phone)
    phone.get_by_text("Valitse rytmi").click()
    phone.get_by_label("Kuinka usein").select_option("week")
    fits(phone)
    phone.get_by_role("button", name="Tallenna").click()
    expect(phone.get_by_role("main")).to_contain_text("Joka viikko, tiistaisin.")
    phone.get_by_role("link", name="Valitse valmistelija").click()
    fits(phone)
    phone.get_by_label("Hänen sähköpostiosoitteensa").fill(helper.email)
    until = localdate() + timedelta(days=90)
    phone.get_by_label("Viimeinen päivä").fill(until.isoformat())
    phone.get_by_role("button", name="Anna hänen valmistella").click()
    expect(phone.get_by_role("main")).to_contain_text("Anton Avustaja")


def answers(phone: Page, path: str) -> None:
    """One question at a time, in a box as large as the hand needs."""
    phone.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    phone.goto(path)
    for number, text in enumerate(ANSWERS, start=1):
        expect(phone.get_by_role("main")).to_contain_text(f"kysymys {number} / 3")
        box = phone.get_by_label("Vastauksesi")
        expect(box).to_be_focused()
        assert box.get_attribute("autocomplete") == "off"
        assert box.evaluate("e => e.getBoundingClientRect().height") > 120
        box.fill(text)
        last = "Luonnokseen" if number == len(ANSWERS) else "Seuraava"
        phone.get_by_role("button", name=last, exact=True).click()
    expect(phone.get_by_label("Omat sanasi")).to_have_value("\n\n".join(ANSWERS))


def hands_over(phone: Page) -> None:
    phone.get_by_role("link", name="Anna valmisteltavaksi: Anton Avustaja").click()
    fits(phone)
    phone.get_by_label("Mitä toivot").fill("Lyhyt, kiitos.")
    phone.get_by_role("button", name="Anna valmisteltavaksi").click()
    expect(phone.get_by_role("main")).to_contain_text("Anton Avustaja valmistelee sitä")
    fits(phone)


def prepares(page: Page) -> None:
    main = page.get_by_role("main")
    expect(main).to_contain_text("Lyhyt, kiitos.")
    expect(main).to_contain_text("Me leivomme yöllä.")
    fits(page)
    page.get_by_label("Teksti").fill("Uuni hehkuu. Me leivomme yöllä.")
    page.get_by_role("button", name="Valmis: Liisa Johtaja saa sen").click()
    expect(main).to_contain_text("Liisa Johtaja sai sen.")
    fits(page)


def takes_it_out(phone: Page) -> None:
    """What was changed is read before anything can go out; then it is taken there."""
    main = phone.get_by_role("main")
    expect(main.locator("del").first).to_contain_text("lämmin.")
    expect(main.locator("ins").first).to_contain_text("hehkuu.")
    fits(phone)
    phone.get_by_role("button", name="Ota luonnokseeni").click()
    expect(phone.get_by_label("Omat sanasi")).to_have_value(
        "Uuni hehkuu. Me leivomme yöllä."
    )
    expect(main).to_contain_text("Anton Avustaja teki tämän sanoistasi.")
    fits(phone)
    phone.get_by_role("button", name="Vie tänne: LinkedIn").click()
    phone.get_by_role("button", name="Julkaisin sen").click()
    expect(phone).to_have_url(re.compile(r"/shares/\d+$"))
