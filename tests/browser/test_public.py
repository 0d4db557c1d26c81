"""A visitor with a phone: from the front page to a person to a story."""

import pytest
from playwright.sync_api import Page, expect

from pesue.content.actions import store_picture
from tests.browser.test_asked import sign_in
from tests.browser.test_look import PHONE, TOO_SMALL, TOO_WIDE, visiting
from tests.make.content import a_photo
from tests.make.example import an_own_page
from tests.make.people import a_member, an_organisation
from tests.make.public import a_public_concept, told
from tests.make.web import Answer, a_site
from tests.peers.browsers import violations

pytestmark = pytest.mark.django_db(transaction=True)


def fits(page: Page) -> None:
    """All of it can be reached, seen and touched."""
    assert violations(page) == [], page.url
    assert not page.evaluate(TOO_WIDE), page.url
    assert page.evaluate(TOO_SMALL) == [], page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_visitor_reads(browser, live_server, settings, tmp_path, scheme):
    settings.MEDIA_ROOT = tmp_path / "media"
    an_organisation()
    aino = a_member("Aino Lehtonen", title="leipuri", language="fi")
    concept = a_public_concept(name="Aamu laivalla")
    story = told(aino, "Ruisjuuri lomalla", language="fi", concept=concept)
    store_picture(a_photo(), alt="Avoin uuni", story=story)
    an_own_page(aino, slug="aino", about="Leivon merellä.")
    look = {"locale": "sv-SE", "color_scheme": scheme}
    with visiting(browser, str(live_server.url), PHONE, **look) as page:
        page.goto("/s/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Omin sanoin")
        fits(page)
        page.get_by_role("link", name="Aamu laivalla").click()
        fits(page)
        page.go_back()
        page.get_by_role("link", name="Aino Lehtonen").click()
        expect(page.get_by_role("main")).to_contain_text("Leivon merellä.")
        fits(page)
        page.get_by_role("link", name="Ruisjuuri lomalla").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ruisjuuri lomalla")
        expect(page.get_by_role("img", name="Avoin uuni")).to_be_visible()
        fits(page)
        page.get_by_role("link", name="Väkemme").click()
        fits(page)
        assert page.context.cookies() == []


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


def test_another_site_frames_the_embed(browser, live_server):
    an_organisation()
    story = told(a_member(), "Ruisjuuri lomalla", language="fi")
    url = str(live_server.url)
    frames = "".join(
        f'<iframe name="{name}" src="{url}{path}"></iframe>'
        for name, path in (("one", f"/embed/s/{story.slug}"), ("two", "/embed/s/"))
    )
    with (
        a_site({"/": Answer(frames.encode())}) as other,
        visiting(browser, url, PHONE) as page,
    ):
        page.goto(f"{other.url}/")
        for name in ("one", "two"):
            frame = page.frame_locator(f"iframe[name={name}]")
            expect(frame.get_by_role("link", name="Ruisjuuri lomalla")).to_be_visible()
