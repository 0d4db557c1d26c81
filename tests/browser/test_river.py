"""The whole river, as a newcomer goes down it: from a feed to thanks and results."""

import re

import httpx
from playwright.sync_api import Page, expect

from tests.peers.browsers import listen
from tests.peers.test_consent import at_mastodon
from tests.peers.test_whole import until

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Saariston Leipä</title><language>fi</language>
<link>https://leipa.example/</link><description>Uutisia</description>
<item><title>Yövuoro sai uuden uunin</title><link>https://leipa.example/uuni</link>
<guid>uuni-1</guid><pubDate>Mon, 16 Nov 2026 08:00:00 +0200</pubDate>
<description>Uuni paistaa kaksi kertaa nopeammin &amp;amp; säästää sähköä.</description>
</item></channel></rss>"""
STAFF = "sähköposti;nimi;tiimi;kieli\nbertta@example.org;Bertta Ström;Yövuoro;fi\n"
PHONE = {"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)"}
WORDS = (
    "Minä paistoin tällä uunilla ensimmäisen ruisleivän, ja se tuoksui koko kadulle."
)


def test_from_a_feed_to_thanks_and_results(
    browser, live_pesue, mastodon, mailbox, tmp_path
):
    aino = a_person(browser, live_pesue.url)
    begin(aino)
    (tmp_path / "feed.xml").write_text(FEED, encoding="utf-8")
    (tmp_path / "staff.csv").write_text(STAFF, encoding="windows-1252")
    live_pesue.command("content", "import", str(tmp_path / "feed.xml"))
    live_pesue.command("people", "import", str(tmp_path / "staff.csv"), "--yes")

    connect(aino, mastodon)
    link = write_and_publish(aino, mastodon)

    answer = httpx.get(link, headers=PHONE)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("https://leipa.example/uuni?utm_")
    httpx.get(
        link, headers={"user-agent": "Mastodon/4.6 (http.rb; +https://s.example)"}
    )

    until(lambda: shows(aino, "/shares", "ihminen tuli lukemaan"))
    until(lambda: shows(aino, "/", "Sanasi toivat 1 ihmisen lukemaan"))
    assert shows(aino, "/results", "1 käynti mitattu")  # the preview is no visit

    aino.goto("/shares")
    aino.get_by_role("link", name="Yövuoro sai uuden uunin").first.click()
    aino.get_by_role("button", name="Anna työkaverien nähdä se").click()

    bertta = a_person(browser, live_pesue.url)
    come_by_mail(bertta, mailbox)
    bertta.goto("/examples/")
    expect(bertta.get_by_role("main")).to_contain_text("ruisleivän")
    bertta.get_by_role("button", name="Kiitä").click()
    until(lambda: shows(aino, "/", "Bertta Ström"))


def a_person(browser, url: str) -> Page:
    context = browser.new_context(
        base_url=url, locale="fi-FI", viewport={"width": 375, "height": 800}
    )
    page = context.new_page()
    page.said = listen(page)
    return page


def shows(page: Page, path: str, words: str) -> bool:
    page.goto(path)
    return words in " ".join(page.inner_text("main").split())


def begin(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Organisaation nimi").fill("Saariston Leipä")
    page.get_by_label("Nimesi").fill("Aino Aalto")
    page.get_by_label("Sähköpostisi").fill("aino@example.org")
    page.get_by_label("Salasana").fill("uuni lämpiää hitaasti")
    page.get_by_role("button", name="Aloita").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hei, Aino")


def connect(page: Page, mastodon) -> None:
    page.goto("/settings/accounts")
    form = page.locator("section", has_text="Yhdistä Mastodon")
    form.get_by_label("Palvelimesi").fill(mastodon.url)
    form.get_by_role("button", name="Yhdistä Mastodon").click()
    page.wait_for_url(f"{mastodon.url}/oauth/authorize**")
    at_mastodon(page, mastodon.user)
    page.wait_for_url("**/settings/accounts")


def write_and_publish(page: Page, mastodon) -> str:
    """Returns the short link, as it stands on the network."""
    page.goto("/library?q=uunia")  # another form of the word
    page.get_by_role("link", name="Yövuoro sai uuden uunin").click()
    page.get_by_role("link", name="Jaa omin sanoin").click()
    expect(page.get_by_role("main")).to_contain_text("Uuni paistaa kaksi kertaa")
    page.get_by_label("Omat sanasi").fill(WORDS)
    page.get_by_role("radio", name="Mastodon").check()
    page.get_by_role("button", name="Julkaise: Mastodon").click()
    until(lambda: len(mastodon.statuses()) == 1)
    said = mastodon.statuses()[0]["content"]
    assert "ruisleivän" in said
    found = re.search(r"http://localhost:\d+/r/\w+", said)
    assert found, said
    return found[0]


def come_by_mail(page: Page, mailbox) -> None:
    """Bertta was imported: she has no password, and signs in with a link."""
    page.goto("/account/login/")
    page.get_by_label("Sähköpostisi").fill("bertta@example.org")
    page.get_by_role("button", name="Lähetä minulle linkki").click()
    mail = mailbox.awaited("bertta@example.org")
    found = re.search(r"http://localhost:\d+/\S+", mail.get_content())
    assert found
    page.goto(found[0])
    page.get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hei, Bertta")
