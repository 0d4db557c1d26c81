"""What moves me: said, seen, changed and forgotten by oneself, and by nobody else."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils.timezone import now

from pesue.cli import rotate
from pesue.encouragement.actions.motives import ROOM, NotSaid, keep, let_go, reseal
from pesue.encouragement.models import Impact, Profile
from pesue.encouragement.queries.motives import all_said, mine, what_followed
from pesue.foundation import secrets
from pesue.foundation.http import client
from pesue.foundation.secrets import Ring, keep_ring, new_ring, unseal
from pesue.people.models import Member
from pesue.privacy.actions.erasing import erase
from pesue.privacy.steps import expire
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.encouragement import a_profile, saying, some_thanks
from tests.make.people import a_lead, a_member, an_admin, an_organisation
from tests.make.sharing import a_share

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
PAGE = "/encouragement/motives"


@pytest.fixture
def member(settings, tmp_path):
    """Somebody in a house with keys of its own."""
    settings.DATA = tmp_path
    secrets.ring.cache_clear()
    an_organisation()
    yield a_member(language="en")
    secrets.ring.cache_clear()


def as_(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_said_seen_changed_and_forgotten(member):
    client = as_(member)
    assert "one minute" in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}/say").content.count(b'type="radio"') == 9 * 8 + 4 * 5
    answer = client.post(f"{PAGE}/say", saying("recognition", T1most="thanks"))
    assert answer.status_code == 302
    page = client.get(PAGE)
    assert "<b>Recognition</b>" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert b'value="7"' in client.get(f"{PAGE}/say").content
    client.post(f"{PAGE}/say", saying("meaning"))
    assert "<b>Meaning</b>" in client.get(PAGE).content.decode()
    assert Profile.objects.count() == 1
    assert client.get(f"{PAGE}/forget").status_code == 405
    client.post(f"{PAGE}/forget")
    client.post(f"{PAGE}/forget")  # twice is once
    assert "one minute" in client.get(PAGE).content.decode()
    assert not Profile.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"csrfmiddlewaretoken": "x"}, "at least two of the three"),
        (saying("money", M1="", M2="silent"), "at least two of the three"),
        (saying("money", T2most="help", T2least="help"), "most and least"),
        (saying("money", M1="8"), "Select a valid choice"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(member, said, words):
    answer = as_(member).post(f"{PAGE}/say", said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Profile.objects.exists()


def test_it_is_asked_of_those_who_are_signed_in():
    for address in (PAGE, f"{PAGE}/say", "/encouragement/mix"):
        assert Client().get(address).status_code == 302


# --- Nobody else


def test_no_address_leads_to_the_profile_of_another(member):
    profile = a_profile(member)
    for other in (a_lead(), an_admin()):
        client = as_(other)
        assert mine(other) is None
        for tried in (profile.handle, member.pk):
            assert client.get(f"{PAGE}/{tried}").status_code == 404
            assert client.get(f"/encouragement/mix/{tried}").status_code == 404
        held = client.get("/privacy/data/pesue-profile")
        assert profile.handle not in held.content.decode()
        client.post(f"{PAGE}/forget")  # one's own, of which there is none
    assert Profile.objects.count() == 1


def test_a_copy_of_the_database_joins_no_profile_to_anybody(member):
    """Every value of every table is searched for a link."""
    for motive in ("money", "recognition", "meaning"):
        a_profile(a_member(), motive)
    profile = a_profile(member)
    others = [
        str(value)
        for model in apps.get_models(include_auto_created=True)
        if model is not Profile
        for row in model._default_manager.values_list()
        for value in row
    ]
    assert str(member.email) in others  # the search finds what is there
    for one in Profile.objects.all():
        assert not any(one.handle in value for value in others)
    fields = {field.name for field in Profile._meta.get_fields()}
    assert fields == {"handle", "sealed"}  # no time, no number, no member
    assert len({len(one.sealed) for one in Profile.objects.all()}) == 1
    assert '"R1"' not in profile.sealed  # without quotes it may be there by chance


def test_another_key_finds_and_opens_nothing(member):
    profile = a_profile(member)
    keep_ring(Ring(tuple((f"x{name}", key) for name, key in new_ring().keys)))
    assert mine(member) is None
    assert not Profile.objects.filter(Profile.of(member)).exists()
    with pytest.raises(secrets.CannotUnseal):
        unseal(profile.sealed, row=profile.row)


def test_a_profile_moved_to_another_does_not_open(member):
    theirs = a_profile(a_member(), "money")
    own = a_profile(member)
    Profile.objects.filter(pk=own.pk).update(sealed=theirs.sealed)
    assert mine(member) is None
    assert dict(all_said([member.pk])) == {}


# --- Keys


def test_with_a_new_key_profiles_are_called_and_sealed_anew(member, capsys):
    old = a_profile(member)
    another = a_member()
    a_profile(another, "money")
    rotate(None)
    assert "Resealed 2 rows" in capsys.readouterr().out
    new = Profile.objects.get(Profile.of(member))
    assert new.handle != old.handle
    assert secrets.ring().is_newest(new.sealed)
    assert mine(member).scores.strongest == "recognition"
    assert reseal() == 0


def test_who_answers_before_they_were_called_anew_has_one_profile(member):
    a_profile(member)
    keep_ring(secrets.ring().with_new_key())
    assert mine(member).scores.strongest == "recognition"
    a_profile(member, "money")
    assert Profile.objects.count() == 1
    assert reseal() == 0
    assert mine(member).scores.strongest == "money"


def test_a_profile_is_as_long_whatever_was_said(member):
    keys = ("M1", "M2", "M3", "R1", "R2", "R3", "S1", "S2", "S3")
    longest = dict.fromkeys(keys, "7")
    ends = {"T1most": "thanks", "T1least": "cause", "T2most": "course"}
    full = longest | ends | {"T2least": "bonus"}
    assert len(json.dumps(full)) < ROOM
    assert len(keep(member, full).sealed) == len(a_profile(member).sealed)


def test_too_little_is_not_kept(member):
    with pytest.raises(NotSaid):
        keep(member, {"M1": "4"})


# --- Letting go


def test_one_takes_it_along_and_reads_it(member):
    a_profile(member)
    answer = as_(member).post("/privacy/export")
    box = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    [row] = json.loads(box.read("data/pesue-profile.json"))
    assert row["R1"] == "7"
    assert "sealed" not in row


def test_it_goes_with_its_owner_and_no_other(member):
    other = a_member()
    a_profile(other)
    a_profile(member)
    with client(seconds=1) as http:
        erase(member, posts=False, now=NOON, http=http)
    assert mine(member) is None
    assert mine(other) is not None


def test_it_goes_on_the_day_on_which_one_leaves(member):
    a_profile(member)
    Member.objects.filter(pk=member.pk).update(
        state=Member.State.LEFT, state_since=NOON
    )
    expire(NOON + timedelta(minutes=1))
    assert not Profile.objects.exists()


# --- What I did afterwards


def told(member, days):
    """Posts so many days ago."""
    for day in days:
        at = NOON - timedelta(days=day)
        a_share(member=member, state=Share.State.SHARED, shared_at=at)


def thanked(member, days):
    at = NOON - timedelta(days=300)
    for day in days:
        share = a_share(member=member, state=Share.State.SHARED, shared_at=at)
        some_thanks(share=share, giver=a_member(), at=NOON - timedelta(days=day))


def test_what_followed_is_counted_from_five_times_on(member):
    thanked(member, [10, 40, 70, 100])
    thanks, impact = what_followed(member, now=NOON)
    assert (thanks.times, thanks.followed) == (4, None)
    assert (impact.times, impact.followed) == (0, None)
    thanked(member, [130, 3])  # the last is too fresh to have been followed
    told(member, [32, 41, 101])  # eight days after one, before one, before another
    thanks, _impact = what_followed(member, now=NOON)
    assert (thanks.times, thanks.followed) == (5, 0)
    told(member, [33, 34, 9])  # seven days and six after the same; a day after another
    thanks, _impact = what_followed(member, now=NOON)
    assert (thanks.times, thanks.followed) == (5, 2)


def test_the_page_says_how_often_and_never_why(member):
    for people in (1, 5, 12, 25, 50):
        share = a_share(member=member, state=Share.State.SHARED, shared_at=now())
        at = now() - timedelta(days=20)
        Impact.objects.create(member=member, share=share, people=people, at=at)
    page = as_(member).get(PAGE).content.decode()
    assert "0 of 5 times you told something within a week" in page
    assert "need not have come of it" in page
    let_go(member)
