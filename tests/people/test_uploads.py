"""Raw lists of people lie no longer than somebody is to read them."""

import os
from datetime import timedelta

import pytest

from pesue.people.actions import imports
from pesue.people.models import PeopleImport
from pesue.people.steps import forget_imports
from tests.make import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.DATA = tmp_path
    return imports.uploads()


def uploaded(name="list.csv", at=NOON):
    pieces = [b"email,name\nana@example.org,Ana\n"]
    batch = imports.upload(pieces, name=name, by=None, now=at)
    os.utime(imports.uploads() / batch.file, (at.timestamp(), at.timestamp()))
    return batch


def test_a_file_whose_row_was_never_made_goes_after_an_hour(folder):
    waiting, lost = uploaded(), uploaded()
    PeopleImport.objects.filter(pk=lost.pk).delete()
    assert forget_imports(NOON + timedelta(minutes=50)) == 0
    assert (folder / lost.file).exists()
    assert forget_imports(LATER) == 1
    assert [path.name for path in folder.iterdir()] == [waiting.file]


def test_a_file_that_was_read_and_not_forgotten_goes(folder):
    read = uploaded()
    read.move(PeopleImport.State.CHECKED, now=NOON)
    assert forget_imports(LATER) == 1
    assert list(folder.iterdir()) == []


def test_videos_that_wait_in_the_same_folder_stay(folder):
    video = folder / "clip.mp4"
    video.write_bytes(b"x")
    os.utime(video, (NOON.timestamp(), NOON.timestamp()))
    assert forget_imports(LATER) == 0
    assert video.exists()
