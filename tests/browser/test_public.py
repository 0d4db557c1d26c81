"""A visitor with a phone: from the front page to a story, to who tells it, and on."""

import re

import pytest
from playwright.sync_api import Page, expect

from pesue.content.actions import store_picture
from tests.browser.test_asked import sign_in
from tests.browser.test_look import DESK, NARROW, PHONE, TOO_SMALL, TOO_WIDE, visiting
from tests.make.content import a_photo
from tests.make.example import an_own_page
from tests.make.people import a_member, an_organisation
from tests.make.public import a_public_concept, told
from tests.make.web import Answer, a_site
from tests.peers.browsers import violations

pytestmark = pytest.mark.django_db(transaction=True)
TABLET = (768, 1024)
MOVED = """window.moved = 0; new PerformanceObserver(list => {
  for (const one of list.getEntries()) window.moved += one.value;
}).observe({type: "layout-shift", buffered: true});"""


def fits(page: Page) -> None:
    """All of it can be reached, seen and touched."""
    assert violations(page) == [], page.url
    assert not page.evaluate(TOO_WIDE), page.url
    assert page.evaluate(TOO_SMALL) == [], page.url


def a_house_that_tells() -> str:
    """Aino with a page, beside four stories by others; the path of hers."""
    an_organisation()
    aino = a_member("Aino Lehtonen", title="leipuri", language="fi")
    an_own_page(aino, slug="aino", about="Leivon merellä.")
    concept = a_public_concept(name="Aamu laivalla")
    for title in ("Köydet", "Rampin vuoro", "Yön äänet", "Kahvi ennen lähtöä"):
        told(a_member("Bo Berg"), title, language="fi")
    story = told(aino, "Ruisjuuri lomalla", language="fi", concept=concept)
    store_picture(a_photo(), alt="Avoin uuni", story=story)
    return f"/s/{story.slug}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_visitor_reads(browser, live_server, settings, tmp_path, scheme):
    settings.MEDIA_ROOT = tmp_path / "media"
    a_house_that_tells()
    look = {"locale": "sv-SE", "color_scheme": scheme}
    with visiting(browser, str(live_server.url), PHONE, **look) as page:
        page.goto("/s/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Omin sanoin")
        expect(page.get_by_role("img", name="Avoin uuni")).to_be_visible()
        fits(page)
        page.get_by_role("link", name="Aamu laivalla").click()
        fits(page)
        page.go_back()
        page.get_by_role("link", name="Ruisjuuri lomalla").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ruisjuuri lomalla")
        expect(page.get_by_role("img", name="Avoin uuni")).to_be_visible()
        fits(page)
        further = page.get_by_role("region", name="Jatka lukemista")
        expect(further.get_by_role("article")).to_have_count(3)
        page.get_by_role("link", name="Lisää: Aino Lehtonen").click()
        expect(page.get_by_role("main")).to_contain_text("Leivon merellä.")
        fits(page)
        feed = page.get_by_role("link", name="Seuraa syötteenlukijalla")
        followed = page.request.get(str(feed.get_attribute("href")))
        assert followed.headers["content-type"].startswith("application/rss+xml")
        assert "Ruisjuuri lomalla" in followed.text()
        page.get_by_role("banner").get_by_role("link", name="Väkemme").click()
        fits(page)
        page.get_by_role("link", name="Aino Lehtonen").click()
        expect(page).to_have_url(re.compile("/p/aino$"))
        assert page.context.cookies() == []


def test_nothing_moves_while_a_page_is_drawn(browser, live_server, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    story = a_house_that_tells()
    with visiting(browser, str(live_server.url), PHONE) as page:
        page.add_init_script(MOVED)
        for path in ("/s/", story, "/p/aino"):
            answer = page.goto(path)
            assert answer, path
            assert answer.ok, path
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.moved") == 0, path


@pytest.mark.parametrize("size", [NARROW, TABLET, DESK], ids=["320", "tablet", "desk"])
def test_they_fit_elsewhere(browser, live_server, settings, tmp_path, size):
    settings.MEDIA_ROOT = tmp_path / "media"
    story = a_house_that_tells()
    with visiting(browser, str(live_server.url), size) as page:
        for path in ("/s/", story, "/p/aino", "/p/", "/embed/s/"):
            page.goto(path)
            fits(page)


def test_a_member_switches_it_on_and_off(browser, live_server):
    an_organisation()
    aino = a_member("Aino Lehtonen", title="leipuri", language="fi")
    told(aino, "Ruisjuuri lomalla", language="fi")
    url = str(live_server.url)
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, aino)
        page.goto("/settings/")
        page.get_by_role("link", name="Sivuni verkossa").click()
        shown = page.get_by_label("Kuka tahansa saa nähdä sivuni verkossa")
        expect(shown).not_to_be_checked()
        shown.check()
        page.get_by_role("button", name="Tallenna").click()
        expect(page.get_by_role("main")).to_contain_text("Kaikki voivat nähdä sivusi")
        assert violations(page) == []
        assert not page.evaluate(TOO_WIDE)
        gone = page.request.get("/p/aino-lehtonen")
        assert gone.status == 200
        shown.uncheck()
        page.get_by_role("button", name="Tallenna").click()
        assert page.request.get("/p/aino-lehtonen").status == 410


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_another_site_frames_the_embed(
    browser, live_server, settings, tmp_path, scheme
):
    settings.MEDIA_ROOT = tmp_path / "media"
    story = a_house_that_tells()
    url = str(live_server.url)
    paths = {"one": f"/embed{story}", "two": "/embed/s/"}
    frames = "".join(
        f'<iframe name="{name}" src="{url}{path}"></iframe>'
        for name, path in paths.items()
    )
    with (
        a_site({"/": Answer(frames.encode())}) as other,
        visiting(browser, url, PHONE, color_scheme=scheme) as page,
    ):
        page.goto(f"{other.url}/")
        for name in paths:
            frame = page.frame_locator(f"iframe[name={name}]")
            expect(frame.get_by_role("img", name="Avoin uuni")).to_be_visible()
        told = page.frame_locator("iframe[name=two]")
        with page.expect_popup() as opened:
            told.get_by_role("link", name="Ruisjuuri lomalla").click()
        expect(opened.value).to_have_url(re.compile(f"{story}$"))
        for path in paths.values():
            page.goto(f"{url}{path}")
            fits(page)
