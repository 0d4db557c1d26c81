"""One of the crew takes over a channel: says yes, films in the page, hands it over."""

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import Page, expect

from pesue.content.models import Story, Video
from pesue.content.steps import check_videos
from pesue.example.actions import takeovers as actions
from pesue.example.models import Takeover
from tests.browser.test_asked import sign_in
from tests.browser.test_look import DESK, NARROW, PHONE, TOO_WIDE, visiting
from tests.browser.test_old_guideline import fits
from tests.make.content import a_story, a_video
from tests.make.people import a_lead, a_member, a_team, an_organisation
from tests.make.takeovers import DAY, a_plan

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 20_000  # milliseconds that a busy machine may take


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    an_organisation()


def film(page: Page) -> None:
    """Turn the camera on, with words to hold on to, and record for some seconds."""
    page.get_by_role("button", name="Kamera päälle").click()
    page.get_by_text("Puhekone").first.click()
    page.get_by_label("Sanasi").fill("Hyvää huomenta!\nOlen Aino ja tämä on keittiö.")
    page.get_by_role("button", name="Kuvaa", exact=True).click()
    stop = page.get_by_role("button", name="Lopeta")
    expect(stop).to_be_visible(timeout=SOON)
    expect(page.get_by_role("region", name="Puhekone")).to_be_visible()
    page.get_by_role("button", name="Seuraava").click()
    expect(page.get_by_text("2 / ")).to_be_visible()
    page.wait_for_timeout(3000)
    stop.press("Enter")
    look = page.get_by_role("heading", name="Katso uudelleen")
    expect(look).to_be_visible(timeout=SOON)
    expect(page.get_by_role("button", name="Kuvaa uudelleen")).to_be_visible()


def describe(page: Page) -> None:
    """Captions, by buttons and by hand; what is forgotten is told, and nothing lost."""
    keep = page.get_by_role("button", name="Tallenna video", exact=True)
    page.get_by_label("Alkaa sekunnista").fill("1")
    page.get_by_role("button", name="Tästä kansikuva").click()
    page.get_by_role("button", name="Lisää rivi").click()
    page.get_by_label("Sanat").fill("Hyvää huomenta <keittiöstä>")
    page.get_by_label("päättyy", exact=True).fill("kohta")
    page.get_by_label("Mitä videossa").fill("Aino näyttää keittiön")
    page.get_by_label("Kenet videosta tunnistaa").select_option("nobody")
    keep.click()
    expect(page.get_by_role("alert")).to_contain_text("kirjoita aika", timeout=SOON)
    page.get_by_label("päättyy", exact=True).fill("0:02,5")
    page.context.set_offline(True)
    keep.click()
    expect(page.get_by_role("alert")).to_contain_text("ei mennyt perille", timeout=SOON)
    page.context.set_offline(False)
    fits(page)
    keep.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "@litter", timeout=SOON
    )


def test_a_takeover_from_yes_to_hand_over(browser, live_server):
    crew = a_member("Aino Aalto", language="fi", team=a_team("Matkustamo"))
    keeper = a_member("Kaj Kanava", language="fi")
    plan = a_plan(starts=localdate() + DAY, keeper=keeper, helped="040 123 4567")
    made = actions.offer(crew, plan, by=a_lead(), now=now())
    url = str(live_server.url)
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, crew)
        page.goto(f"/takeovers/{made.pk}")
        fits(page)
        page.get_by_role("button", name="Mielelläni").click()
        expect(page.get_by_role("main")).to_contain_text("040 123 4567")
        fits(page)
        page.get_by_role("button", name="Kuvaa sitä varten").click()
        fits(page)
        film(page)
        describe(page)
        assert check_videos(now()) == 1
        page.get_by_role("button", name="Lähetä", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("Lähetetty", timeout=SOON)
        page.goto("/takeovers")
        fits(page)
        for width, height in (NARROW, DESK):
            page.set_viewport_size({"width": width, "height": height})
            assert not page.evaluate(TOO_WIDE)
    was_kept(made)
    handed_over(browser, url, keeper, made)


def was_kept(made: Takeover) -> None:
    """Cut as wished, with captions that count from the cut."""
    video = Video.objects.get()
    assert (video.state, video.captions.splitlines()[2:]) == (
        "ready",
        ["00:00:00.000 --> 00:00:01.500", "Hyvää huomenta &lt;keittiöstä&gt;"],
    )
    assert 2 <= video.seconds <= 12
    made.refresh_from_db()
    assert made.story == Story.objects.get()


def handed_over(browser, url, keeper, made) -> None:
    """The keeper saves the file and its captions."""
    with visiting(browser, url, PHONE, locale="fi-FI") as page:
        sign_in(page, keeper)
        page.goto(f"/takeovers/{made.pk}")
        fits(page)
        with page.expect_download() as saved:
            page.get_by_role("link", name="Tallenna tekstitys").click()
        assert "keittiöstä" in saved.value.path().read_text()
        with page.expect_download() as saved:
            page.get_by_role("link", name="Tallenna video laitteelle").click()
        assert saved.value.path().read_bytes()[4:8] == b"ftyp"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_a_camera_one_chooses_a_file(browser, live_server, tmp_path, scheme):
    story = a_story(author=a_member("Aino Aalto", language="fi"), text="Aamu")
    a_video(tmp_path / "own.mp4", seconds=2)
    look = {"locale": "fi-FI", "color_scheme": scheme, "reduced_motion": "reduce"}
    with visiting(browser, str(live_server.url), PHONE, **look) as page:
        page.add_init_script(
            "navigator.mediaDevices.getUserMedia ="
            " () => Promise.reject(new DOMException('no', 'NotAllowedError'));"
        )
        sign_in(page, story.author)
        page.goto(f"/stories/{story.pk}/film")
        page.get_by_role("button", name="Kamera päälle").click()
        expect(page.get_by_text("Kameraa ei ole")).to_be_visible()
        page.get_by_text("Puhekone").first.click()
        expect(page.get_by_text("pyytää vähän liikettä")).to_be_visible()
        page.locator("form[data-film]").evaluate("form => form.dataset.most")
        chosen = page.get_by_label("Tai valitse video")
        chosen.set_input_files(tmp_path / "own.mp4")
        expect(page.get_by_role("heading", name="Katso uudelleen")).to_be_visible()
        fits(page)
        page.get_by_label("Mitä videossa").fill("Leipuri vilkuttaa")
        page.get_by_label("Kenet videosta tunnistaa").select_option("nobody")
        known = page.context.cookies()
        page.context.clear_cookies()  # signed out meanwhile
        keep = page.get_by_role("button", name="Tallenna video", exact=True)
        keep.click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("kirjattu ulos", timeout=SOON)
        page.context.add_cookies(known)
        keep.click()
        title = page.get_by_role("heading", level=1)
        expect(title).to_have_text(story.title, timeout=SOON)
    assert Video.objects.get().state == "waiting"


def test_without_scripts_the_same_form_keeps_it(browser, live_server, tmp_path):
    story = a_story(author=a_member("Aino Aalto", language="fi"))
    a_video(tmp_path / "own.mp4")
    plain = {"locale": "fi-FI", "java_script_enabled": False}
    with visiting(browser, str(live_server.url), PHONE, **plain) as page:
        sign_in(page, story.author)
        page.goto(f"/stories/{story.pk}/film")
        page.get_by_label("Tai valitse video").set_input_files(tmp_path / "own.mp4")
        page.get_by_role("textbox", name="Tekstitys").fill("0:00 --> 0:01\nHei")
        page.get_by_label("Mitä videossa").fill("Leipuri vilkuttaa")
        page.get_by_label("Kenet videosta tunnistaa").select_option("nobody")
        page.get_by_role("button", name="Tallenna video", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(story.title)
    assert "Hei" in Video.objects.get().captions
