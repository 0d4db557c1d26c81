"""A member takes the course on a phone, without a network, and to a first draft."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pesue.guidance.models import Attempt
from pesue.people.models import Member
from pesue.sharing.models import Share
from tests.browser.test_look import PHONE, house, visiting
from tests.peers.browsers import violations
from tests.peers.test_whole import until

__all__ = ["house"]
pytestmark = pytest.mark.django_db(transaction=True)
FINNISH = {"locale": "fi-FI"}
KEPT = "ovat nyt myös tällä laitteella"
SAY_ALL = "for (const e of document.querySelectorAll('[data-said]')) e.hidden = false"
WAITS = "odottaa tällä laitteella"


def the_advocate() -> Member:
    return Member.objects.get(name="Aino Lehtonen")


def be(page: Page, who: str) -> None:
    page.goto("/demo")
    page.click(f'button[value="{who}"]')
    page.wait_for_load_state("networkidle")


def open_course(page: Page) -> None:
    """The contents, until the lessons are on the device."""
    page.goto("/course")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    expect(page.locator("[data-kept]")).to_contain_text(KEPT, timeout=30_000)


def answer(page: Page, key: str, words: str) -> None:
    form = page.locator(f'form[data-question="{key}"]')
    form.get_by_text(words).click()
    form.get_by_role("button", name="Katso, mitä se tarkoittaa").click()
    expect(form.locator("[data-said]:visible")).to_have_count(1)


def read_to_the_end(page: Page) -> None:
    page.get_by_role("button", name="Luin tämän").click()
    expect(page.get_by_text("Hyvä. Taas yksi oppitunti.")).to_be_visible()


def waiting(page: Page) -> list[Any]:
    return page.evaluate("JSON.parse(localStorage.getItem('pesue-waiting') || '[]')")


def caches(page: Page) -> str:
    return page.evaluate("caches.keys().then(names => names.join())")


def test_a_lesson_without_a_network_counts_once(browser, house):
    with visiting(browser, house, PHONE, "advocate", **FINNISH) as page:
        open_course(page)
        mine = Attempt.objects.filter(member=the_advocate(), lesson="voice")
        page.context.set_offline(True)
        page.get_by_role("link", name="Oma ääni").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Oma ääni")
        assert "Aino" not in page.content()
        answer(page, "same", "Tiedotteelta")
        answer(page, "better", "Hienoa olla mukana")
        read_to_the_end(page)
        expect(page.get_by_text(WAITS)).to_be_visible()
        page.get_by_role("link", name="Seuraava oppitunti").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ensimmäinen juttu")
        page.get_by_role("link", name="Sisällys").click()
        expect(page.get_by_role("main")).to_contain_text("ovat tällä laitteella")
        page.goto("/library")  # no page of anybody's own is kept
        expect(page.get_by_role("main")).to_contain_text("ei ole yhteyttä")
        assert len(waiting(page)) == 3
        assert not mine.exists()

        page.context.set_offline(False)
        page.goto("/course")
        expect(page.get_by_text("luettu", exact=True)).to_have_count(3)
        until(lambda: waiting(page) == [])
        page.reload()
        expect(page.get_by_text("luettu", exact=True)).to_have_count(4)
        tried = mine.order_by("pk").values_list("question", "right")
        assert list(tried) == [("same", True), ("better", False), ("", True)]


def test_another_person_on_the_device_finds_nothing(browser, house):
    with visiting(browser, house, PHONE, "advocate", **FINNISH) as page:
        before = Attempt.objects.count()
        open_course(page)
        page.context.set_offline(True)
        page.get_by_role("link", name="Oma ääni").click()
        answer(page, "same", "Tiedotteelta")
        assert len(waiting(page)) == 1
        page.route("**/course/answers", lambda route: route.abort())
        page.context.set_offline(False)
        be(page, "leader")  # without signing out first
        page.unroute("**/course/answers")
        assert waiting(page) == []
        page.goto("/course")
        page.wait_for_load_state("networkidle")
        assert waiting(page) == []
        assert Attempt.objects.count() == before


def test_signing_out_takes_it_all_off_the_device(browser, house):
    with visiting(browser, house, PHONE, "advocate", **FINNISH) as page:
        open_course(page)
        assert "pesue-course" in caches(page)
        page.goto("/settings/")
        page.get_by_role("button", name="Kirjaudu ulos").click()
        page.wait_for_load_state("networkidle")
        assert "pesue-course" not in caches(page)
        assert page.evaluate("localStorage.getItem('pesue-reader')") is None
        page.context.set_offline(True)
        page.goto("/course/advocate/voice")
        expect(page.get_by_role("main")).to_contain_text("ei ole yhteyttä")


def test_from_the_course_to_a_first_draft_and_a_certificate(browser, house):
    member = the_advocate()
    Share.objects.filter(member=member).delete()
    with visiting(browser, house, PHONE, "advocate", **FINNISH) as page:
        page.goto("/course")
        page.get_by_role("link", name="Jatka").click()
        read_to_the_end(page)
        page.get_by_role("link", name="Seuraava oppitunti").click()
        page.get_by_role("link", name="Valitse jotain ja aloita").click()
        page.get_by_role("link", name="Kerro siitä omin sanoin").first.click()
        page.get_by_label("Omat sanasi").fill("Tänä aamuna nostin taikinan yksin.")
        page.get_by_role("button", name="Tallenna myöhemmäksi").click()
        page.goto("/course/first-post")
        expect(page.get_by_text("Sinulla on oma luonnos.")).to_be_visible()
        page.get_by_role("link", name="Takaisin oppitunnille").click()
        for _lesson in ("first", "wrong"):
            read_to_the_end(page)
            page.get_by_role("link", name="Seuraava oppitunti").click()
        read_to_the_end(page)
        until(lambda: waiting(page) == [])
        page.goto("/course")
        page.get_by_role("button", name="Tee minulle todistus").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Aino Lehtonen")
        assert re.search(r"/certificates/[\w-]{20,}$", page.url)
        assert violations(page) == []
        page.get_by_role("button", name="Näytä niille, joilla on osoite").click()
        expect(page.get_by_text("Sivun näkee se")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_course_meets_wcag_and_fits(browser, house, scheme):
    with visiting(browser, house, PHONE, "lead", color_scheme=scheme) as page:
        for path in (
            "/course",
            "/course/advocate/ask",
            "/course/advocate/voice",
            "/course/first-post",
            "/guidance/course",
            "/guidance/course/advocate/what/fi",
        ):
            page.goto(path)
            page.evaluate(SAY_ALL)
            # Whole, so that the bar below covers nothing that axe looks at.
            high = page.evaluate("document.documentElement.scrollHeight") + 80
            page.set_viewport_size({"width": PHONE[0], "height": high})
            assert violations(page) == [], path
            wide = "document.documentElement.scrollWidth > innerWidth"
            assert not page.evaluate(wide), path


def test_it_works_without_scripts(browser, house):
    plain = {"java_script_enabled": False, **FINNISH}
    with visiting(browser, house, PHONE, "advocate", **plain) as page:
        page.goto("/course/advocate/voice")
        form = page.locator('form[data-question="same"]')
        form.get_by_text("Tiedotteelta").click()
        form.get_by_role("button").click()
        expect(page.locator("[data-said]:visible")).to_have_count(1)
        page.get_by_role("button", name="Luin tämän").click()
        expect(page.get_by_text("Hyvä. Taas yksi oppitunti.")).to_be_visible()
