import pytest
from django.test import Client

from pesue.guidance.models import Behaviour, Concept, Guideline, Topic, Value
from pesue.surveys.models import SurveyQuestion, Tally
from tests.make import NOON
from tests.make.guidance import a_concept, a_guideline, a_survey, a_topic, a_value
from tests.make.people import a_lead, a_member, a_team

pytestmark = pytest.mark.django_db


def a_client(member) -> Client:
    client = Client()
    client.force_login(
        member, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def test_all_can_read_and_only_leads_of_the_whole_write():
    value = a_value("Care", "One calls the customer back.")
    for reader in (a_member(), a_lead(team=a_team())):
        client = a_client(reader)
        page = client.get("/guidance").content.decode()
        assert "One calls the customer back." in page
        assert "Write a value" not in page
        assert client.get(f"/guidance/values/{value.pk}").status_code == 403
        assert client.post(f"/guidance/values/{value.pk}/drop").status_code == 403
    assert Value.objects.exists()
    assert "Write a value" in a_client(a_lead()).get("/guidance").content.decode()


def test_a_lead_writes_each_kind():
    client, owner = a_client(a_lead()), a_member()
    for noun, data in {
        "values": {
            "name": "Care",
            "meaning": "We mean it.",
            "position": 1,
            "behaviours": "One listens.\n\nOne calls back.",
        },
        "topics": {"name": "Bread", "who": "owners", "people": owner.email.upper()},
        "guidelines": {
            "kind": "instead",
            "text": "Guessing at prices",
            "instead": "Send the price list.",
            "person": owner.email,
        },
        "concepts": {
            "name": "Bread weeks",
            "brief": "What bread is to us.",
            "hashtag": "#leipä",
            "starts": "2026-03-01",
            "ends": "2026-03-31",
        },
    }.items():
        answer = client.post(f"/guidance/{noun}/new", data)
        assert answer.status_code == 302, answer.content.decode()
    assert [b.text for b in Behaviour.objects.order_by("pk")] == [
        "One listens.",
        "One calls back.",
    ]
    assert list(Topic.objects.get().owners.all()) == [owner]
    guideline = Guideline.objects.get()
    assert (guideline.owner, guideline.changed_at is None) == (owner, False)
    assert Concept.objects.get().hashtag == "leipä"


@pytest.mark.parametrize(
    ("noun", "data", "said"),
    [
        ("topics", {"name": "B", "who": "owners"}, "Name the owners"),
        ("topics", {"name": "B", "who": "everyone", "people": "x@y.z"}, "x@y.z"),
        ("guidelines", {"kind": "instead", "text": "Keep me"}, "do instead"),
        (
            "concepts",
            {"name": "B", "brief": "b", "starts": "2026-03-02", "ends": "2026-03-01"},
            "comes after",
        ),
        (
            "concepts",
            {
                "name": "B",
                "brief": "b",
                "starts": "2026-03-02",
                "ends": "2026-03-03",
                "hashtag": "two words",
            },
            "no spaces",
        ),
        ("values", {"name": "V", "behaviours": "x" * 301}, "300"),
    ],
)
def test_a_mistake_is_told_and_nothing_typed_is_lost(noun, data, said):
    page = a_client(a_lead()).post(f"/guidance/{noun}/new", data)
    assert page.status_code == 422
    text = page.content.decode()
    assert said in text
    assert data.get("text", data.get("name", "")) in text


def test_an_edit_shows_what_there_is_and_marks_the_change():
    guideline = a_guideline(changed_at=NOON, owner=a_member())
    address = f"/guidance/guidelines/{guideline.pk}"
    client = a_client(a_lead())
    assert guideline.owner.email in client.get(address).content.decode()
    client.post(address, {"kind": "do", "text": "Tell it as you saw it."})
    guideline.refresh_from_db()
    assert (guideline.text, guideline.owner) == ("Tell it as you saw it.", None)
    assert guideline.changed_at > NOON
    client.post(f"{address}/drop")
    assert not Guideline.objects.filter(gone_at__isnull=True).exists()


def test_following_topics():
    reader, one, other = a_member(), a_topic("One"), a_topic("Other")
    client = a_client(reader)
    client.post("/guidance/follow", {"topics": [one.pk, other.pk]})
    client.post("/guidance/follow", {"topics": [other.pk]})
    assert list(reader.topics.all()) == [other]
    client.post("/guidance/follow", {"topics": [999_999]})
    assert list(reader.topics.all()) == [other]


def test_the_page_has_a_constant_number_of_queries(django_assert_max_num_queries):
    client = a_client(a_lead())
    for number in range(3):
        guideline = a_guideline()
        guideline.values.add(a_value(f"Value {number}", "On a Tuesday"))
        guideline.topics.add(a_topic(f"Topic {number}"))
        a_concept()
    with django_assert_max_num_queries(20):
        client.get("/guidance")


def test_how_many_say_a_value_is_lived_is_one_number_wherever_it_stands():
    value = a_value("Care")
    survey = a_survey(counted_at=NOON, people=20)
    question = SurveyQuestion.objects.create(
        survey=survey, text="Care", about=f"value:{value.pk}", scale="values"
    )
    for choice, people in {"lived": 7, "said": 5, "silent": 8}.items():
        Tally.objects.create(question=question, choice=choice, people=people)
    client = a_client(a_member())
    said = "58 % of those with a view"
    assert said in client.get("/guidance").content.decode()
    assert said in client.get("/coverage").content.decode()
    for path in (f"/values/{value.pk}", f"/surveys/{survey.pk}/results"):
        assert '<span class="number">58</span>' in client.get(path).content.decode()


def test_a_bare_guideline_leaves_no_dot_and_is_reached_from_its_value():
    bare, value = a_guideline("Tell it."), a_value("Care")
    grown = a_guideline("Call back.")
    grown.values.add(value)
    client = a_client(a_member())
    page = client.get("/guidance").content.decode()
    assert '<p class="muted small"><a href="/guidance/guidelines/' in page
    assert f'id="guideline-{bare.pk}"' in page
    there = client.get(f"/values/{value.pk}").content.decode()
    assert f"/guidance#guideline-{grown.pk}" in there


def test_an_empty_house_says_where_to_begin():
    client = a_client(a_lead())
    page = client.get("/guidance").content.decode()
    assert "Have you one from before?" in page
    assert "Have you one" not in a_client(a_member()).get("/guidance").content.decode()
    workshop = client.get("/guidance/workshop").content.decode()
    assert "/guidance/values/import" in workshop
    assert "<button>Ask" not in workshop
    assert "Teams" not in client.get("/surveys").content.decode()
    a_team()
    assert "Teams" in client.get("/surveys").content.decode()
