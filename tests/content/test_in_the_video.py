"""Who is in a video agreed, however it came in, and may change their mind."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pesue.content import steps
from pesue.content.actions import consent, stories, videos
from pesue.content.actions.videos import Told, waiting_room
from pesue.content.keeping import place_of
from pesue.content.models import Item, Picture, Story, Video
from pesue.people.actions import members
from pesue.reach.models import Message
from tests.make import NOON
from tests.make.content import a_story, a_video
from tests.make.people import a_lead, a_member, a_team, an_organisation

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
HELLO = "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nHello\n"


@pytest.fixture(autouse=True)
def folders(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "media"
    an_organisation()


@pytest.fixture
def film(tmp_path) -> bytes:
    return a_video(tmp_path / "f.mp4")


def a_file(film: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("film.mp4", film)


def form(**fields: object) -> dict[str, object]:
    said = {"title": "A night", "language": "en", "edition": 0}
    return {**said, "text": "At four", "video_alt": "Waves", **fields}


def on_the_web(film: bytes, **story: object) -> Story:
    """An accepted story with a video of somebody who agreed."""
    made = a_story(**{"public": True, **story})
    told = Told("A baker waves", HELLO, "agreed", "Kaj Kanava")
    videos.add_video(made, a_file(film), told, now=NOON)
    steps.check_videos(NOON)
    stories.send(made, now=NOON)
    stories.accept_story(made, by=a_lead(), now=NOON)
    made.refresh_from_db()
    return made


# --- Asked wherever a video comes in


@pytest.mark.parametrize(
    ("said", "ready"),
    [
        ({}, False),
        ({"video_people": "agreed"}, False),
        ({"video_people": "agreed", "video_names": "Kaj"}, True),
        ({"video_people": "nobody", "video_names": "left over"}, True),
    ],
)
def test_a_plain_upload_is_kept_but_not_sent_before_it_is_said(
    client, film, said, ready
):
    author = a_member()
    client.force_login(author)
    wanted = form(video_file=a_file(film), send="1", **said)
    answer = client.post("/stories/new", wanted)
    story, video = Story.objects.get(), Video.objects.get()
    assert (story.state == "sent", video.is_said) == (ready, ready)
    assert ("name those who agreed" in answer.content.decode()) is not ready
    assert Video.objects.filter(Video.SAID).exists() is ready
    assert video.names != "left over"
    if not ready:
        page = client.get(f"/stories/{story.pk}").content.decode()
        assert f"/stories/{story.pk}/film/people" in page
        client.post(f"/stories/{story.pk}/film/people", {"people": "nobody"})
        client.post(f"/stories/{story.pk}/send")
        story.refresh_from_db()
        assert story.state == "sent"


def test_of_a_video_that_takes_anothers_place_it_is_said_anew(client, film):
    story = a_story()
    client.force_login(story.author)
    said = {"video_people": "agreed", "video_names": "Kaj"}
    page = f"/stories/{story.pk}/edit"
    client.post(page, form(video_file=a_file(film), **said))
    assert Video.objects.get().is_said
    client.post(page, form(video_file=a_file(film), edition=1, **said))
    new = Video.objects.get()
    assert (new.people, new.names) == ("", "")
    again = form(video_file=a_file(film), edition=2, video_again="on", **said)
    client.post(page, again)
    assert Video.objects.get().names == "Kaj"


def test_nobody_takes_in_or_shows_what_nobody_has_said(client, film):
    story = on_the_web(film, public=False)
    Video.objects.update(people="", names="")
    with pytest.raises(stories.NotReady) as no:
        stories.show_to_all(story, public=True)
    assert no.value.lack == "people"
    Story.objects.update(state="sent")
    story.refresh_from_db()
    with pytest.raises(stories.NotReady) as no:
        stories.accept_story(story, by=a_lead(), now=NOON)
    assert no.value.lack == "people"
    assert Story.objects.get().state == "sent"


def test_only_the_author_says_who_is_in_it(client, film):
    story = on_the_web(film)
    page, said = f"/stories/{story.pk}/film/people", {"people": "nobody"}
    client.force_login(a_lead())
    assert client.get(page).status_code == 200
    assert client.post(page, said).status_code == 404
    client.force_login(a_member("Somebody else"))
    assert client.get(page).status_code == 404
    client.force_login(story.author)
    assert client.post(page, {"people": "agreed"}).status_code == 422
    assert client.post(page, said).status_code == 302
    assert Video.objects.get().names == ""


# --- Changing one's mind


def media_of(video: Video) -> list[str]:
    assert video.poster
    return [video.url, video.poster.url]


def test_whoever_kept_a_copy_is_told_at_once(client, film, settings):
    story = on_the_web(film)
    page, captions = f"/s/{story.slug}", f"/s/{story.slug}.vtt"
    video = Video.objects.get()
    urls = media_of(video)
    kept = {one: client.get(one)["ETag"] for one in (page, captions)}
    for one, tag in kept.items():
        assert client.get(one, headers={"If-None-Match": tag}).status_code == 304
    consent.take_off(video, by=story.author, now=NOON)
    again = client.get(page, headers={"If-None-Match": kept[page]})
    assert again.status_code == 200, "it is another page now"
    shown = again.content.decode()
    assert not [one for one in (*urls, captions, "<video") if one in shown]
    assert story.text in shown
    old = {"If-None-Match": kept[captions]}
    assert client.get(captions, headers=old).status_code == 404
    assert client.get(urls[0]).status_code == 410
    assert client.get(urls[0], headers={"Range": "bytes=0-9"}).status_code == 410
    assert client.get(urls[1]).status_code == 302, "no stranger's picture"
    client.force_login(story.author)
    assert client.get(urls[0]).status_code == 410
    assert client.get(urls[1]).status_code == 404
    left = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert left == []


def test_a_story_that_was_nothing_else_is_gone_whole(client, film):
    story = on_the_web(film, text="")
    page = f"/s/{story.slug}"
    tag = client.get(page)["ETag"]
    consent.take_off(Video.objects.get(), by=story.author, now=NOON)
    assert client.get(page, headers={"If-None-Match": tag}).status_code == 410
    assert f"/s/{story.slug}" not in client.get("/s/").content.decode()
    item = Item.objects.get()
    assert (item.state, item.picture) == ("dropped", None)
    assert Story.objects.get().state == "withdrawn"


def test_nothing_is_kept_of_who_it_was(film):
    story = on_the_web(film)
    consent.take_off(Video.objects.get(), by=story.author, now=NOON)
    video = Video.objects.get()
    assert video.state == "off"
    kept = (video.names, video.people, video.captions, video.alt, video.poster)
    assert kept == ("", "", "", "", None)
    assert not Picture.objects.exists()


def test_a_lead_takes_it_off_and_the_author_is_told_once(client, film):
    team = a_team()
    story = on_the_web(film, author=a_member("Aino", team=team))
    off = f"/stories/{story.pk}/film/off"
    client.force_login(a_member("Somebody else"))
    assert client.post(off).status_code == 404
    client.force_login(a_lead(team=a_team("Elsewhere")))
    assert client.post(off).status_code == 404
    assert Video.objects.get().state == "ready"
    client.force_login(a_lead(team=team))
    assert client.get(off).status_code == 405
    assert (
        "Take the video off"
        in client.get(f"/stories/{story.pk}/film/people").content.decode()
    )
    assert client.post(off)["Location"] == f"/stories/{story.pk}"
    assert client.post(off).status_code == 404, "it is off already"
    mail = Message.objects.get(kind="video-off")
    assert mail.member == story.author
    assert "Kaj" not in mail.text
    client.force_login(story.author)
    page = client.get(f"/stories/{story.pk}").content.decode()
    assert "was taken off" in page
    assert "Kaj" not in page


def test_the_author_takes_off_their_own_without_a_mail(client, film):
    story = on_the_web(film)
    client.force_login(story.author)
    client.post(f"/stories/{story.pk}/film/off")
    assert Video.objects.get().state == "off"
    assert not Message.objects.filter(kind="video-off").exists()


def test_a_lead_takes_off_the_video_of_one_who_left(client, film):
    story = on_the_web(film, author=a_member("Aino", team=a_team()))
    members.leave(story.author, now=NOON)
    assert client.get(f"/s/{story.slug}").status_code == 410
    client.force_login(a_lead())
    assert client.post(f"/stories/{story.pk}/film/off").status_code == 302
    assert Video.objects.get().state == "off"
    assert not Message.objects.filter(kind="video-off").exists()


def test_what_another_story_shows_stays(film, settings):
    mine = on_the_web(film)
    other = on_the_web(film)
    assert mine.video.file == other.video.file
    consent.take_off(mine.video, by=mine.author, now=NOON)
    assert place_of(settings.MEDIA_ROOT, other.video.file).exists()
    assert place_of(settings.MEDIA_ROOT, other.video.poster.file).exists()


def test_another_video_may_come_and_the_story_be_sent_without(client, film):
    story = a_story()
    told = Told("Waves", people="nobody")
    videos.add_video(story, a_file(film), told, now=NOON)
    consent.take_off(Video.objects.get(), by=story.author, now=NOON)
    assert list(waiting_room().iterdir()) == []
    assert steps.check_videos(NOON) == 0
    stories.send(story, now=NOON)
    stories.accept_story(story, by=a_lead(), now=NOON)
    stories.withdraw(story, now=NOON)
    stories.take_back(story, now=NOON)
    videos.add_video(story, a_file(film), told, now=NOON)
    assert steps.check_videos(NOON) == 1
    assert Video.objects.get().state == "ready"


def test_taken_off_while_it_is_packed_leaves_nothing(film, monkeypatch, settings):
    story = a_story()
    videos.add_video(story, a_file(film), Told("Waves", people="nobody"), now=NOON)
    checked = videos.checked

    def slowly(*given):
        done = checked(*given)
        consent.take_off(Video.objects.get(), by=story.author, now=NOON)
        return done

    monkeypatch.setattr(videos, "checked", slowly)
    assert steps.check_videos(NOON) == 1
    assert Video.objects.get().state == "off"
    assert not Picture.objects.exists()
    left = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert left == []


# --- What is no video


@pytest.mark.parametrize("head", [b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\0" * 12, b""])
def test_a_wrong_header_is_told_and_the_words_stay(client, head):
    client.force_login(a_member())
    bad = SimpleUploadedFile("film.mp4", head + b"x" * 40, "video/mp4")
    said = form(video_file=bad, video_people="nobody", text="Kept words")
    page = client.post("/stories/new", said).content.decode()
    assert "not a video we know" in page
    assert "Kept words" in page
    assert not Video.objects.exists()
