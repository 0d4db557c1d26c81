from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from pesue.content import steps
from pesue.content.actions import store_picture
from pesue.content.actions.stories import accept_story
from pesue.content.models import Item, Story, Video
from pesue.content.videos import BadVideo, checked
from pesue.foundation.moves import LostRace
from pesue.people.actions import members
from pesue.people.models import Member
from tests.make import NOON
from tests.make.content import a_photo, a_story, a_video
from tests.make.people import a_lead, a_member, a_team, an_organisation

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
LATIN = "Yö uunilla, kello neljä"


def photo(name: str = "oven.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, a_photo(), "image/jpeg")


def form(story: Story | None = None, **fields: object) -> dict[str, object]:
    return {
        "title": "A night at the oven",
        "text": "At four the rye is ready.",
        "language": "en",
        "edition": story.edition if story else 0,
        **fields,
    }


def signed_in(client: Client, member: Member) -> Member:
    client.force_login(member)
    return member


def test_a_story_is_written_sent_sent_back_and_taken_in(client: Client) -> None:
    author = signed_in(client, a_member("Ana Aalto", team=a_team()))
    client.post("/stories/new", form(title=LATIN, public="on", picture_0=photo()))
    story = Story.objects.get()
    assert client.post(f"/stories/{story.pk}/send").status_code == 302
    story.refresh_from_db()
    assert story.state == "draft", "a picture without words for it is not sent"
    edited = form(story, title=LATIN, public="on", send="1")
    edited[f"alt_{story.pictures.get().pk}"] = "An open oven at night"
    client.post(f"/stories/{story.pk}/edit", edited)

    lead = signed_in(client, a_lead(team=author.team))
    assert LATIN in client.get("/inbox").content.decode()
    client.post(f"/stories/{story.pk}/return", {"note": "Who made the dough?"})
    story.refresh_from_db()
    assert (story.state, story.reviewer) == ("draft", lead)

    signed_in(client, author)
    assert "Who made the dough?" in client.get(f"/stories/{story.pk}").content.decode()
    client.post(f"/stories/{story.pk}/send")
    signed_in(client, lead)
    client.post(f"/stories/{story.pk}/accept")
    item = Item.objects.get()
    assert (item.state, item.title, item.owner) == ("ready", LATIN, author)


def test_a_story_is_on_the_web_while_its_author_agrees(client: Client) -> None:
    an_organisation()
    author = a_member()
    story = a_story(LATIN, author=author, public=True, state="sent")
    picture = store_picture(a_photo(), alt="An open oven", story=story)
    item = accept_story(story, by=a_lead(), now=NOON)
    page = client.get(f"/s/{story.slug}").content.decode()
    assert f'<meta property="og:title" content="{LATIN}">' in page
    assert f'src="{picture.medium_url}"' in page
    answer = client.get(picture.url)
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert answer.getvalue()

    signed_in(client, author)
    client.post(f"/stories/{story.pk}/show", {})
    client.logout()
    assert client.get(f"/s/{story.slug}").status_code == 410
    assert client.get(picture.url).status_code == 302, "signed out, to sign in"
    signed_in(client, author)
    client.post(f"/stories/{story.pk}/leave")
    item.refresh_from_db()
    story.refresh_from_db()
    assert (item.state, item.url, story.state) == ("dropped", "", "withdrawn")
    assert story.text == "At four the rye is ready."


def test_a_leavers_story_is_off_the_web_until_they_come_back(client: Client) -> None:
    an_organisation()
    author = a_member()
    story = a_story(LATIN, author=author, public=True, state="sent")
    picture = store_picture(a_photo(), alt="An open oven", story=story)
    accept_story(story, by=a_lead(), now=NOON)
    members.leave(author, now=NOON)
    assert client.get(f"/s/{story.slug}").status_code == 410
    assert client.get(picture.url).status_code == 302, "signed out, to sign in"
    members.come_back(author, now=NOON)
    assert client.get(f"/s/{story.slug}").status_code == 200
    assert client.get(picture.url).getvalue()


def test_only_those_who_look_after_the_team_may_review(client: Client) -> None:
    here, there = a_team("Here"), a_team("There")
    story = a_story(author=a_member(team=here), state="sent")
    for other in (a_member(team=here), a_lead(team=there)):
        signed_in(client, other)
        assert client.get(f"/stories/{story.pk}").status_code == 404
        assert client.post(f"/stories/{story.pk}/accept").status_code == 404
    signed_in(client, a_lead(team=here))
    assert client.get(f"/stories/{story.pk}").status_code == 200


def test_a_draft_is_its_authors_own(client: Client) -> None:
    story = a_story()
    signed_in(client, a_lead())
    assert client.get(f"/stories/{story.pk}").status_code == 404


def test_two_windows_lose_no_text(client: Client) -> None:
    story = a_story()
    assert story.author
    signed_in(client, story.author)
    first = form(story, text="From the first window")
    second = form(story, text="From the second window")
    assert client.post(f"/stories/{story.pk}/edit", first).status_code == 302
    answer = client.post(f"/stories/{story.pk}/edit", second)
    page = answer.content.decode()
    assert "From the first window" in page
    assert "From the second window" in page
    story.refresh_from_db()
    assert story.text == "From the first window"
    again = form(text="Both", edition=answer.context["form"]["edition"].value())
    client.post(f"/stories/{story.pk}/edit", again)
    story.refresh_from_db()
    assert story.text == "Both"


def test_of_two_curators_one_makes_the_item() -> None:
    story = a_story(state="sent")
    same = Story.objects.get(pk=story.pk)
    accept_story(story, by=a_lead(), now=NOON)
    with pytest.raises(LostRace):
        accept_story(same, by=a_lead(), now=NOON)
    assert Item.objects.count() == 1


def test_a_wrong_file_is_told_and_the_words_are_kept(client: Client) -> None:
    signed_in(client, a_member())
    wrong = SimpleUploadedFile("oven.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    answer = client.post("/stories/new", form(text="Kept words", picture_0=wrong))
    page = answer.content.decode()
    assert "not a picture we know" in page
    assert "Kept words" in page
    assert Story.objects.get().text == "Kept words"


def test_an_upload_past_the_limit_is_told_and_the_words_are_kept(
    client: Client, settings: Settings
) -> None:
    settings.MOST_UPLOAD_BYTES = 1_000_000
    signed_in(client, a_member())
    large = SimpleUploadedFile("film.mp4", bytes(1_100_000), "video/mp4")
    answer = client.post("/stories/new", form(text="Kept words", video_file=large))
    assert "under 1 MB" in answer.content.decode()
    assert Story.objects.get().text == "Kept words"
    assert not Video.objects.exists()


def test_a_video_is_packed_anew_by_the_worker(client: Client, tmp_path: Path) -> None:
    author = signed_in(client, a_member())
    film = a_video(tmp_path / "film.mov")
    assert b"secret place" in film
    upload = SimpleUploadedFile("film.mov", film, "video/quicktime")
    client.post("/stories/new", form(video_file=upload, video_alt="A baker waves"))
    video = Video.objects.get()
    assert (video.state, steps.check_videos(NOON)) == ("waiting", 1)
    video.refresh_from_db()
    assert (video.state, video.seconds, video.type) == ("ready", 1, "video/mp4")
    assert video.poster
    assert (video.poster.width, video.poster.height) == (64, 48)
    answer = client.get(video.url, headers={"Range": "bytes=4-7"})
    assert (answer.status_code, answer.getvalue()) == (206, b"ftyp")
    whole = client.get(video.url)
    assert b"secret place" not in whole.getvalue()
    assert video.story.author == author
    assert steps.check_videos(NOON) == 0


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda film: film[: len(film) // 2], "broken video"),
        (lambda film: film[:60], "broken video"),
    ],
)
def test_a_bad_video_says_why(
    spoil: Callable[[bytes], bytes], reason: str, client: Client, tmp_path: Path
) -> None:
    signed_in(client, a_member())
    film = SimpleUploadedFile("film.mp4", spoil(a_video(tmp_path / "film.mp4")))
    client.post("/stories/new", form(video_file=film, video_alt="A baker waves"))
    steps.check_videos(NOON)
    video = Video.objects.get()
    assert (video.state, video.reason) == ("refused", reason)
    assert str(video.why) in client.get(f"/stories/{video.story_id}").content.decode()
    client.post(f"/stories/{video.story_id}/send")
    assert Story.objects.get().state == "draft"


def test_a_codec_that_phones_do_not_play_and_a_long_film(tmp_path: Path) -> None:
    for name, parts, reason in (
        ("old.mp4", {"codec": "mpeg4"}, "video codec"),
        ("long.mp4", {"seconds": 190, "rate": 1}, "long video"),
    ):
        (tmp_path / name).write_bytes(a_video(tmp_path / f"made-{name}", **parts))
        with pytest.raises(BadVideo) as refusal:
            checked(tmp_path / name, tmp_path)
        assert refusal.value.reason == reason


def test_queries_of_my_stories_do_not_grow(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    author = signed_in(client, a_member())
    for _ in range(3):
        a_story(author=author)
    with django_assert_max_num_queries(9):
        client.get("/stories")
