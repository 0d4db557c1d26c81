"""Writing in a real browser: by keyboard alone, and without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.peers.browsers import violations
from tests.peers.live import LivePesue

expect.set_options(timeout=20_000)  # the first look may wait for a busy machine
SIGN_IN = ("ana@example.org", "correct horse battery")
SEED = """
from django.utils.timezone import now
from pesue.people.models import Member, Organisation
from pesue.content.models import Item, Starter
if not Organisation.the():
    Organisation.objects.create(pk=1, name="Saariston Leipä", language="en")
    ana = Member(name="Ana Aalto", email="ana@example.org", language="en",
        state="active", state_since=now(), joined_at=now())
    ana.set_password("correct horse battery")
    ana.save()
item = Item.objects.create(title="Half the water", url="https://example.org/water",
    summary="The new oven reuses its steam.", language="en", state="ready",
    state_since=now(), added_at=now(), ready_at=now())
Starter.objects.create(item=item, language="en", text="Nine years I have baked rye.")
print(item.pk)
"""


@pytest.fixture
def item(live_pesue: LivePesue) -> int:
    return int(live_pesue.python(SEED))


def enter(page: Page, pesue: LivePesue, item: int) -> None:
    """Sign in and open the composer."""
    page.goto(f"{pesue.url}/account/login/?next=/compose/{item}")
    name, word = SIGN_IN
    page.fill("[name=login]", name)
    page.fill("[name=password]", word)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"**/compose/{item}")


def text_of(pesue: LivePesue, item: int) -> str:
    """State and words of the only share about the item."""
    asked = f"Share.objects.values_list('state', 'text', 'url').get(item={item})"
    return pesue.python(f"from pesue.sharing.models import Share\nprint({asked})")


def test_with_the_keyboard_alone(live_pesue: LivePesue, page: Page, item: int) -> None:
    enter(page, live_pesue, item)
    counter = page.locator("[data-part=counter]")
    before = counter.inner_text()
    question = page.get_by_role("button", name="What have you done or seen yourself?")
    question.focus()
    page.keyboard.press("Enter")
    box = page.get_by_label("Your words")
    expect(box).to_be_focused()
    expect(page.locator("[data-prompt]")).to_have_text(
        "What have you done or seen yourself?"
    )
    page.keyboard.type("I heard the birds at four. ")
    expect(counter).not_to_have_text(before)
    expect(page.locator("[data-saved]")).to_be_visible()
    expect(page.locator(".preview .said")).to_contain_text("I heard the birds")
    assert violations(page) == []

    page.locator("summary", has_text="A first sentence to borrow").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box).to_have_value("I heard the birds at four. Nine years I have baked rye.")
    expect(page.locator(".preview .said")).to_contain_text("Nine years")
    assert "draft" in text_of(live_pesue, item)

    page.reload()
    expect(box).to_have_value("I heard the birds at four. Nine years I have baked rye.")
    place = page.locator("[name=channel][value=linkedin]")
    place.focus()
    page.keyboard.press("ArrowRight")
    out = page.get_by_role("button", name="Take it to X")
    expect(out).to_be_visible()
    expect(counter).to_contain_text("of 280 on X")
    out.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Did you post it?")).to_be_visible()
    and_tell(page, live_pesue, item)


def and_tell(page: Page, live_pesue: LivePesue, item: int) -> None:
    """From the hand-off to "I posted it", and to one's own list."""
    leads = page.get_by_role("link", name="Open X").get_attribute("href") or ""
    assert leads.startswith("https://x.com/intent/tweet?text=I%20work%20at")
    assert violations(page) == []
    page.get_by_label("Its address").fill("https://x.com/ana/status/1")
    page.get_by_role("button", name="I posted it").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip.ok")).to_be_visible()
    assert "'shared'" in text_of(live_pesue, item)
    page.goto(f"{live_pesue.url}/shares")
    expect(page.get_by_role("link", name="Half the water").first).to_be_visible()
    assert violations(page) == []


def test_a_text_taken_away_by_the_end_of_a_session_comes_back(
    live_pesue: LivePesue, page: Page, item: int
) -> None:
    enter(page, live_pesue, item)
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Your words").fill("Typed when nobody was there.")
    expect(page.locator(".nudge")).to_contain_text("You were signed out")
    page.get_by_role("button", name="Save for later").click()
    page.fill("[name=login]", SIGN_IN[0])
    page.fill("[name=password]", SIGN_IN[1])
    page.press("[name=password]", "Enter")
    box = page.get_by_label("Your words")
    expect(box).to_have_value("Typed when nobody was there.")


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A small page without JavaScript."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 375, "height": 800}
    )
    yield context.new_page()
    context.close()


def test_without_javascript(live_pesue: LivePesue, plain: Page, item: int) -> None:
    enter(plain, live_pesue, item)
    expect(plain.get_by_text("What matters to you in this?")).to_be_visible()
    plain.get_by_label("Your words").fill("By hand.")
    plain.locator("summary", has_text="A first sentence to borrow").click()
    plain.get_by_role("button", name="Begin with this").click()
    box = plain.get_by_label("Your words")
    expect(box).to_have_value("By hand.\n\nNine years I have baked rye.")
    plain.get_by_label("Facebook").check()
    plain.get_by_role("button", name="Take it to").click()
    expect(plain.get_by_text("The place has changed")).to_be_visible()
    plain.get_by_role("button", name="Take it to Facebook").click()
    words = plain.get_by_label("Your text")
    expect(words).to_have_value(
        "I work at Saariston Leipä.\n\nBy hand.\n\nNine years I have baked rye.\n\n"
        + (plain.locator("#short").inner_text())
    )
    expect(plain.get_by_role("link", name="Copy and open Facebook")).to_be_visible()
    plain.get_by_role("button", name="I posted it").click()
    assert "'shared'" in text_of(live_pesue, item)
