"""An old guideline becomes an enabling one."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pesue.foundation.moves import LostRace
from pesue.guidance.actions import old as actions
from pesue.guidance.models import Guideline, OldGuideline, OldSentence, Topic, Value
from pesue.people.access import BACKEND
from tests.make import NOON
from tests.make.guidance import a_topic, a_value
from tests.make.people import a_lead, a_member, a_team

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]

POLICY = """Social media guideline
Tell about your work in your own words.
Do not publish pictures of customers without their consent.
Never discuss your salary or working conditions with anyone.
Before you write about prices, ask the communications team.
We believe that honesty carries furthest.
This guideline was written in 2014."""


@pytest.fixture
def lead() -> Client:
    return client_of(a_lead())


def client_of(member) -> Client:
    client = Client()
    client.force_login(member, backend=BACKEND)
    return client


def brought(text: str = POLICY) -> OldGuideline:
    return actions.take_in_text("Policy 2014", text, by=None, now=NOON)


def ticked(old: OldGuideline, show: str, client: Client) -> dict[str, str]:
    """What a browser would send back of the page as it is."""
    page = client.get(f"/guidance/old/{old.pk}?show={show}")
    data: dict[str, str] = {}
    for form in page.context["forms"]:
        for field in form:
            value = field.value()
            if field.name == "take":
                if value:
                    data[field.html_name] = "on"
            elif field.name != "values":
                data[field.html_name] = value or ""
    return data


def test_from_paste_to_published(lead):
    answer = lead.post("/guidance/old", {"text": POLICY})
    old = OldGuideline.objects.get()
    assert answer.url == f"/guidance/old/{old.pk}"
    assert old.text == POLICY
    for sentence in old.sentences.all():
        quote = " ".join(old.text[sentence.start : sentence.end].split())
        assert quote == sentence.text
    address = f"/guidance/old/{old.pk}?show=rules"
    page = lead.get(address).content.decode()
    assert "Do not publish pictures of customers" in page
    assert "ask:" in page
    assert "communications team" in page
    answer = lead.post(address, ticked(old, "rules", lead))
    assert answer.url.endswith("?show=overbroad&page=1")
    answer = lead.post(answer.url, ticked(old, "overbroad", lead))
    answer = lead.post(answer.url, ticked(old, "values", lead))
    assert answer.url == f"/guidance/old/{old.pk}/publish"
    shown = lead.get(answer.url).content.decode()
    assert "Publish these" in shown
    assert "salary" not in shown  # nobody took it
    assert lead.post(answer.url).url == "/guidance"
    kinds = dict(Guideline.objects.values_list("quote", "kind"))
    assert kinds == {
        "Tell about your work in your own words.": "do",
        "Do not publish pictures of customers without their consent.": "instead",
        "Before you write about prices, ask the communications team.": "ask",
    }
    assert all(g.instead for g in Guideline.objects.filter(kind="instead"))
    assert "Policy 2014" not in lead.get("/guidance").content.decode()


def test_what_goes_too_far_is_shown_with_the_law(lead):
    old = brought()
    page = lead.get(f"/guidance/old/{old.pk}?show=overbroad").content.decode()
    assert "cannot stand" in page
    assert "https://" in page
    data = ticked(old, "overbroad", lead)
    [row] = old.sentences.filter(label="overbroad")
    lead.post(
        f"/guidance/old/{old.pk}?show=overbroad", {**data, f"s{row.pk}-take": "on"}
    )
    actions.publish(old, by=a_lead(), now=NOON)
    [made] = Guideline.objects.all()
    assert made.kind == "do"
    assert made.text == row.words != row.text


def test_only_what_is_taken_is_published_and_once(lead):
    old, by = brought(), a_lead()
    first, *_rest = old.sentences.filter(label="do")
    old.sentences.filter(pk=first.pk).update(decision="taken")
    stale = OldGuideline.objects.get(pk=old.pk)
    assert actions.publish(old, by=by, now=NOON) == 1
    with pytest.raises(LostRace):
        actions.publish(stale, by=by, now=NOON)
    actions.take_up(old, now=NOON)
    assert actions.publish(old, by=by, now=NOON) == 0
    assert Guideline.objects.count() == 1


def test_a_value_is_made_of_its_name_and_meaning():
    old = brought()
    [row] = old.sentences.filter(label="value")
    row.decision, row.words = "taken", "Honesty: it carries furthest."
    row.save()
    actions.publish(old, by=a_lead(), now=NOON)
    value = Value.objects.get()
    assert (value.name, value.meaning) == ("Honesty", "it carries furthest.")


def test_values_and_topics_are_tied_where_they_are_known():
    value = a_value("Honesty", "One says it as it is.")
    topic = a_topic("Communications team")
    old = brought("Be honest: honesty first.\nAsk the communications team first.")
    honest, asking = old.sentences.all()
    assert list(honest.values.all()) == [value]
    assert asking.topic == topic


def test_a_mistake_is_told_and_what_was_typed_stays(lead):
    old = brought()
    data = ticked(old, "rules", lead)
    row = old.sentences.get(label="dont")
    data |= {f"s{row.pk}-instead": "", f"s{row.pk}-words": "Typed by me."}
    answer = lead.post(f"/guidance/old/{old.pk}?show=rules", data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Say what one can do instead" in page
    assert "Typed by me." in page
    assert not old.sentences.exclude(decision="").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Choose a file, or paste the text"),
        ({"text": " \n "}, "Choose a file, or paste the text"),
        ({"text": "***\n---\n"}, "There is no sentence in it"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 broken")}, ""),
        ({"file": SimpleUploadedFile("a.docx", b"PK\3\4" + b"\0" * 40)}, ""),
    ],
)
def test_what_cannot_be_read_is_told(lead, given, said):
    answer = lead.post("/guidance/old", given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "errorlist" in answer.content.decode()
    assert not OldGuideline.objects.exists()


def test_only_those_who_write_guidance():
    old = brought()
    for member in (a_member(), a_lead(team=a_team())):
        client = client_of(member)
        for path in ("", f"/{old.pk}", f"/{old.pk}/publish"):
            assert client.get(f"/guidance/old{path}").status_code == 403
        assert client.post(f"/guidance/old/{old.pk}/forget").status_code == 403
    assert OldGuideline.objects.exists()


def test_put_aside_taken_up_and_forgotten(lead):
    old = brought()
    lead.post(f"/guidance/old/{old.pk}/aside")
    lead.post(f"/guidance/old/{old.pk}/aside")  # once more changes nothing
    old.refresh_from_db()
    assert old.state == "dropped"
    lead.post(f"/guidance/old/{old.pk}/open")
    lead.post(f"/guidance/old/{old.pk}/forget")
    assert not OldSentence.objects.exists()


def test_an_owner_found_becomes_a_topic_in_one_step(lead):
    owner = a_member()
    brought(f"Ask {owner.email} before you speak to the media.")
    page = lead.get(f"/guidance/topics/new?people={owner.email}&who=owners")
    assert owner.email in page.content.decode()
    assert not Topic.objects.exists()


def test_as_many_queries_for_three_sentences_as_for_fifteen(
    lead, django_assert_num_queries, django_assert_max_num_queries
):
    a_value("Honesty"), a_topic()
    counted = []
    for number in (3, 15):
        old = brought("\n".join(f"Tell about day {n} at work." for n in range(number)))
        with django_assert_max_num_queries(22) as asked:
            lead.get(f"/guidance/old/{old.pk}")
        counted.append(len(asked))
    assert counted[0] == counted[1]


def test_what_goes_too_far_is_to_be_ticked_and_what_is_published_reads_as_it_does(lead):
    old = brought()
    rules, beyond = (
        lead.get(f"/guidance/old/{old.pk}?show={show}").content.decode()
        for show in ("rules", "overbroad")
    )
    assert "untick what should go" in rules
    assert "tick what should" in beyond
    assert "untick" not in beyond
    address = f"/guidance/old/{old.pk}?show=rules"
    lead.post(address, ticked(old, "rules", lead))
    lead.post(f"/guidance/old/{old.pk}/publish")
    page = lead.get(address).content.decode()
    instead = old.sentences.filter(made__kind="instead").get().made.instead
    assert f"{instead}</span></p>" in page
    assert "See the guidelines" in page


def test_a_long_sentence_is_shown_whole(lead):
    tail = "and in every other place where anybody at all could ever come to see them"
    old = brought(f"Do not publish pictures of customers in the shop {tail}.")
    page = lead.get(f"/guidance/old/{old.pk}?show=rules").content.decode()
    assert tail in page
    assert "clip" not in page
