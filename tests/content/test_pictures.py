import contextlib
import errno
import io
import os
import random
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

from pesue.content.actions import CannotUse, store_picture
from pesue.content.models import Picture
from pesue.content.pictures import BadPicture, redrawn
from tests.make.content import a_photo, a_story
from tests.make.people import a_lead, a_member, a_team, an_organisation


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def test_who_and_where_are_gone_and_it_stands_upright() -> None:
    picture = Image.new("RGB", (400, 200), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, 100, 200), fill="red")
    exif = Image.Exif()
    exif[Base.Artist] = "Ana Aalto"
    exif[Base.Orientation] = 6  # turned by a quarter
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    drawn = redrawn(saved(picture, "JPEG", exif=exif, comment=b"secret place"))
    (full,) = drawn.files.values()
    assert (drawn.width, drawn.height) == (200, 400)
    assert b"Ana Aalto" not in full
    assert b"secret place" not in full
    opened = Image.open(io.BytesIO(full))
    assert not opened.getexif()
    red = opened.getpixel((100, 10))
    assert isinstance(red, tuple)
    assert red[0] > 200 > 100 > red[1], "the left side went up"


@pytest.mark.thorough
def test_sizes() -> None:
    drawn = redrawn(a_photo(4000, 3000))
    widths = [Image.open(io.BytesIO(file)).size for file in drawn.files.values()]
    assert widths == [(2048, 1536), (480, 360), (960, 720)]
    assert (drawn.width, drawn.height) == (2048, 1536)
    assert len(redrawn(a_photo(300, 200)).files) == 1, "never enlarged"


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"),
     ("PNG", "I;16"), ("PNG", "1"), ("GIF", "P"), ("WEBP", "RGB"), ("AVIF", "RGB"),
     ("HEIF", "RGB"), ("TIFF", "RGB"), ("BMP", "RGB")],
)  # fmt: skip
def test_what_cameras_and_programs_save(kind: str, mode: str) -> None:
    drawn = redrawn(saved(Image.new(mode, (64, 48)), kind))
    assert (drawn.width, drawn.height) == (64, 48)


def test_what_one_sees_through_stays_so() -> None:
    drawn = redrawn(saved(Image.new("RGBA", (64, 48), (0, 0, 0, 0)), "PNG"))
    assert drawn.name.endswith(".webp")
    assert Image.open(io.BytesIO(drawn.files[drawn.name])).mode == "RGBA"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"", "no picture"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>",
            "no picture",
        ),
        (b"%PDF-1.4", "no picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no picture"),
        (a_photo()[:600], "broken picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), None),
    ],
)
def test_what_is_no_picture(source: bytes, reason: str | None) -> None:
    with pytest.raises(BadPicture) as refusal:
        redrawn(source)
    assert reason in {None, refusal.value.reason}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF", "TIFF"])
def test_spoiled_bytes_make_a_picture_or_a_refusal(kind: str) -> None:
    chance = random.Random(3)
    whole = saved(Image.effect_noise((80, 60), 60).convert("RGB"), kind)
    for _ in range(60):
        spoiled = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
        with contextlib.suppress(BadPicture):
            redrawn(bytes(spoiled))


@pytest.mark.thorough
def test_a_picture_that_unpacks_to_gigabytes() -> None:
    bomb = saved(Image.new("1", (20_000, 20_000)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(BadPicture) as refusal:
        redrawn(bomb)
    assert refusal.value.reason == "huge picture"


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing_half(
    place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    left = [1]

    def full(*_args: object, **_also: object) -> None:
        if not left:
            raise OSError(errno.ENOSPC, "No space left on device")
        left.pop()

    with monkeypatch.context() as patch:
        if place == "fsync":
            patch.setattr(os, "fsync", full)
        else:
            left.clear()
            patch.setattr(os, "replace", full)
        with pytest.raises(CannotUse) as refusal:
            store_picture(a_photo())
    assert refusal.value.reason == "full disk"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_pictures_are_for_members_and_other_names_for_nobody(client: Client) -> None:
    picture = store_picture(a_photo())
    assert client.get(picture.url).status_code == 302
    client.force_login(a_member())
    answer = client.get(picture.url)
    assert answer.getvalue()[:2] == b"\xff\xd8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    digest = picture.file[:64]
    for name in (
        f"{digest}.html",
        "..%2fsecret.key",
        f"{'0' * 64}.jpg",
        f"{digest}-7.jpg",
    ):
        assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.django_db
def test_the_same_picture_twice_is_one_file(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    source = a_photo(300, 200)
    first, second = store_picture(source, alt="One"), store_picture(source, alt="Two")
    assert (first.file, first.alt, second.alt) == (second.file, "One", "Two")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.django_db
def test_another_teams_curator_sees_no_draft_picture(client: Client) -> None:
    """By its number, in the hidden field of a form."""
    an_organisation()
    team = a_team()
    lead = a_lead(team=team)
    client.force_login(lead)
    draft = store_picture(a_photo(), alt="Still mine", by=a_member(), story=a_story())
    page = client.post("/library/new", {"kept_picture": draft.pk, "title": ""})
    assert draft.file not in page.content.decode()
    own = store_picture(a_photo(), alt="Bread", by=lead)
    page = client.post("/library/new", {"kept_picture": own.pk, "title": ""})
    assert own.file.removesuffix(".jpg") in page.content.decode()
