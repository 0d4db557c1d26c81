"""The check while one writes, in a real browser: seen, done instead, left, the next."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_compose import enter, text_of
from tests.browser.test_compose import item as item
from tests.peers.browsers import violations
from tests.peers.live import LivePesue

ADVERTISING = """
from pesue.content.models import Item
Item.objects.filter(pk={item}).update(disclosure="ad")
"""


@pytest.fixture
def advertising(live_pesue: LivePesue, item: int) -> int:
    live_pesue.python(ADVERTISING.format(item=item))
    return item


def test_one_thing_at_a_time(
    live_pesue: LivePesue, page: Page, advertising: int
) -> None:
    enter(page, live_pesue, advertising)
    nudge = page.locator("[data-part=nudge]")
    page.get_by_label("First, so that readers know").fill("")
    box = page.get_by_label("Your words")
    box.fill("Click here, or call Anna on 040 123 4567.")
    expect(nudge).to_contain_text("This is advertising")
    expect(nudge).to_contain_text("1 of 3")
    expect(nudge.get_by_role("button", name="Leave it so")).to_have_count(0)
    nudge.get_by_text("Why?").click()
    expect(nudge).to_contain_text("The law wants readers to see")
    assert violations(page) == []

    nudge.get_by_role("button", name="Put the mark first").click()
    expect(page.get_by_label("First, so that readers know")).to_have_value(
        "Ad | Saariston Leipä"
    )
    expect(nudge).to_contain_text("040 123 4567")
    leave = nudge.get_by_role("button", name="Leave it so")
    leave.focus()
    page.keyboard.press("Enter")
    expect(nudge).to_contain_text("does not say where it leads")
    expect(box).to_be_focused()
    assert violations(page) == []

    page.keyboard.press("Control+A")
    page.keyboard.type("Call Anna on 040 123 4567.")
    expect(nudge).to_be_empty()
    page.reload()
    expect(nudge).to_be_empty()
    assert "Ad | Saariston Leip" in text_of(live_pesue, advertising)
