"""One's own film goes out with one's own words; a colleague's is only a link."""

import pytest

from pesue.content.actions import store_picture
from pesue.content.actions.stories import accept_story
from pesue.content.models import Story, Video
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.content import a_photo, a_story
from tests.make.people import a_lead, a_member
from tests.make.sharing import a_share

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
CAPTIONS = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nHello\n"


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def filmed(**video) -> Story:
    story = a_story(state=Story.State.SENT)
    ready = {"state": Video.State.READY, "state_since": NOON, "captions": CAPTIONS}
    poster = store_picture(a_photo(), alt="A galley")
    ready |= {"story": story, "file": f"{'a' * 64}.mp4", "alt": "A galley"}
    ready |= {"people": "nobody"}
    Video.objects.create(**{**ready, "poster": poster, **video})
    accept_story(story, by=a_lead(), now=NOON)
    return story


def handed(story: Story, channel: str, member=None) -> Share:
    return a_share(
        member=member or story.author,
        item=story.item,
        channel=channel,
        state=Share.State.HANDED,
        text="Come and see",
    )


def page(client, share: Share) -> str:
    client.force_login(share.member)
    return client.get(f"/shares/{share.pk}").content.decode()


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ("instagram", "Instagram takes no file of captions"),
        ("tiktok", "TikTok takes no file of captions"),
        ("youtube", "YouTube takes the file of captions"),
    ],
)
def test_ones_own_film_its_captions_and_what_the_network_takes(client, channel, said):
    story = filmed()
    shown = page(client, handed(story, channel))
    assert f"/media/{'a' * 64}.mp4" in shown
    assert f"/stories/{story.pk}/captions.vtt" in shown
    assert said in shown
    assert "Come and see" in shown


def test_a_network_of_which_we_know_nothing_is_told_nothing_of(client):
    shown = page(client, handed(filmed(), "mastodon"))
    assert "Save the captions" in shown
    assert "Mastodon takes" not in shown


def test_without_captions_there_is_no_file_of_them(client):
    shown = page(client, handed(filmed(captions=""), "youtube"))
    assert "Save the video" in shown
    assert "captions.vtt" not in shown


@pytest.mark.parametrize("state", ["waiting", "checking", "refused"])
def test_only_what_was_checked_goes_out(client, state):
    story = filmed()
    Video.objects.update(state=state)
    assert "Save the video" not in page(client, handed(story, "instagram"))


def test_who_is_in_it_is_said_before_it_goes_out(client):
    story = filmed()
    Video.objects.update(people="")
    share = handed(story, "instagram")
    shown = page(client, share)
    assert "Save the video" not in shown
    assert f"/stories/{story.pk}/film/people" in shown
    agreed = {"people": "agreed", "names": "Kaj"}
    client.post(f"/stories/{story.pk}/film/people", agreed)
    shown = page(client, share)
    assert "Save the video" in shown
    assert "Also in it, and agreed: Kaj" in shown


def test_a_colleagues_film_is_not_handed_out(client):
    share = handed(filmed(), "instagram", member=a_member())
    assert "Save the video" not in page(client, share)


def test_a_film_that_was_withdrawn_is_not_handed_out(client):
    story = filmed()
    share = handed(story, "instagram")
    Story.objects.update(state=Story.State.WITHDRAWN)
    assert "Save the video" not in page(client, share)
