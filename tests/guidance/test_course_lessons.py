"""The package's lessons, and how any lesson is read."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from pesue.guidance.course import cases, files, reading
from pesue.guidance.course.names import NAMES

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


ALL = [(course, key) for course in files.COURSES for key in files.keys(course)]


def test_the_courses_are_all_there():
    sizes = {course: len(files.keys(course)) for course in files.COURSES}
    assert sizes == {"advocate": 7, "further": 4, "lead": 5, "leader": 4}
    assert set(NAMES) == set(files.COURSES)
    with pytest.raises(KeyError):
        files.text("advocate", "no-such", "fi")
    with pytest.raises(KeyError):
        files.text("..", "what", "fi")


@pytest.mark.parametrize(("course", "key"), ALL)
def test_a_lesson_is_the_same_in_each_language(course, key):
    """The same blocks in the same order, the same keys, the same choice right."""
    made = []
    for language in LANGUAGES:
        text = reading.read(files.text(course, key, language))
        assert text.title
        made.append(
            [
                (
                    part.kind,
                    getattr(part, "key", getattr(part, "which", "")),
                    [choice.right for choice in getattr(part, "choices", ())],
                    len(getattr(part, "examples", ())),
                )
                for part in text.parts
            ]
        )
    assert made[0] == made[1] == made[2]


@pytest.mark.parametrize(("course", "key"), ALL)
def test_a_lesson_is_short_and_asks_something(course, key):
    for language in LANGUAGES:
        text = files.text(course, key, language)
        words = len(re.findall(r"\w+", text))
        least, most = (80, 260) if course == "further" else (240, 520)
        assert least <= words <= most, (language, words)
        kinds = {part.kind for part in reading.read(text).parts}
        assert kinds & {"question", "write", "asks", "instead"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "lesson's name"),
        ("Hello", 1, "lesson's name"),
        ("# T\n\n::valuse::", 3, "no block valuse"),
        ("# T\n::values", 2, "write a block so"),
        ("# T\n::guidelines::", 2, "do, ask or instead"),
        ("# T\n::end::", 2, "nothing is open"),
        ("# T\n\n\n::question::\n", 4, "give it a key"),
        ("# T\n::question Big::\n", 2, "give it a key"),
        ("# T\n::question q::\nWhy?", 2, "needs its ::end::"),
        ("# T\n::question q::\nWhy?\n::values::\n::end::", 2, "needs its ::end::"),
        ("# T\n::question q::\n- [x] A\n  b\n- [ ] C\n  d\n::end::", 2, "what you ask"),
        ("# T\n::question q::\nWhy?\n- [x] A\n  b\n::end::", 2, "two choices"),
        ("# T\n::question q::\nW?\n- [x] A\n- [ ] C\n  d\n::end::", 4, "say kindly"),
        ("# T\n::question q::\nW?\n- [] A\n  b\n::end::", 4, "written so"),
        ("# T\n::question q::\nW?\n- [x] A\nb\n::end::", 5, "two spaces"),
        (
            "# T\n::question q::\nW?\n- [x] A\n  b\n- [x] C\n  d\n::end::",
            2,
            "one of them right",
        ),
        ("# T\n::write w::\nx\n::end::\n::write w::\nx\n::end::", 5, "already"),
    ],
)
def test_a_mistake_says_where_and_what_to_do(text, line, said):
    with pytest.raises(reading.Mistake) as caught:
        reading.read(text)
    assert caught.value.line == line
    assert str(caught.value).startswith(f"Line {line}: ")
    assert said in str(caught.value)


def test_whatever_stands_in_a_lesson_is_made_safe():
    evil = (
        "# T\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) "
        "<img src=x onerror=alert(1)>\n\n::question q::\n<b onclick=x()>Why?</b>\n"
        "- [x] A\n  b\n- [ ] C\n  d\n::end::\n"
    )
    prose, question = reading.read(evil).parts
    for html in (prose.html, question.ask):
        assert not re.search(r"<(script|img|b)\b|href=.javascript", html), html
    made = reading.paragraph("<b>", "<script>x</script>", "Why?")
    assert "<script>" not in made
    assert "<b>" not in made


def test_lines_of_windows_and_long_feedback():
    text = "# T\n::question q::\nWhy?\n- [x] A\n  one\n  two\n- [ ] B\n  c\n::end::"
    [question] = reading.read(text.replace("\n", "\r\n")).questions()
    assert question.choices[0].said == "one two"


def a_subject(number: int, who: str, owner: str = "") -> cases.Subject:
    owners = (cases.Person(owner or f"Owner {number}", "baker"),)
    return cases.Subject(number, f"Topic {number}", "", who, owners)


def right(question: reading.Question) -> str:
    return next(choice.text for choice in question.choices if choice.right)


def test_whom_to_ask_is_practised_on_ones_own_topics():
    found = cases.asking(
        [
            a_subject(1, "everyone"),
            a_subject(2, "spokespersons"),
            a_subject(3, "care"),
            a_subject(4, "owners"),
        ]
    )
    assert {one.key: right(one) for one in found} == {
        "topic-2": "Owner 2, baker",
        "topic-4": "Owner 4, baker",
        "topic-1": "Nobody: I tell it.",
    }
    assert found == cases.asking(
        [
            a_subject(1, "everyone"),
            a_subject(2, "spokespersons"),
            a_subject(3, "care"),
            a_subject(4, "owners"),
        ]
    )
    assert cases.asking([a_subject(1, "everyone"), a_subject(2, "everyone")]) == []
    assert cases.asking([]) == []


def test_a_topic_without_owner_is_no_case():
    alone = cases.Subject(1, "A", "", "owners", ())
    assert cases.asking([alone, a_subject(2, "owners")]) == []


def test_what_to_do_instead_takes_its_wrong_choices_from_other_cases():
    rows = [cases.Instead(n, f"Not {n}", f"Do {n}", "") for n in range(5)]
    found = cases.instead(rows)
    assert [right(one) for one in found] == ["Do 0", "Do 1", "Do 2"]
    assert all(len(one.choices) == 3 for one in found)
    assert cases.instead(rows[:1]) == []


def test_what_the_answer_was():
    verdicts = [("go", "Go ahead"), ("not_now", "Not now")]
    case = cases.Asked(1, "Bread", "May I?", "not_now", "After Friday.")
    [question] = cases.asked([case], verdicts)
    assert right(question) == "Not now"
    assert all("After Friday." in choice.said for choice in question.choices)
