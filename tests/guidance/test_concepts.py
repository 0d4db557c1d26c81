import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from pesue.guidance.models import Concept, Prompt
from pesue.guidance.patterns import KEYS, patterns
from pesue.guidance.places import PLACES
from pesue.sharing.channels import CHANNELS
from tests.make.guidance import a_concept
from tests.make.people import a_lead, a_member

LANGUAGES = [code for code, _name in settings.LANGUAGES]
FORM = {
    "name": "Bread weeks",
    "brief": "b",
    "starts": "2026-03-01",
    "ends": "2026-03-02",
}


def a_client(member) -> Client:
    client = Client()
    client.force_login(
        member, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.mark.parametrize("key", KEYS)
def test_each_beginning_is_whole_in_each_language(key):
    found = [patterns(language)[key] for language in LANGUAGES]
    assert len(found) == 3
    for one in found:
        words = [one.name, one.why, one.brief, one.hashtag, one.grows_on, *one.prompts]
        assert all(text.strip() for text in words)
        assert one.hashtag.isalnum()
        assert all(len(prompt) <= 300 for prompt in one.prompts)
        assert len(one.name) <= 80
        assert set(one.channels) <= set(PLACES)
    assert len({(len(one.prompts), one.days, one.channels) for one in found}) == 1
    assert len({one.sheet.count("\n") for one in found}) == 1
    assert len({one.brief for one in found}) == 3, "no language is left untranslated"


def test_a_concept_names_only_channels_that_there_are():
    assert set(PLACES) <= set(CHANNELS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_takeover_hands_over_no_password_and_a_video_asks_for_consent(language):
    password = {"fi": "alasana", "sv": "ösenord", "en": "assword"}[language]
    assert password in patterns(language)["takeover"].sheet
    assert len(patterns(language)["video"].prompts) == 5
    assert patterns(language)["video"].sheet


@pytest.mark.django_db
@pytest.mark.parametrize("key", KEYS)
def test_begun_in_the_leads_language_with_prompts_in_all_and_not_before_saving(key):
    client = a_client(a_lead(language="fi"))
    ready = patterns("fi")[key]
    page = client.get(reverse("concept-begin")).content.decode()
    assert ready.why in page
    form = client.get(f"/guidance/concepts/new?pattern={key}").context["form"]
    assert form.initial["brief"] == ready.brief
    assert not Concept.objects.exists()
    data = {name: told for name in form.fields if (told := form.initial.get(name))}
    client.post("/guidance/concepts/new", data)
    concept = Concept.objects.get()
    assert concept.pattern == key
    for code in LANGUAGES:
        kept = concept.prompts.filter(language=code).values_list("text", flat=True)
        assert tuple(kept) == patterns(code)[key].prompts


@pytest.mark.django_db
def test_an_unknown_beginning_is_an_empty_page():
    form = a_client(a_lead()).get("/guidance/concepts/new?pattern=x").context["form"]
    assert not form.initial.get("brief")


@pytest.mark.django_db
def test_those_who_lead_a_concept_change_that_one_alone():
    member, mine, other = a_member(), a_concept("Mine"), a_concept("Other")
    mine.leads.add(member)
    client = a_client(member)
    said = client.post(f"/guidance/concepts/{mine.pk}", FORM | {"people": member.email})
    assert said.status_code == 302
    assert client.post(f"/guidance/concepts/{other.pk}", FORM).status_code == 403
    assert client.post("/guidance/concepts/new", FORM).status_code == 403
    assert set(Concept.objects.values_list("name", flat=True)) == {
        FORM["name"],
        "Other",
    }


@pytest.mark.django_db
def test_those_who_lead_a_concept_do_not_take_it_out():
    member, mine = a_member(), a_concept("Mine")
    mine.leads.add(member)
    assert (
        a_client(member).post(f"/guidance/concepts/{mine.pk}/drop").status_code == 403
    )
    assert Concept.objects.exists()


@pytest.mark.django_db
def test_prompts_that_stay_keep_their_addresses():
    concept = a_concept()
    kept = Prompt.objects.create(concept=concept, language="en", text="What rose?")
    data = FORM | {"prompts_en": "What rose?", "prompts_fi": "Mikä kohosi?"}
    a_client(a_lead()).post(f"/guidance/concepts/{concept.pk}", data)
    assert concept.prompts.get(language="en") == kept
    assert concept.prompts.count() == 2


@pytest.mark.django_db
def test_too_many_prompts_are_told_and_kept():
    data = FORM | {"prompts_en": "\n".join(f"Line {n}" for n in range(13))}
    page = a_client(a_lead()).post("/guidance/concepts/new", data)
    assert page.status_code == 422
    assert "Line 12" in page.content.decode()
