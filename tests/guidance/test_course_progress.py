"""Where a member is in the course; theirs alone."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from pesue.guidance.actions.course import Answer, keep
from pesue.guidance.course import files
from pesue.guidance.models import Attempt, Lesson
from pesue.guidance.queries import course as queries
from tests.make import NOON
from tests.make.guidance import a_guideline, a_topic, a_value, something_known
from tests.make.people import a_lead, a_member

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


def said(lesson="what", question="", choice=0, once="", at=NOON, course="advocate"):
    once = once or f"{course}{lesson}{question}{at}"
    return Answer(course, lesson, question, choice, once, at)


def read(member, lessons, *, course="advocate", at=NOON):
    keep(member, [said(key, course=course, at=at) for key in lessons], now=at)


def test_the_first_lesson_then_the_next_one_not_read():
    member = a_member()
    step = queries.next_lesson(member, now=NOON)
    assert (step.course, step.lesson, step.number, step.of) == (
        "advocate",
        "what",
        1,
        7,
    )
    assert step.title == "What this is about"
    read(member, ["what", "ask"])
    assert queries.next_lesson(member, now=NOON).lesson == "may"
    read(member, files.keys("advocate"))
    assert queries.next_lesson(member, now=NOON) is None


def test_courses_for_those_who_lead_come_after_the_short_one():
    lead, leader = a_lead(), a_member(leader=True)
    assert queries.courses_of(a_member()) == ["advocate", "further"]
    assert queries.courses_of(lead) == ["advocate", "lead", "further"]
    assert queries.courses_of(leader) == ["advocate", "leader", "further"]
    read(lead, files.keys("advocate"))
    assert queries.next_lesson(lead, now=NOON).course == "lead"


def test_an_answer_is_kept_once_however_often_it_comes():
    member, other = a_member(), a_member("Other")
    one = said(question="believed", choice=1, once="a" * 32)
    for _time in range(3):
        keep(member, [one, one], now=NOON)
    keep(other, [one], now=NOON)
    assert list(Attempt.objects.values_list("member", "right")) == [
        (member.pk, True),
        (other.pk, True),
    ]


def test_what_is_no_answer_is_let_go():
    member = a_member()
    keep(
        member,
        [
            said(question="no-such"),
            said("no-such"),
            said(course="no-such"),
            said(question="believed", choice=7),
            said(question="believed", choice=-1),
        ],
        now=NOON,
    )
    assert not Attempt.objects.exists()


def test_a_device_whose_clock_is_wrong_moves_nothing_far():
    member = a_member()
    keep(
        member,
        [said("may", at=NOON + WEEK), said("ask", at=NOON - 99 * WEEK)],
        now=NOON,
    )
    early, late = sorted(Attempt.objects.values_list("at", flat=True))
    assert late == NOON
    assert NOON - early == timedelta(days=60)


def test_a_question_comes_again_next_week_and_then_later():
    member = a_member()
    keep(member, [said(question="believed", choice=1)], now=NOON)
    assert queries.due(member, now=NOON) == []
    [asked] = queries.due(member, now=NOON + WEEK)
    assert (asked.course, asked.lesson, asked.question.key) == (
        "advocate",
        "what",
        "believed",
    )
    later = NOON + WEEK
    keep(member, [said(question="believed", choice=1, at=later)], now=later)
    assert queries.due(member, now=later + WEEK) == []
    assert len(queries.due(member, now=later + 2 * WEEK)) == 1


def test_two_a_week_and_none_while_one_rests():
    member = a_member()
    keys = ("five", "seen", "erase")
    keep(member, [said("measure", key) for key in keys], now=NOON)
    assert len(queries.due(member, now=NOON + 6 * WEEK)) == 2
    member.paused_until = date(2026, 6, 1)
    assert queries.due(member, now=NOON + 6 * WEEK) == []
    assert queries.next_lesson(member, now=NOON + 6 * WEEK) is None
    assert len(queries.due(member, now=NOON + 20 * WEEK)) == 2


def test_a_question_that_is_gone_takes_nobodys_turn():
    member = a_member()
    for key in ("believed", "gone", "lost"):
        Attempt.objects.create(
            member=member,
            course="advocate",
            lesson="what",
            question=key,
            at=NOON,
            once=key,
        )
    [asked] = queries.due(member, now=NOON + WEEK)
    assert asked.question.key == "believed"


def test_questions_made_of_ones_own_topics_come_again_too():
    member, owner = a_member(), a_member("Olga Owner")
    a_topic("Free").owners.add(owner)
    closed = a_topic("Results", who="spokespersons")
    closed.owners.add(owner)
    with translation.override("en"):
        asked = queries.questions(member, {("advocate", "ask")}, now=NOON)
        choices = asked["advocate", "ask", f"topic-{closed.pk}"].choices
        yes = next(n for n, choice in enumerate(choices) if choice.right)
        keep(member, [said("ask", f"topic-{closed.pk}", yes)], now=NOON)
        assert Attempt.objects.get().right
        assert "Results" in queries.due(member, now=NOON + WEEK)[0].question.ask
    closed.delete()
    assert queries.due(member, now=NOON + WEEK) == []


def test_the_number_of_queries_is_fixed(django_assert_num_queries):
    member = a_member()
    for size in (1, 3):
        for number in range(size):
            a_value(f"Value {size}{number}", "Seen")
            a_guideline(f"Guideline {size}{number}")
            a_topic(f"Topic {size}{number}").owners.add(a_member())
            something_known()
        keep(
            member,
            [said("measure", key, at=NOON) for key in ("five", "seen", "erase")[:size]],
            now=NOON,
        )
        fresh = type(member).objects.get(pk=member.pk)
        with django_assert_num_queries(3):
            queries.next_lesson(fresh, now=NOON)
        with django_assert_num_queries(1):
            assert queries.due(fresh, now=NOON) == []
        with django_assert_num_queries(11):
            assert queries.due(fresh, now=NOON + WEEK)


def test_an_own_wording_that_cannot_be_read_any_more_is_not_shown():
    Lesson.objects.create(
        course="advocate",
        lesson="what",
        language="en",
        text="# Ours\n::of-former-times::",
        changed_at=NOON,
    )
    assert queries.next_lesson(a_member(), now=NOON).title == "What this is about"
