import io
from datetime import UTC, datetime

import pytest
from django.db import transaction
from PIL import Image

from pesue.content.models import Item
from pesue.demo.build import NotEmpty, build
from pesue.demo.company import read, stories
from pesue.demo.library import PICTURES
from pesue.encouragement.models import Thanks
from pesue.example.models import Showcase
from pesue.foundation.models import Run
from pesue.people.models import Member, Organisation
from pesue.sharing.models import LinkDay, Share
from tests.make.people import an_organisation

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.CLICK_LOG = tmp_path / "clicks"
    settings.MEDIA_ROOT = tmp_path / "media"


def small(seed: int = 1) -> None:
    build(NOW, seed, progress=lambda _line: None, people=60, weeks=2)


def counted() -> dict[str, object]:
    shares = Share.objects.order_by("drafted_at", "text")
    return {
        "members": list(Member.objects.order_by("pk").values_list("name", "state")),
        "items": Item.objects.count(),
        "shares": list(shares.values_list("state", "channel", "text")),
        "people": sum(LinkDay.objects.values_list("people", flat=True)),
        "robots": sum(LinkDay.objects.values_list("robots", flat=True)),
        "thanks": Thanks.objects.count(),
        "examples": Showcase.objects.count(),
    }


def test_two_weeks_of_sixty_people(client):
    small()
    assert Organisation.the().demo
    found = counted()
    assert Member.objects.count() == 60
    assert Share.objects.filter(state=Share.State.SHARED).count() > 5
    assert found["people"] > 20
    assert found["robots"] > 0
    assert found["thanks"] > 0
    assert not Share.objects.filter(state_since__gt=NOW).exists()
    assert not Run.objects.exclude(failed_at=None).exists()
    for who in ("advocate", "lead", "leader"):
        client.post("/demo/sign-in", {"who": who})
        assert client.get("/").status_code == 200
    page = client.get("/examples/leading").content.decode()  # the leader, still
    assert "/examples/leading/handed/" in page


@pytest.mark.parametrize("hour", [4, 23])
def test_it_can_be_founded_at_any_hour(hour):
    """Around dawn and midnight in Helsinki, where its days begin."""
    now = NOW.replace(hour=hour, minute=50)
    build(now, progress=lambda _line: None, people=20, weeks=2)
    assert not Share.objects.filter(state_since__gt=now).exists()


def test_one_seed_one_life(settings, tmp_path):
    lives = []
    for life in ("one", "other"):
        settings.CLICK_LOG = tmp_path / life
        with transaction.atomic():
            small()
            lives.append(counted())
            transaction.set_rollback(True)
    assert lives[0] == lives[1]


def test_it_goes_nowhere_near_a_real_house():
    an_organisation()
    with pytest.raises(NotEmpty):
        small()
    assert Member.objects.count() == 0


def test_the_words_are_many_and_each_stands_once():
    posts = [post for story in stories() for post in story.posts]
    assert len(set(posts)) == len(posts) >= 60
    assert {story.language for story in stories()} == {"fi", "sv", "en"}


def test_every_picture_is_small_and_has_words():
    files = {path.stem: path for path in PICTURES.glob("*.webp")}
    assert set(files) == set(read("pictures"))
    assert {story.picture for story in stories()} <= set(files)
    assert sum(path.stat().st_size for path in files.values()) < 1_500_000
    for path in files.values():
        assert Image.open(io.BytesIO(path.read_bytes())).size == (1280, 720)
