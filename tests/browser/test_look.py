"""The look, tried in Chromium on a small demo: phone and desk, light and dark."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from pesue.demo.build import build
from tests.peers.browsers import listen, violations

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, NARROW, DESK = (375, 812), (320, 640), (1280, 860)
PAGES = ("/", "/library", "/examples/", "/settings/", "/docs/", "/accessibility")
PAGES += ("/guidance", "/guidance/quiet", "/guidance/asks", "/tried")
TOO_SMALL = """() => [...document.querySelectorAll(
    'main a.button, main button, main summary, main select, .bottom a')]
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width && (box.height < 43.5 || box.width < 43.5))
  .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def house(live_server: Any, settings: Any, tmp_path: Any) -> str:
    settings.CLICK_LOG = tmp_path / "clicks"
    settings.MEDIA_ROOT = tmp_path / "media"
    build(datetime.now(UTC), progress=lambda _line: None, people=20, weeks=2)
    return str(live_server.url)


@contextmanager
def visiting(
    browser: Browser, house: str, size: tuple[int, int], who: str = "", **more: Any
) -> Iterator[Page]:
    """A page of its own, signed in as `who`; fails when a script complains."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=house, **more
    )
    page = context.new_page()
    said = listen(page)
    if who:
        page.goto("/demo")
        page.click(f'button[value="{who}"]')
    yield page
    context.close()
    assert not said, said


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_meet_wcag_and_fit(browser, house, size, scheme):
    with visiting(browser, house, size, "advocate", color_scheme=scheme) as page:
        for path in PAGES:
            answer = page.goto(path)
            assert answer, path
            assert answer.ok, path
            # Whole, so that the bar below covers nothing that axe looks at.
            high = page.evaluate("document.documentElement.scrollHeight") + 80
            page.set_viewport_size({"width": size[0], "height": high})
            assert violations(page) == [], path
            assert not page.evaluate(TOO_WIDE), path
            if size == PHONE:
                assert page.evaluate(TOO_SMALL) == [], path


def test_strangers_and_errors_meet_wcag(browser, house):
    with visiting(browser, house, PHONE) as page:
        for path in ("/demo", "/offline", "/no-such-page"):
            page.goto(path)
            assert violations(page) == [], path


def test_nothing_is_cut_at_320(browser, house):
    with visiting(browser, house, NARROW, "lead") as page:
        for path in PAGES:
            page.goto(path)
            assert not page.evaluate(TOO_WIDE), path


def test_it_works_without_scripts(browser, house):
    with visiting(browser, house, PHONE, "advocate", java_script_enabled=False) as page:
        page.locator("form[action='/rest'] button").first.click()
        assert page.locator(".card.soft.empty").count() == 1
        page.locator("button[name=back]").click()
        assert page.locator(".card.next").count() == 1


def test_the_keyboard_leads_past_the_frame_and_is_seen(browser, house):
    with visiting(browser, house, DESK, "advocate") as page:
        page.goto("/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        inside, outline = page.evaluate(
            "() => [!!document.activeElement.closest('main'),"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        assert (inside, outline) == (True, "solid")


def test_more_opens_and_closes_by_keyboard(browser, house):
    with visiting(browser, house, PHONE, "lead") as page:
        page.goto("/")
        more = page.locator(".bottom summary")
        more.focus()
        page.keyboard.press("Enter")
        assert page.locator(".bottom .menu div a").first.is_visible()
        page.keyboard.press("Escape")
        assert not page.locator(".bottom .menu div a").first.is_visible()
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_without_a_network_the_shell_answers_and_nothing_personal(browser, house):
    with visiting(browser, house, PHONE, "advocate") as page:
        page.goto("/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        kept = page.evaluate(
            "async () => { const names = await caches.keys(); const all = [];"
            " for (const name of names)"
            "   for (const one of await (await caches.open(name)).keys())"
            "     all.push(new URL(one.url).pathname);"
            " return all; }"
        )
        assert "/offline" in kept
        assert "/" not in kept
        page.context.set_offline(True)
        page.goto("/library")
        text = page.locator("main").inner_text()
        assert "Aino" not in page.content()
        page.context.set_offline(False)
        page.goto("/library")
        assert page.locator("main").inner_text() != text


def test_a_page_is_light(browser, house):
    sizes: dict[str, int] = {}

    def weigh(response: Any) -> None:
        if response.request.resource_type != "image" and response.ok:
            sizes[response.url] = len(response.body())

    with visiting(browser, house, PHONE, "advocate") as page:
        page.on("response", weigh)
        page.goto("/")
        page.wait_for_load_state("networkidle")
    assert 10_000 < sum(sizes.values()) < 150_000, sizes
