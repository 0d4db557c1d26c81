"""A film is kept with what was said beside it, or refused in words; never half."""

import io
from pathlib import Path

import av
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from pesue.content import steps
from pesue.content.actions import videos
from pesue.content.actions.stories import accept_story, send, show_to_all
from pesue.content.actions.videos import Cut, Told, waiting_room
from pesue.content.keeping import place_of
from pesue.content.models import Story, Video
from pesue.content.videos import BadVideo, Wish, checked
from tests.make import NOON
from tests.make.content import a_story, a_video
from tests.make.people import a_lead, a_member, an_organisation

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
SAID = "0:01.0 --> 0:02.5\nGood morning <b>& welcome</b>"


@pytest.fixture(autouse=True)
def folders(tmp_path, settings):
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def story(client) -> Story:
    made = a_story()
    client.force_login(made.author)
    return made


def fading(path: Path, *, seconds: int = 4, kind: str = "libx264") -> bytes:
    """A film with sound that grows lighter: at each moment one sees where one is."""
    frames = seconds * 10
    with av.open(str(path), "w") as made:
        video = made.add_stream(kind, rate=10)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        video.gop_size = frames  # one key frame: a copied stream could not be cut
        sound = made.add_stream("libopus" if kind == "libvpx" else "aac", rate=48_000)
        for n in range(frames):
            frame = av.VideoFrame(64, 48, "yuv420p")
            levels = (n * 255 // frames, 128, 128)
            for plane, level in zip(frame.planes, levels, strict=True):
                plane.update(bytes([level]) * plane.buffer_size)
            made.mux(video.encode(frame))
            beep = av.AudioFrame("s16", "mono", 4800)
            beep.sample_rate, beep.pts = 48_000, n * 4800
            beep.planes[0].update(bytes(beep.planes[0].buffer_size))
            made.mux(sound.encode(beep))
        made.mux(video.encode())
        made.mux(sound.encode())
    return path.read_bytes()


def given(
    story: Story, film: bytes | None = None, **fields: object
) -> dict[str, object]:
    upload = {"video_file": SimpleUploadedFile("f.mp4", film)} if film else {}
    return {
        "title": story.title,
        "alt": "A baker waves",
        "people": "nobody",
        "captions": SAID,
        **upload,
        **fields,
    }


def kit(story: Story) -> str:
    return f"/stories/{story.pk}/film"


def test_a_film_is_kept_cut_and_captioned(client: Client, story: Story, tmp_path):
    film = fading(tmp_path / "f.mp4")
    wish = {"starts": "1", "ends": "3", "poster_at": "2.5", "title": "At four"}
    answer = client.post(kit(story), given(story, film, **wish))
    assert answer.status_code == 302
    assert steps.check_videos(NOON) == 1
    video = Video.objects.get()
    assert (video.state, video.seconds, video.starts) == ("ready", 2, 0)
    assert video.captions == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nGood morning &amp; welcome\n"
    )
    story.refresh_from_db()
    assert (story.title, list(waiting_room().iterdir())) == ("At four", [])
    shown = client.get(f"/stories/{story.pk}/captions.vtt")
    assert shown["Content-Type"] == "text/vtt; charset=utf-8"
    assert shown.content.decode() == video.captions


def test_what_is_cut_away_is_gone_and_the_picture_is_the_chosen(tmp_path):
    fading(tmp_path / "f.mp4")
    packed = checked(tmp_path / "f.mp4", tmp_path, Wish(1.0, 3.0, 2.5))
    with av.open(packed.file) as made:
        levels = [f.to_image().getpixel((9, 9))[0] for f in made.decode(video=0)]
        assert made.streams.audio[0].duration
    assert len(levels) == 20
    assert 40 < levels[0] < 70, "a quarter of the way to white"
    assert max(levels) < 200, "three quarters of it"
    with Image.open(packed.poster) as poster:
        assert 140 < poster.getpixel((9, 9))[0] < 180


def test_a_recording_of_a_browser_becomes_what_phones_play(tmp_path):
    fading(tmp_path / "f.webm", kind="libvpx")
    packed = checked(tmp_path / "f.webm", tmp_path)
    with av.open(packed.file) as made:
        kinds = [stream.codec_context.name for stream in made.streams]
    assert (Path(packed.file).suffix, sorted(kinds)) == (".mp4", ["aac", "h264"])
    assert packed.seconds == 4


def test_sound_that_comes_before_the_first_picture_waits_for_it(tmp_path):
    fading(tmp_path / "f.webm", kind="libvpx")
    packed = checked(tmp_path / "f.webm", tmp_path, Wish(1.001))
    with av.open(packed.file) as made:
        [sound], [video] = made.streams.audio, made.streams.video
        heard, seen = (float(s.duration * s.time_base) for s in (sound, video))
    assert (round(heard), round(seen)) == (3, 3)


@pytest.mark.parametrize("wish", [Wish(50), Wish(1, 1.0)])
def test_a_cut_that_leaves_nothing_is_told(tmp_path, wish):
    a_video(tmp_path / "f.mp4")
    with pytest.raises(BadVideo, match="empty cut"):
        checked(tmp_path / "f.mp4", tmp_path, wish)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"captions": "hello"}, "Line 1: write a time"),
        ({"people": ""}, "This field is required"),
        ({"people": "agreed"}, "Name those who agreed"),
        ({"alt": ""}, "This field is required"),
        ({"starts": "3", "ends": "2"}, "end before it begins"),
        ({"starts": "-1"}, "greater than or equal to 0"),
        ({"starts": "NaN"}, "Enter a number"),
        ({"poster_at": "1e400"}, "Ensure"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client, story, tmp_path, fields, said
):
    film = a_video(tmp_path / "f.mp4")
    data = given(story, film, **{"names": "", "alt": "Only here", **fields})
    answer = client.post(kit(story), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert (fields.get("alt") == "") or "Only here" in page
    assert not Video.objects.exists()
    assert not Path(waiting_room()).exists() or not list(waiting_room().iterdir())


def test_a_wrong_header_is_refused_at_once(client, story):
    answer = client.post(kit(story), given(story, b"\x89PNG and more" * 9))
    assert answer.status_code == 422
    assert "not a video we know" in answer.content.decode()
    assert list(waiting_room().iterdir()) == []
    assert not Video.objects.exists()


def test_a_file_past_the_limit_is_told_and_the_words_stay(client, story, settings):
    settings.MOST_UPLOAD_BYTES = 1_000_000
    answer = client.post(kit(story), given(story, bytes(1_100_000), alt="Stays"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "under 1 MB" in page
    assert "Stays" in page


class Watched(io.BytesIO):
    """Counts what is read of it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.taken += len(piece)
        return piece


@pytest.mark.parametrize("form", ["film", "edit"])
def test_two_gigabytes_are_refused_before_a_byte_is_read(client, story, form):
    body = Watched(b"--x")
    answer = client.generic(
        "POST",
        f"/stories/{story.pk}/{form}",
        content_type=MULTIPART_CONTENT,
        **{"CONTENT_LENGTH": str(2_000_000_000), "wsgi.input": body},
    )
    assert (answer.status_code, body.taken) == (413, 0)
    assert "200 megatavun" in answer.content.decode()
    assert answer["Connection"] == "close"


class Broken(io.BytesIO):
    """A connection that is lost on the way."""

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        if not piece:
            raise OSError("connection lost")
        return piece


def test_a_lost_connection_leaves_nothing_behind(client, story, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    whole = encode_multipart(BOUNDARY, given(story, bytes(3_000_000)))
    broken = {
        "CONTENT_LENGTH": str(len(whole)),
        "wsgi.input": Broken(whole[:2_000_000]),
    }
    with pytest.raises(UnreadablePostError):
        client.generic("POST", kit(story), b"x", MULTIPART_CONTENT, **broken)
    assert list(tmp_path.glob("*.upload*")) == []
    assert not Video.objects.exists()


def test_captions_can_be_changed_once_the_film_is_kept(client, story, tmp_path):
    client.post(kit(story), given(story, a_video(tmp_path / "f.mp4")))
    steps.check_videos(NOON)
    kept = Video.objects.get()
    later = given(story, captions="0:00 --> 0:01\nBetter", people="agreed", names="Kaj")
    assert client.post(kit(story), later).status_code == 302
    changed = Video.objects.get()
    assert (changed.file, changed.names) == (kept.file, "Kaj")
    assert "Better" in changed.captions
    assert "Kaj" in client.get(f"/stories/{story.pk}").content.decode()


def test_a_film_replaced_while_it_is_checked_stops_no_worker(story, monkeypatch):
    def replaced(*_given):
        Video.objects.all().delete()
        raise BadVideo("broken video")

    monkeypatch.setattr(videos, "checked", replaced)
    Video.objects.create(story=story, upload="x", state="waiting", state_since=NOON)
    waiting_room()
    assert steps.check_videos(NOON) == 1
    assert not Video.objects.exists()


def test_who_is_in_a_new_film_is_said_anew(client, story, tmp_path):
    Video.objects.create(story=story, upload="x", state="waiting", state_since=NOON)
    film = a_video(tmp_path / "f.mp4")
    answer = client.post(kit(story), given(story, film))
    assert answer.status_code == 422
    assert "in the new video, too" in answer.content.decode()
    assert client.post(kit(story), given(story)).status_code == 302, "no new one"
    assert Video.objects.get().upload == "x"


def test_who_takes_it_in_is_told_when_nobody_said_who_is_in_it(client, story):
    Video.objects.create(story=story, upload="x", state="waiting", state_since=NOON)
    Story.objects.update(state="sent")
    client.force_login(a_lead())
    words = "Nobody has said yet who can be recognised"
    assert words in client.get(f"/stories/{story.pk}").content.decode()
    Video.objects.update(people="nobody")
    assert words not in client.get(f"/stories/{story.pk}").content.decode()


def test_captions_stay_while_the_worker_cuts(story):
    video = Video.objects.create(
        story=story, upload="x", state="checking", state_since=NOON, captions="old"
    )
    videos.tell_of(video, Told("Seen", captions="new"))
    video.refresh_from_db()
    assert (video.alt, video.captions) == ("Seen", "old")


def test_strangers_read_captions_only_of_what_is_on_the_web(client, story, tmp_path):
    an_organisation()
    upload = SimpleUploadedFile("f.mp4", a_video(tmp_path / "f.mp4"))
    hello = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
    told = Told("A baker waves", captions=hello, people="nobody")
    videos.add_video(story, upload, told, cut=Cut(), now=NOON)
    steps.check_videos(NOON)
    send(story, now=NOON)
    accept_story(story, by=a_lead(), now=NOON)
    client.logout()
    assert client.get(f"/s/{story.slug}.vtt").status_code == 404
    assert client.get(f"/stories/{story.pk}/captions.vtt").status_code == 302
    show_to_all(story, public=True)
    assert "Hello" in client.get(f"/s/{story.slug}.vtt").content.decode()
    assert f"/s/{story.slug}.vtt" in client.get(f"/s/{story.slug}").content.decode()


def test_the_kit_is_the_authors_own_while_they_write(client, story):
    assert client.get(kit(story)).status_code == 200
    client.force_login(a_member())
    assert client.get(kit(story)).status_code == 404
    assert client.post(kit(story), given(story)).status_code == 404


def test_a_new_film_takes_the_place_of_the_kept_one(client, story, tmp_path, settings):
    places = []
    for n in (1, 2):
        film = a_video(tmp_path / f"{n}.mp4", seconds=n)
        client.post(kit(story), given(story, film, again="on"))
        steps.check_videos(NOON)
        places.append(place_of(settings.MEDIA_ROOT, Video.objects.get().file))
    video = Video.objects.get()
    assert video.seconds == 2
    assert [place.exists() for place in places] == [False, True]
    assert place_of(settings.MEDIA_ROOT, video.file).exists()
