"""What is held about a person: all of it shown, taken along, let go; no more."""

import io
import json
import zipfile
from collections import Counter
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from pesue.content.actions.stories import Words, accept_story, save_story
from pesue.content.actions.videos import waiting_room
from pesue.content.keeping import place_of
from pesue.content.models import Picture, Story, Video
from pesue.encouragement.models import Honour, Letter, Thanks
from pesue.people.actions import members
from pesue.people.actions.refusals import Refused
from pesue.people.models import Invitation, Member
from pesue.privacy.actions.erasing import erase
from pesue.privacy.queries import holdings
from pesue.privacy.steps import expire
from pesue.sharing.models import Account, Share
from tests.make import NOON
from tests.make.content import a_story
from tests.make.everything import a_whole_life
from tests.make.people import a_lead, a_member, a_team, an_admin, an_organisation
from tests.make.sharing import a_share, an_account

pytestmark = pytest.mark.django_db
ABOUT_ANOTHER = {"pesue-thanks", "pesue-look", "pesue-honour", "pesue-letter"} | {
    "pesue-nomination",
    "pesue-assistant",
    "pesue-handover",
}
NOBODY = httpx.Client(transport=httpx.MockTransport(lambda _r: httpx.Response(200)))


@pytest.fixture
def ana():
    an_organisation()
    return a_member("Ana Aalto", email="ana@example.org", team=a_team())


def rows_about(member: Member) -> dict[str, int]:
    return {h.key: h.rows(member).count() for h in holdings() if h.model is not Member}


def test_the_maker_fills_every_table(ana):
    a_whole_life(ana)
    assert [key for key, rows in rows_about(ana).items() if not rows] == []


def test_erased_everywhere_but_where_it_stays_unnamed(ana):
    a_whole_life(ana)
    erase(ana, posts=False, now=NOON, http=NOBODY)
    ana = Member.objects.get(pk=ana.pk)
    for holding in holdings():
        if holding.model is Member:
            continue
        left = holding.rows(ana)
        assert not left.exists() or holding.held.then == "unname", holding.key
        for name in holding.named:
            assert not left.filter(**{name: ana}).exists(), holding.key
    assert (ana.name, ana.state) == ("", "erased")


def test_not_a_word_of_them_stays_in_any_table(ana):
    a_whole_life(ana)
    erase(ana, posts=False, now=NOON, http=NOBODY)
    for holding in holdings():
        for row in holding.model._default_manager.all():
            values = " ".join(
                str(vars(row)[f.attname]) for f in row._meta.concrete_fields
            )
            assert "ana@example.org" not in values, holding.key
            assert "Ana Aalto" not in values, holding.key


def test_nothing_of_others_is_deleted(ana):
    colleague = a_whole_life(ana)

    def of_others():
        return Counter(
            {
                h.key: h.rows(colleague).count()
                for h in holdings()
                # what was about Ana went with her
                if h.key not in ABOUT_ANOTHER
            }
        )

    before = of_others()
    given = Thanks.objects.get(giver=ana)
    erase(ana, posts=False, now=NOON, http=NOBODY)
    assert of_others() == before
    given.refresh_from_db()
    assert given.giver is None
    assert Honour.objects.get().receiver == colleague
    assert Letter.objects.get().member == colleague


def test_the_export_has_every_table_and_no_secret(ana):
    a_whole_life(ana)
    client = Client()
    client.force_login(ana)
    answer = client.post("/privacy/export")
    box = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    names = set(box.namelist())
    assert "index.html" in names
    for holding in holdings():
        rows = json.loads(box.read(f"data/{holding.key}.json"))
        assert len(rows) == holding.rows(ana).count() > 0, holding.key
    whole = b"".join(box.read(name) for name in names)
    account = Account.objects.get(member=ana)
    assert account.sealed.encode() not in whole
    assert b"ana@example.org" in whole


def test_files_that_nobody_needs_go(ana):
    root = Path(settings.MEDIA_ROOT)
    draft = Story.objects.create(
        author=ana, title="x", made_at=NOON, state="draft", state_since=NOON
    )
    for name in ["aaonly.webp", "bbshared.webp"]:
        Picture.objects.create(file=name, width=1, height=1, story=draft)
        place_of(root, name).parent.mkdir(parents=True, exist_ok=True)
        place_of(root, name).write_bytes(b"x")
    Picture.objects.create(file="bbshared.webp", width=1, height=1)
    erase(ana, posts=False, now=NOON, http=NOBODY)
    assert not place_of(root, "aaonly.webp").exists()
    assert place_of(root, "bbshared.webp").exists()


def test_an_unchecked_video_goes_too(ana):
    draft = Story.objects.create(
        author=ana, title="x", made_at=NOON, state="draft", state_since=NOON
    )
    upload = waiting_room() / "unchecked"
    upload.write_bytes(b"a face")
    Video.objects.create(
        story=draft, upload=upload.name, state="waiting", state_since=NOON
    )
    erase(ana, posts=False, now=NOON, http=NOBODY)
    assert not upload.exists()


def test_nothing_goes_out_after_an_erasure(ana):
    """A worker holds the post, its words and its tokens: nothing calls it back."""
    a_share(member=ana, account=an_account(member=ana), state=Share.State.SENDING)
    with pytest.raises(Refused, match="matkalla"):
        erase(ana, posts=False, now=NOON, http=NOBODY)
    assert Account.objects.get().sealed


def test_who_sent_a_story_back_does_not_read_on(ana):
    lead = a_member()
    story = a_story(author=ana, state="draft", reviewer=lead)
    words = Words("Mine", "Only for me.", "en", False, {}, "")
    save_story(story, words, edition=0)
    client = Client()
    client.force_login(lead)
    page = client.get("/privacy/tables/pesue-story").content.decode()
    assert "Only for me." not in page


def test_tokens_are_revoked_at_the_network(ana):
    asked = []
    an_account(member=ana)

    def network(request):
        asked.append(request.url.path)
        return httpx.Response(200, json={})

    with httpx.Client(transport=httpx.MockTransport(network)) as http:
        erase(ana, posts=False, now=NOON, http=http)
    assert any("revoke" in path for path in asked)
    assert not Account.objects.exists()


@pytest.mark.parametrize("answers", [200, 503])
def test_posts_are_deleted_only_when_asked_and_all_or_nothing(ana, answers):
    account = an_account(member=ana)
    a_share(
        member=ana,
        account=account,
        state=Share.State.SHARED,
        shared_at=NOON,
        ref="77",
        url="https://social.example/@ana/77",
    )
    asked = []

    def network(request):
        asked.append((request.method, request.url.path))
        return httpx.Response(answers, json={})

    with httpx.Client(transport=httpx.MockTransport(network)) as http:
        if answers == 200:
            erase(ana, posts=True, now=NOON, http=http)
            assert ("DELETE", "/api/v1/statuses/77") in asked
        else:
            with pytest.raises(Refused):
                erase(ana, posts=True, now=NOON, http=http)
            ana.refresh_from_db()
            assert ana.name == "Ana Aalto"
            assert Account.objects.get().sealed


def test_the_last_administrator_is_not_erased(ana):
    admin = an_admin()
    with pytest.raises(Refused):
        erase(admin, posts=False, now=NOON, http=NOBODY)
    assert Member.objects.get(pk=admin.pk).name


def test_the_page_asks_twice_and_signs_out(ana):
    client = Client()
    client.force_login(ana)
    assert client.post("/privacy/erase", {"email": "x@example.org"}).status_code == 422
    assert client.get("/privacy/erase").status_code == 200
    assert client.post("/privacy/erase", {"email": ana.email}).status_code == 200
    assert client.get("/settings/").status_code == 302
    assert Member.objects.get(pk=ana.pk).state == "erased"


def test_each_table_can_be_seen(ana):
    a_whole_life(ana)
    client = Client()
    client.force_login(ana)
    for holding in holdings():
        answer = client.get(f"/privacy/tables/{holding.key}")
        assert answer.status_code == 200, holding.key


def test_the_page_says_why_and_who_looked(ana):
    admin = an_admin()
    other = Client()
    other.force_login(admin)
    other.get(f"/members/{ana.pk}")
    other.post("/members/export")
    client = Client()
    client.force_login(ana)
    page = client.get("/privacy/").content.decode()
    assert "So that you can sign in and be reached" in page
    assert page.count("Aino Admin") == 2
    assert client.get("/privacy/looks").status_code == 403
    assert client.get("/privacy/tables/auth-permission").status_code == 404


# --- Those who leave


def test_those_who_left_go_in_time_and_not_before(ana):
    a_whole_life(ana)
    members.leave(ana, now=NOON)
    expire(NOON + timedelta(days=29))
    ana.refresh_from_db()
    assert ana.name == "Ana Aalto"
    assert Share.objects.filter(member=ana).exists()
    assert not Account.objects.filter(member=ana).exists()  # kept for no day
    expire(NOON + timedelta(days=31))
    ana.refresh_from_db()
    assert (ana.name, ana.state) == ("", "erased")
    assert not Share.objects.filter(member=ana).exists()
    assert not Invitation.objects.filter(email="ana@example.org").exists()
    assert Thanks.objects.get(giver=ana).giver.name == ""  # by an empty shell
    expire(NOON + timedelta(days=31 + 366))
    assert set(rows_about(ana).values()) == {0}


def test_coming_back_in_time_loses_nothing(ana):
    a_whole_life(ana)
    members.leave(ana, now=NOON)
    expire(NOON + timedelta(days=20))
    members.come_back(ana, now=NOON + timedelta(days=20))
    expire(NOON + timedelta(days=80))
    ana.refresh_from_db()
    assert (ana.name, ana.state) == ("Ana Aalto", "active")
    assert ana.grants.exists()
    assert ana.topics.exists()
    assert ana.stories.exists()
    assert Share.objects.filter(member=ana).exists()


def test_expiring_again_changes_nothing(ana):
    members.leave(ana, now=NOON)
    assert expire(NOON + timedelta(days=400)) > 0
    assert expire(NOON + timedelta(days=400)) == 0


def test_a_table_between_two_says_why_each_stands_in_it():
    with translation.override("en"):
        why = {holding.key: str(holding.held.why) for holding in holdings()}
    assert why["pesue-topic_owners"] == "so that colleagues know whom to ask"
    assert why["pesue-topic_followers"] == "to show you more of the topics you follow"


def test_the_library_leads_to_no_page_that_went_with_its_author(ana):
    story = a_story(author=ana, public=True, state="sent")
    item = accept_story(story, by=a_lead(), now=NOON)
    assert item.url
    erase(ana, posts=False, now=NOON, http=NOBODY)
    item.refresh_from_db()
    assert (item.url, item.state) == ("", "ready")
    assert Client().get(f"/s/{story.slug}").status_code == 410
