"""All that Pesue holds about a person, in one file."""

import json
import zipfile
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import translation

from pesue.content.keeping import place_of
from pesue.content.models import Picture, Video
from pesue.people.models import Member
from pesue.privacy.queries import Holding, holdings, written
from pesue.sharing.actions import voices
from pesue.sharing.models import Voice


def pack(member: Member) -> IO[bytes]:
    """A ZIP: a page to begin from, each table as JSON, pictures and videos."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as box:
        tables = [(holding, _write(box, holding, member)) for holding in holdings()]
        names = [name for name in media(member) if _add(box, name)]
        _add_voices(box, member)
        _add_captions(box, member)
        with translation.override(member.language):
            page = render_to_string(
                "privacy/export.html",
                {"member": member, "tables": tables, "files": names},
            )
        box.writestr("index.html", page)
    file.seek(0)
    return file


def _write(box: zipfile.ZipFile, holding: Holding, member: Member) -> int:
    """One table, row by row; how many there were."""
    number = 0
    with box.open(f"data/{holding.key}.json", "w") as out:
        out.write(b"[")
        for number, row in enumerate(written(holding, member), start=1):
            text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            out.write(b",\n" if number > 1 else b"\n")
            out.write(text.encode())
        out.write(b"\n]\n")
    return number


def media(member: Member) -> list[str]:
    """Names of the files of pictures and videos that the member added."""
    pictures = Picture.objects.filter(by=member) | Picture.objects.filter(
        story__author=member
    )
    videos = Video.objects.filter(story__author=member).exclude(file="")
    return sorted(
        {
            *pictures.values_list("file", flat=True),
            *videos.values_list("file", flat=True),
        }
    )


def _add(box: zipfile.ZipFile, name: str) -> bool:
    path = place_of(Path(settings.MEDIA_ROOT), name)
    if not path.is_file():
        return False
    box.write(path, f"media/{name}", compress_type=zipfile.ZIP_STORED)
    return True


def _add_captions(box: zipfile.ZipFile, member: Member) -> None:
    """Beside their videos, under the same names."""
    for video in Video.objects.filter(story__author=member).exclude(captions=""):
        stem = Path(video.file).stem or f"waiting-{video.pk}"
        box.writestr(f"media/{stem}.vtt", video.captions)


def _add_voices(box: zipfile.ZipFile, member: Member) -> None:
    for voice in Voice.objects.filter(member=member):
        path = voices.place_of(voice)
        if path.is_file():
            box.write(path, f"voices/{voice.file}", compress_type=zipfile.ZIP_STORED)
