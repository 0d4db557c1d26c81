"""What one said aloud: for its owner alone, and only for a while."""

import io
import os
import wave
from datetime import timedelta
from pathlib import Path

import av
import pytest
from av.audio.frame import AudioFrame
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st

from pesue.content.models import Story
from pesue.foundation.models import Run, name_of
from pesue.sharing.actions import voices
from pesue.sharing.models import Share, Voice
from pesue.sharing.sounds import HEAD, TYPES, kind_of
from pesue.sharing.steps.said import forget_said
from tests.make import NOON
from tests.make.content import a_photo, a_story, an_item
from tests.make.people import a_lead, a_member, an_admin, an_organisation
from tests.make.sharing import a_share

MADE = {  # container and codec, as browsers and phones record
    "webm": ("webm", "libopus"),
    "ogg": ("ogg", "libopus"),
    "m4a": ("mp4", "aac"),
    "mp3": ("mp3", "libmp3lame"),
}


def a_sound(kind: str = "ogg") -> bytes:
    out = io.BytesIO()
    if kind == "wav":
        with wave.open(out, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(b"\0\0" * 800)
        return out.getvalue()
    container, codec = MADE[kind]
    with av.open(out, "w", format=container) as made:
        stream = made.add_stream(codec, rate=48000)
        frame = AudioFrame(format="s16", layout="mono", samples=960)
        frame.sample_rate = 48000
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        resampler = av.AudioResampler(stream.codec_context.format, "mono", 48000)
        for one in resampler.resample(frame):
            made.mux(stream.encode(one))
        made.mux(stream.encode())
    return out.getvalue()


@pytest.mark.parametrize("kind", [*MADE, "wav"])
def test_each_kind_is_known_by_what_stands_in_it(kind):
    assert kind_of(a_sound(kind)[:HEAD]) == kind


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<html><script>",
        b"OggS",
        b"OggS\0" + b"theora" * 20,
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"\x1aE\xdf\xa3 something else",
        b"\0\0\0\x18ftypavif\0\0\0\0avifmif1",
        b"\xff\xd8\xff\xe0 JFIF",
        b"\xff\xfb\xf0\x00",
        b"ID3 is a nice tag",
        a_photo(8, 8),
        b"%PDF-1.7",
    ],
)
def test_what_is_no_sound_is_none(head):
    assert kind_of(head) is None


@given(st.binary(max_size=64))
def test_no_bytes_make_it_fall(head):
    assert kind_of(head) in {None, *TYPES}


@pytest.fixture
def member(client, settings, tmp_path):
    settings.DATA = tmp_path
    an_organisation()
    member = a_member(language="en")
    client.force_login(member)
    return member


def kept(client, address: str, content: bytes | None = None, name: str = "x.mp3"):
    sound = SimpleUploadedFile(name, a_sound() if content is None else content)
    return client.post(address, {"sound": sound})


def files() -> list[Path]:
    return list(voices.room().iterdir())


@pytest.mark.django_db
def test_a_note_begins_a_draft_and_its_owner_hears_it_there(client, member):
    item = an_item()
    at = f"/compose/{item.pk}/voice"
    assert "Say it first" in client.get(at).content.decode()
    sound = a_sound()
    assert kept(client, at, sound).status_code == 302
    [voice] = Voice.objects.all()
    assert (voice.share.state, voice.share.text) == (Share.State.DRAFT, "")
    assert oct(files()[0].stat().st_mode)[-3:] == "600"
    address = f"/voices/{voice.pk}"
    for page in (at, f"/compose/{item.pk}"):
        assert f'src="{address}"' in client.get(page).content.decode()
    heard = client.get(address)
    assert b"".join(heard.streaming_content) == sound
    assert heard["Content-Type"] == "audio/ogg"  # by its content, not its name
    assert heard["Cache-Control"] == "private, no-store"
    part = client.get(address, headers={"Range": "bytes=0-1"})
    assert (part.status_code, part["Content-Length"]) == (206, "2")
    assert client.get(address, headers={"Range": "bytes=999999-"}).status_code == 416


@pytest.mark.django_db
def test_nobody_else_hears_it_whatever_they_may_do(client, member):
    kept(client, f"/compose/{an_item().pk}/voice")
    address = f"/voices/{Voice.objects.get().pk}"
    for other in (a_member(), a_lead(), an_admin()):
        client.force_login(other)
        assert client.get(address).status_code == 404
        assert client.post(f"{address}/let-go").status_code == 404
    client.logout()
    assert client.get(address).status_code == 302
    assert Voice.objects.exists()


@pytest.mark.django_db
def test_what_is_no_sound_or_too_large_begins_nothing(client, member, monkeypatch):
    at = f"/compose/{an_item().pk}/voice"
    answer = kept(client, at, b"<svg onload=alert(1)>", "voice.mp3")
    assert answer.status_code == 422
    assert "That is no sound we know" in answer.content.decode()
    monkeypatch.setattr(voices, "MOST_MEGABYTES", 0)
    assert "too long" in kept(client, at).content.decode()
    assert not Share.objects.exists()
    assert files() == []


@pytest.mark.django_db
def test_a_full_disk_keeps_nothing_by_half(client, member, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("builtins.open", full)
    share = a_share(member=member)
    with pytest.raises(voices.NotDone):
        voices.keep(member, SimpleUploadedFile("x", a_sound()), share=share, now=NOON)
    monkeypatch.undo()
    assert not Voice.objects.exists()


@pytest.mark.django_db
def test_a_story_has_notes_while_it_is_a_draft(client, member):
    story = a_story(author=member)
    at = f"/stories/{story.pk}/voice"
    assert kept(client, at).headers["Location"] == at
    assert "/voices/" in client.get(f"/stories/{story.pk}/edit").content.decode()
    Story.objects.update(state="sent")
    assert client.get(at).status_code == 404
    other = a_story()
    assert kept(client, f"/stories/{other.pk}/voice").status_code == 404


@pytest.mark.django_db
def test_five_notes_at_a_time_and_one_can_be_let_go(client, member):
    at = f"/compose/{an_item().pk}/voice"
    for _ in range(5):
        kept(client, at)
    assert "Let one go first" in kept(client, at).content.decode()
    assert len(files()) == 5
    gone = Voice.objects.first()
    assert client.post(f"/voices/{gone.pk}/let-go").headers["Location"] == at
    assert len(files()) == Voice.objects.count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "left"),
    [
        ({}, 1),
        ({"state": "handed"}, 1),  # not now, and one writes on
        ({"state": "shared", "shared_at": NOON}, 0),
        ({"state": "withdrawn"}, 0),
    ],
)
def test_it_goes_when_the_words_have_gone_out(client, member, change, left):
    kept(client, f"/compose/{an_item().pk}/voice")
    Share.objects.update(**change)
    for _ in range(2):
        forget_said(now())
    assert len(files()) == Voice.objects.count() == left


@pytest.mark.django_db
def test_it_goes_with_the_draft_and_after_thirty_days(client, member):
    item = an_item()
    kept(client, f"/compose/{item.pk}/voice")
    client.post(f"/shares/{member.shares.get().pk}/remove")
    assert files() == []
    kept(client, f"/compose/{item.pk}/voice")
    forget_said(now() + timedelta(days=29))
    assert len(files()) == 1
    forget_said(now() + timedelta(days=31))
    assert files() == []
    assert member.shares.filter(state=Share.State.DRAFT).exists()


@pytest.mark.django_db
def test_a_file_whose_row_is_gone_is_swept_and_a_young_one_left(client, member):
    kept(client, f"/compose/{an_item().pk}/voice")
    Voice.objects.all().delete()  # as erasing a person does
    forget_said(now())
    assert len(files()) == 1
    [path] = files()
    old = (now() - timedelta(hours=2)).timestamp()
    os.utime(path, (old, old))
    Run.objects.update_or_create(
        step=name_of(forget_said), defaults={"finished_at": now()}
    )
    forget_said(now())  # looked this hour
    assert len(files()) == 1
    forget_said(now() + timedelta(hours=1))
    assert files() == []
