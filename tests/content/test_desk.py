from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pesue.content.actions import import_from
from pesue.content.feeds import NoFeed
from pesue.content.models import Item, Source
from pesue.content.queries.library import questions_for
from pesue.guidance.models import Topic
from tests.make import NOON
from tests.make.content import a_feed, a_photo, a_source, an_entry, an_item
from tests.make.people import a_lead, a_member, a_team
from tests.make.web import Answer, a_site

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]


def card(item: Item | None = None, **fields: object) -> dict[str, object]:
    return {
        "title": "Rye at four",
        "summary": "What happened.",
        "url": "example.org/rye?utm_source=x",
        "language": "en",
        "disclosure": "ad",
        "edition": item.edition if item else 0,
        **fields,
    }


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("rye.jpg", a_photo(), "image/jpeg")


def test_a_card_by_hand_saves_all_of_it(client: Client) -> None:
    topic = Topic.objects.create(name="Bread")
    team, owner = a_team(), a_member("Olli Owner")
    client.force_login(a_lead())
    given = card(
        topics=[topic.pk],
        audience=[team.pk],
        owner_email=owner.email.upper(),
        valid_until="2026-05-01",
        finance="on",
        picture_file=photo(),
        picture_alt="A rye loaf",
        questions_fi="Mitä teit?\n\n  Mitä näit?  ",
        starters_sv="Jag bakade",
        whole_en="We baked it all.",
        accept="1",
    )
    assert client.post("/library/new", given).status_code == 302
    item = Item.objects.get()
    assert (item.state, item.owner, item.disclosure) == ("ready", owner, "ad")
    assert (item.url, item.finance) == ("https://example.org/rye", True)
    assert item.picture
    assert item.picture.alt == "A rye loaf"
    assert (list(item.topics.all()), list(item.audience.all())) == ([topic], [team])
    assert questions_for(item, "fi") == ["Mitä teit?", "Mitä näit?"]
    said = item.starters.values_list("language", "text", "whole")
    assert set(said) == {("sv", "Jag bakade", False), ("en", "We baked it all.", True)}
    client.post(f"/library/{item.pk}/edit", card(item, title="New", no_picture="on"))
    item.refresh_from_db()
    assert (item.title, item.picture_id, item.questions.count()) == ("New", None, 0)


def test_a_mistake_loses_nothing_that_was_typed_or_chosen(client: Client) -> None:
    client.force_login(a_lead())
    wrong = card(title="", owner_email="nobody@example.org", picture_file=photo())
    wrong |= {"questions_en": "one\ntwo\nthree\nfour", "url": "not an address"}
    page = client.post("/library/new", wrong)
    text = page.content.decode()
    for kept in (
        "What happened.",
        "nobody@example.org",
        "three\nfour",
        "not an address",
    ):
        assert kept in text
    for told in ("Nobody here has this", "at most 3 lines", "not a web address"):
        assert told in text
    kept_picture = page.context["form"]["kept_picture"].value()
    fixed = card(kept_picture=kept_picture, picture_alt="A loaf")
    client.post("/library/new", fixed)
    item = Item.objects.get()
    assert item.picture_id == int(kept_picture), "the file need not be chosen again"


def test_a_picture_needs_words_and_is_ones_own(client: Client) -> None:
    client.force_login(a_lead())
    page = client.post("/library/new", card(picture_file=photo())).content.decode()
    assert "Say in a few words what the picture shows." in page
    theirs = an_item("Theirs")
    client.post(
        f"/library/{theirs.pk}/edit", card(picture_file=photo(), picture_alt="x")
    )
    theirs.refresh_from_db()
    assert theirs.picture
    client.force_login(a_lead())
    taken = card(kept_picture=theirs.picture_id, picture_alt="x", title="Mine")
    client.post("/library/new", taken)
    assert Item.objects.get(title="Mine").picture is None


def test_two_curators_on_one_card_lose_no_text(client: Client) -> None:
    item = an_item()
    client.force_login(a_lead())
    first, second = (
        card(item, summary="First words"),
        card(item, summary="Second words"),
    )
    assert client.post(f"/library/{item.pk}/edit", first).status_code == 302
    answer = client.post(f"/library/{item.pk}/edit", second)
    assert "Second words" in answer.content.decode()
    assert "Someone saved changes here" in answer.content.decode()
    item.refresh_from_db()
    assert item.summary == "First words"


def test_a_page_fills_the_card(client: Client) -> None:
    client.force_login(a_lead())
    with a_site() as site:
        site.answers["/rye"] = Answer(b"<html lang=sv><title>Rye</title></html>")
        page = client.get("/library/new", {"url": f"{site.url}/rye"}).content.decode()
        assert 'value="Rye"' in page
        page = client.get("/library/new", {"url": f"{site.url}/none"}).content.decode()
        assert "There is nothing at this address" in page
        assert f"{site.url}/none" in page
    answer = client.get("/library/new", {"url": "http://169.254.169.254/x"})
    assert "inside a private network" in answer.content.decode()


def test_the_inbox(client: Client) -> None:
    item = an_item("New here", state="inbox", ready_at=None)
    client.force_login(a_lead())
    assert "New here" in client.get("/inbox").content.decode()
    client.post(f"/library/{item.pk}/accept", {"back": "inbox"})
    item.refresh_from_db()
    assert (item.state, item.ready_at is not None) == ("ready", True)
    client.get("/inbox")  # says once what was done
    assert "New here" not in client.get("/inbox").content.decode()
    client.post(f"/library/{item.pk}/drop")
    client.post(f"/library/{item.pk}/drop")
    item.refresh_from_db()
    assert item.state == "dropped"


@pytest.mark.parametrize(
    "path",
    ["/inbox", "/sources", "/library/new", "/library/{}/edit", "/sources/{}"],
)
def test_members_do_not_curate(path: str, client: Client) -> None:
    item, source = an_item(), a_source()
    client.force_login(a_member())
    number = source.pk if "sources" in path else item.pk
    assert client.get(path.format(number)).status_code == 403


def test_a_curator_of_a_subtree_keeps_to_it(client: Client) -> None:
    mine, other = a_team("Mine"), a_team("Other")
    client.force_login(a_lead(team=mine))
    theirs, ours = an_item("Theirs", team=other), an_item("Everybody's")
    for item in (theirs, ours):
        assert client.get(f"/library/{item.pk}/edit").status_code == 404
        assert client.post(f"/library/{item.pk}/drop").status_code == 404
    item = an_item("Mine", team=mine)
    assert client.get(f"/library/{item.pk}/edit").status_code == 200
    page = client.post(f"/library/{item.pk}/edit", card(item, audience=[other.pk]))
    assert page.status_code == 200, "an audience outside is refused"
    page = client.post(f"/library/{item.pk}/edit", card(item, audience=[mine.pk]))
    assert page.status_code == 302


def test_a_source_is_added_read_soon_and_stopped(client: Client) -> None:
    client.force_login(a_lead())
    given = {"url": "https://example.org/feed", "language": "en", "straight": "on"}
    assert client.post("/sources", given).status_code == 302
    assert client.post("/sources", given).status_code == 302
    source = Source.objects.get()
    assert (source.straight, source.host) == (True, "example.org")
    client.post(f"/sources/{source.pk}/stop")
    source.refresh_from_db()
    assert source.state == "stopped"
    client.post(f"/sources/{source.pk}/read")
    source.refresh_from_db()
    assert source.state == "waiting"
    answer = client.post("/sources", {"url": "ftp://x", "language": "en"})
    assert "begins with https://" in answer.content.decode()
    assert "ftp://x" in answer.content.decode()


def test_the_suggestion_form_is_filled_by_a_share_sheet(client: Client) -> None:
    client.force_login(a_member())
    asked = {"title": "Rye", "text": "Look at this https://example.org/rye"}
    page = client.get("/suggest", asked).content.decode()
    assert 'value="https://example.org/rye"' in page
    assert "Look at this" in page
    wrong = {"url": "not an address", "text": "My words"}
    page = client.post("/suggest", wrong).content.decode()
    assert "not a web address" in page
    assert "My words" in page
    assert "location.href" in client.get("/bookmarklet").content.decode()
    client.logout()
    answer = client.get("/suggest", asked)
    assert answer.status_code == 302
    assert "suggest" in answer["Location"]


def test_files_are_imported(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(a_feed(an_entry(1), an_entry(2)))
    first = import_from(str(feed), now=NOON)
    assert (first.items, first.known, first.sources) == (2, 0, 0)
    again = import_from(str(feed), now=NOON + timedelta(days=1))
    assert (again.items, again.known) == (0, 2)
    assert set(Item.objects.values_list("state", flat=True)) == {"ready"}
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        "<?xml version='1.0'?><opml version='2.0'><body><outline text='News'>"
        "<outline type='rss' text='A & B' xmlUrl='https://a.example.org/feed'/>"
        "<outline type='rss' xmlUrl='ftp://no'/></outline></body></opml>"
    )
    listed = import_from(str(opml), now=NOON)
    assert (listed.sources, listed.note) == (1, "scheme")
    assert Source.objects.get().title == "A & B"
    other = tmp_path / "notes.txt"
    other.write_text("just words")
    with pytest.raises(NoFeed):
        import_from(str(other), now=NOON)


def test_addresses_are_imported() -> None:
    with a_site() as site:
        site.answers["/feed"] = Answer(a_feed(an_entry(1)), "application/rss+xml")
        site.answers["/page"] = Answer(b"<html lang=fi><title>Ruis</title></html>")
        feed = import_from(f"{site.url}/feed", now=NOON)
        assert (feed.items, feed.sources) == (1, 1)
        for known in (0, 1):
            page = import_from(f"{site.url}/page", now=NOON)
            assert (page.items, page.known) == (1 - known, known)
    assert Item.objects.get(title="Ruis").language == "fi"


def test_what_a_teams_curator_adds_is_that_teams(client: Client) -> None:
    """Wherever the curator sits themself: nothing goes to everybody."""
    team = a_team()
    lead = a_lead(team=team)
    lead.team = a_team()
    lead.save()
    client.force_login(lead)
    feed = {"url": "https://news.example.org/feed", "language": "en", "straight": "on"}
    assert client.post("/sources", feed).status_code == 302
    assert Source.objects.get().team == team
    answer = client.post("/library/new", card(audience=[team.pk]))
    item = Item.objects.get()
    assert item.team == team
    assert client.get(answer.url).status_code == 200
