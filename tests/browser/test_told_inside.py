"""What comes after a takeover, who is in a video, and words for inside: on a phone, in
Finnish, by light and in the dark."""

import httpx
import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import Page, expect

from pesue.content.actions import videos
from pesue.content.models import Video
from pesue.content.steps import check_videos
from pesue.example.actions import inside as posting
from pesue.example.actions import takeovers
from pesue.example.views import told_inside
from tests.browser.test_asked import sign_in
from tests.browser.test_look import PHONE, visiting
from tests.browser.test_old_guideline import fits
from tests.make.content import a_story, a_video
from tests.make.leaders import a_leader
from tests.make.people import a_lead, a_member, an_organisation
from tests.make.takeovers import DAY, a_plan

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("scheme", ["light", "dark"]),
]


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    an_organisation()


def finnish(browser, live_server, scheme: str):
    look = {"locale": "fi-FI", "color_scheme": scheme}
    return visiting(browser, str(live_server.url), PHONE, **look)


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(words)


def test_the_day_after(browser, live_server, scheme):
    crew, before = a_member("Aino Aalto", language="fi"), now() - 9 * DAY
    starts = localdate() - 2 * DAY
    plan = a_plan(starts=starts, ends=starts, keeper=a_member("Kaj"))
    made = takeovers.offer(crew, plan, by=a_lead(), now=before)
    takeovers.accept(made, now=before)
    with finnish(browser, live_server, scheme) as page:
        sign_in(page, crew)
        page.goto("/takeovers")
        says(page, "Mitä julkaistiin?")
        page.get_by_role("link", name="@litter").first.click()
        says(page, "Miten meni?")
        fits(page)
        page.get_by_label("Julkaisujen osoitteet").fill("instagram.example/p/yö")
        page.get_by_role("button", name="Siitä kerrottiin").click()
        expect(page.get_by_role("link", name="instagram.example/p/yö")).to_be_visible()
        fits(page)


def test_somebody_in_it_changes_their_mind(browser, live_server, tmp_path, scheme):
    story = a_story(author=a_member("Aino Aalto", language="fi"))
    a_video(tmp_path / "own.mp4")
    with finnish(browser, live_server, scheme) as page:
        sign_in(page, story.author)
        page.goto(f"/stories/{story.pk}/edit")
        names = page.get_by_label("Heidän nimensä")
        expect(names).to_be_hidden()
        page.locator("summary", has_text="Video").click()
        page.get_by_label("Lyhyt video").set_input_files(tmp_path / "own.mp4")
        page.get_by_label("Mitä videossa").fill("Leipuri vilkuttaa")
        page.get_by_role("button", name="Tallenna ja lähetä").click()
        says(page, "kenet videosta tunnistaa")
        fits(page)
        page.get_by_label("Kenet videosta").select_option("agreed")
        names.fill("Kaj Kanava")
        page.get_by_role("button", name="Tallenna ja lähetä").click()
        says(page, "Kaj Kanava")
        check_videos(now())
        page.get_by_role("link", name="Muuttiko joku").click()
        fits(page)
        page.get_by_role("button", name="Ota video pois").click()
        says(page, "Video otettiin pois")
        fits(page)
    assert Video.objects.get().state == videos.State.OFF


def silent(**_known: object) -> httpx.Client:
    def lost(_request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("silence")

    return httpx.Client(transport=httpx.MockTransport(lost))


def test_words_for_inside(browser, live_server, scheme, monkeypatch):
    monkeypatch.setattr(told_inside, "client", silent)
    posting.keep_channel("slack", "#kaikki", "https://hooks.example/secret")
    leader = a_leader(language="fi")
    with finnish(browser, live_server, scheme) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        sign_in(page, leader)
        page.goto("/examples/leading/inside?place=slack")
        page.locator("textarea[name=text]").fill("Kiitos **yövuorolle**.")
        page.get_by_role("button", name="Kopioitavaan tekstiin").click()
        page.get_by_role("button", name="Kopioi teksti").click()
        page.wait_for_timeout(300)
        read = page.evaluate("navigator.clipboard.readText()")
        assert read.strip() == "Kiitos *yövuorolle*."
        fits(page)
        page.get_by_role("button", name="Julkaise: #kaikki").click()
        says(page, "voi olla siellä")
        fits(page)
        page.get_by_role("button", name="Se on siellä").click()
        says(page, "on siellä")
        assert page.get_by_role("button", name="Julkaise").count() == 0
