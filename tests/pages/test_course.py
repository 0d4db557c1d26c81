"""The course's pages: with and without scripts, and what comes back from a device."""

import json
import re
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.timezone import now

from pesue.guidance.actions.course import keep
from pesue.guidance.course import files
from pesue.guidance.models import Attempt
from pesue.guidance.queries.course import due, next_lesson
from tests.guidance.test_course_progress import read, said
from tests.make.content import a_story, an_item
from tests.make.guidance import (
    a_concept,
    a_guideline,
    a_topic,
    a_value,
    something_known,
)
from tests.make.people import a_lead, a_member, an_organisation
from tests.make.sharing import a_share

pytestmark = [pytest.mark.thorough, pytest.mark.django_db]
ONCE = "0123456789abcdef" * 2


@pytest.fixture
def member():
    an_organisation()
    return a_member("Aino Aalto")


@pytest.fixture
def reader(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def form(question="believed", choice=1, lesson="what", once=ONCE):
    return {
        "course": "advocate",
        "lesson": lesson,
        "question": question,
        "choice": choice,
        "once": once,
    }


def send(client, member, *answers, reader=None):
    body = {"reader": reader or member.device_key, "answers": list(answers)}
    return client.post(
        "/course/answers", json.dumps(body), content_type="application/json"
    )


@pytest.mark.parametrize("course", files.COURSES)
def test_every_lesson_opens_in_each_language(member, reader, course):
    a_value("Care", "Seen")
    a_topic("Closed", who="owners").owners.add(a_member("Olga Owner"))
    for language in ("fi", "sv", "en"):
        member.language = language
        member.save()
        for key in files.keys(course):
            answer = reader.get(f"/course/{course}/{key}")
            assert answer.status_code == 200
            assert f'lang="{language}"' in answer.content.decode()


def test_lessons_are_for_members_and_others_are_404(reader):
    assert Client().get("/course").status_code == 302
    assert Client().get("/course/advocate/what?bare").status_code == 302
    assert reader.get("/course/advocate/no-such").status_code == 404
    assert reader.get("/course/no-such/what").status_code == 404


def test_a_bare_lesson_holds_nothing_of_its_reader(member, reader):
    a_value("Care", "Seen")
    read(member, files.keys("advocate"))
    for page in ("/course?bare", "/course/advocate/what?bare"):
        answer = reader.get(page)
        text = answer.content.decode()
        for mine in (member.name, "Aino", member.email, member.device_key):
            assert mine not in text
        assert "csrf" not in text
        assert "csrftoken" not in answer.cookies
        other = Client()
        other.force_login(a_member("Other", language=member.language))
        theirs = other.get(page).content.decode()
        hide = r'name="once" value="\w+"'
        assert re.sub(hide, "", theirs) == re.sub(hide, "", text)


def test_without_scripts_a_question_answers_on_the_page(member, reader):
    page = reader.post("/course/advocate/what", form(choice=0)).content.decode()
    [shown] = re.findall(r'data-said role="status">(.*?)<', page)
    assert shown.startswith("Length does not do it")
    assert not Attempt.objects.get().right
    reader.post("/course/advocate/what", form(choice=0))  # the page loaded again
    assert Attempt.objects.count() == 1


def test_without_a_choice_one_is_told(reader):
    data = form()
    del data["choice"]
    page = reader.post("/course/advocate/what", data).content.decode()
    assert "Choose one, then look." in page
    assert not Attempt.objects.exists()


def test_a_lesson_is_read_and_leads_on(reader):
    data = {"course": "advocate", "lesson": "what", "question": "", "once": ONCE}
    page = reader.post("/course/advocate/what", data).content.decode()
    assert 'href="/course/advocate/may"' in page
    contents = reader.get("/course").content.decode()
    assert contents.count(">read</span>") == 1
    assert 'href="/course/advocate/may"' in contents


def test_a_question_is_asked_again_on_the_contents(member, reader):
    long_ago = now() - timedelta(weeks=2)
    keep(member, [said(question="believed", choice=1, at=long_ago)], now=long_ago)
    assert "Do you remember?" in reader.get("/course").content.decode()
    page = reader.post("/course", form()).content.decode()
    assert "can hear it" in page
    assert "Do you remember?" not in reader.get("/course").content.decode()


def test_what_waited_on_a_device_is_kept_once(member, reader):
    at = (now() - timedelta(days=3)).isoformat()
    waited = [
        {**form(), "at": at},
        {**form(question="", once="f" * 32), "at": at},
        {**form(question="no-such", once="e" * 32)},
        {"nonsense": 1},
        None,
        {**form(once="d" * 32), "at": "yesterday"},
        {**form(once="c" * 32), "at": "2026-99-99T00:00:00Z"},
    ]
    for _time in range(2):
        answer = send(reader, member, *waited)
        assert (answer.status_code, answer.json()) == (200, {"kept": True})
    assert Attempt.objects.count() == 4
    earliest = Attempt.objects.order_by("at").first()
    assert now() - earliest.at > timedelta(days=2)


def test_nobody_sends_what_another_answered(member, reader):
    other = a_member("Other")
    assert send(reader, member, form(), reader=other.device_key).status_code == 409
    assert send(reader, member, form(), reader="").status_code == 200  # the own key
    assert send(Client(), member, form()).status_code == 401
    assert set(Attempt.objects.values_list("member", flat=True)) == {member.pk}
    assert member.device_key != other.device_key


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '{"reader": 1}', "[" * 9999])
def test_what_is_no_message_is_refused(reader, body):
    answer = reader.post("/course/answers", body, content_type="application/json")
    assert answer.status_code == 409


def test_a_forged_form_keeps_nothing(member):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    assert send(strict, member, form()).status_code == 403
    assert strict.post("/course/advocate/what", form()).status_code == 403


def test_nobody_else_sees_how_far_one_is(member, reader):
    """No page of a lead's changes with what a member has read."""
    lead = Client()
    lead.force_login(a_lead())
    places = ("/course", "/guidance", "/guidance/course", "/desk", "/results")
    places += (f"/members/{member.pk}",)
    hide = r'(name="once" value|csrfmiddlewaretoken" value|CSRFToken": )=?"?[^"]+"'

    def seen() -> list[str]:
        pages = [lead.get(place).content.decode() for place in places]
        return [re.sub(hide, "", page) for page in pages]

    seen()
    before = seen()
    read(member, files.keys("advocate"))
    reader.post("/course/advocate/what", form())
    assert seen() == before


def test_a_first_post_begins_with_something_of_the_library(member, reader):
    item = an_item("A new oven", ready_at=now())
    page = reader.get("/course/first-post").content.decode()
    there = f"/compose/{item.pk}?course=yes"
    assert f'href="{there}"' in page
    assert "/course/advocate/first" in reader.get(there).content.decode()
    plain = reader.get(f"/compose/{item.pk}").content.decode()
    assert "/course/advocate/first" not in plain
    assert "You have a draft" not in page
    a_share(member=member, text="In my own words.")
    assert "You have a draft" in reader.get("/course/first-post").content.decode()


def test_the_further_course_grows_out_of_ones_own_cases(member, reader):
    assert "too few cases" in reader.get("/course").content.decode()
    for number in range(2):
        a_guideline(f"Guess {number}", kind="instead", instead=f"Tell {number}")
        a_concept(f"Weeks {number}", learned=f"Ask sooner {number}")
        something_known(f"May I {number}?")
        a_story(
            f"Night {number}", state="accepted", public=True, slug=f"night-{number}"
        )
    page = reader.get("/course").content.decode()
    for key in files.keys("further"):
        assert f'href="/course/further/{key}"' in page
    shown = {
        "stories": "Night 1",
        "asked": "May I 0?",
        "instead": "Tell 1",
        "learned": "Ask sooner 0",
    }
    for key, words in shown.items():
        assert words in reader.get(f"/course/further/{key}").content.decode()


def test_a_story_off_the_web_is_in_no_lesson(reader):
    a_story("Hidden night", state="accepted", public=False)
    assert "Hidden night" not in reader.get("/course/further/stories").content.decode()


def test_the_pages_have_a_constant_number_of_queries(
    reader, django_assert_max_num_queries
):
    for number in range(3):
        a_value(f"Value {number}", "Seen")
        a_guideline(f"Guess {number}", kind="instead", instead=f"Tell {number}")
        a_topic(f"Topic {number}").owners.add(a_member())
        a_story(f"Night {number}", state="accepted", public=True, slug=f"n{number}")
    for page, most in (("/course", 24), ("/course/advocate/ask", 20)):
        reader.get(page)
        with django_assert_max_num_queries(most):
            reader.get(page)


def test_an_edition_changes_with_what_a_lesson_shows(reader):
    def edition() -> str:
        return re.search(
            r'data-version="(\w+)"', reader.get("/course").content.decode()
        )[1]

    first = edition()
    assert edition() == first
    value = a_value("Care", "Seen")
    second = edition()
    value.meaning = "Otherwise."
    value.save()
    assert len({first, second, edition()}) == 3


def test_each_form_of_a_page_is_kept_for_itself(reader):
    page = reader.get("/course/advocate/what").content.decode()
    made = re.findall(r'name="once" value="(\w+)"', page)
    assert len(made) == len(set(made)) == 3


def test_the_small_cards_of_other_pages(member):
    long_ago = now() - timedelta(weeks=2)
    keep(member, [said(question="believed", choice=1, at=long_ago)], now=long_ago)
    cards = {
        "guidance/_next_lesson.html": {"step": next_lesson(member, now=now())},
        "guidance/_due.html": {"asked": due(member, now=now())},
    }
    made = {name: render_to_string(name, context) for name, context in cards.items()}
    assert 'href="/course/advocate/what"' in made["guidance/_next_lesson.html"]
    assert "slogan on the wall" in made["guidance/_due.html"]
    for name in cards:
        assert render_to_string(name, {"step": None, "asked": []}).strip() == ""
