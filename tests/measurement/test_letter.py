"""The monthly letter: right in three languages, and no truer than the numbers."""

import re
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pesue.measurement.advice import Ground, advise
from pesue.measurement.calibrated import Measured, Said
from pesue.measurement.report.letter import letter
from pesue.measurement.report.tried import trying
from tests.make import NOON
from tests.make.reports import MARCH, a_hold_out, a_known, a_tried

LANGUAGES = ("fi", "sv", "en")


def numbers(people=None, posts=None, readers=None) -> dict[str, int | None]:
    return {
        "shares.people": people,
        "shares.published": posts,
        "shares.confirmed": 0 if posts is not None else None,
        "visits.people": readers,
    }


def written(language: str, **fields) -> str:
    with translation.override(language):
        known = a_known(**fields)
        told = advise(Ground(NOON.date(), known.tried))
        return letter(replace(known, advice=told)).text


@pytest.mark.parametrize(
    ("language", "many", "said"),
    [
        ("en", 0, "Nobody told anything this month."),
        ("en", 1, "This month 1 person told about our work"),
        ("en", 12, "This month 12 people told about our work"),
        ("fi", 0, "Tässä kuussa kukaan ei kertonut mitään."),
        ("fi", 1, "Tässä kuussa 1 ihminen kertoi työstämme"),
        ("fi", 12, "Tässä kuussa 12 ihmistä kertoi työstämme"),
        ("sv", 0, "Ingen berättade något den här månaden."),
        ("sv", 1, "Den här månaden berättade 1 person om vårt arbete"),
        ("sv", 12, "Den här månaden berättade 12 personer om vårt arbete"),
    ],
)
def test_people_are_counted_in_good_grammar(language, many, said):
    assert said in written(language, numbers=numbers(many, many, many))


@pytest.mark.parametrize(
    ("language", "many", "said"),
    [
        ("en", 1, "1 application, 1 purchase"),
        ("en", 3, "3 applications, 3 purchases"),
        ("fi", 1, "1 hakemus, 1 osto"),
        ("fi", 3, "3 hakemusta, 3 ostoa"),
        ("sv", 1, "1 ansökan, 1 köp"),
        ("sv", 3, "3 ansökningar, 3 köp"),
    ],
)
def test_what_came_of_it(language, many, said):
    after = {"after.application": many, "after.purchase": many, "after.lead": 0}
    assert said in written(language, afterwards=after)


def test_a_known_zero_of_what_came_is_not_dressed_up():
    assert "After visits" not in written("en", afterwards={"after.purchase": 0})


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_known_is_a_letter_too(language):
    text = written(language)
    assert text.count("\n\n") >= 4
    assert not re.search(r"%\(|\{|None|  ", text)


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    people=st.one_of(st.none(), st.integers(0, 3)),
    low=st.floats(-9, 9),
    width=st.floats(0.1, 9),
    said=st.sampled_from(Said),
    trials=st.integers(0, 3),
)
def test_no_letter_has_holes_in_it(language, people, low, width, said, trials):
    held = a_hold_out(Measured(low + width / 2, low, low + width))
    tried = [a_tried(said, trial=n) for n in range(trials)]
    text = written(
        language, numbers=numbers(people, people, people), held=held, tried=tried
    )
    assert not re.search(r"%\(|\{|None|  |\.\.", text)
    assert len(text) < 2500, "one page"


CLAIMS = re.compile(r"likely brings|likely get fewer")


@given(st.floats(-5, 5), st.floats(0.01, 5))
def test_no_sentence_claims_more_than_the_interval(estimate, half):
    measured = Measured(estimate, estimate - half, estimate + half)
    text = written("en", held=a_hold_out(measured))
    assert bool(CLAIMS.search(text)) == (not measured.holds_nothing)
    assert ("We cannot tell whether" in text) == measured.holds_nothing


def test_unknown_is_said_to_be_unknown():
    text = written("en", numbers=numbers(12, 20, 300))
    assert "How many of them would have come anyway is not known." in text
    assert "added" not in text.partition("What we do not know")[0]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said.VERY_LIKELY, "very likely helps"),
        (Said.LIKELY, "“Shorter subject” likely helps"),
        (Said.CANNOT_TELL, "What “Shorter subject” does we cannot tell."),
        (Said.LIKELY_LESS, "“Shorter subject” likely does harm"),
    ],
)
def test_what_was_tried_is_told_in_calibrated_words(said, words):
    assert words in written("en", tried=[a_tried(said)])


def test_harm_is_told_beside_what_helped():
    text = written("en", tried=[a_tried(Said.VERY_LIKELY, harmed=("members.resting",))])
    assert "very likely helps. What must not get worse got worse: people who" in text
    assert "One thing to do next: Leave out what “Shorter subject” tried." in text


def test_a_trial_of_another_month_is_not_news():
    old = a_tried(Said.VERY_LIKELY, over=MARCH.begins)
    assert "1 trial ended" in written("en", tried=[old])
    older = replace(old, over=MARCH.begins.replace(month=1))
    assert "trial ended" not in written("en", tried=[older])


def test_one_thing_to_do_next():
    text = written("en", tried=[a_tried(Said.VERY_LIKELY)])
    assert text.count("One thing to do next:") == 1


def test_a_share_of_newcomers_is_told_in_per_cent_as_that_of_all_is():
    """As a number of people, three in a hundred would be told as 0.0."""
    of = {"measured": Measured(0.034, 0.01, 0.06), "outcome": "posts.first"}
    with translation.override("en"):
        tried = a_tried(Said.LIKELY, **of)
        [line] = trying(a_known(tried=[tried])).lines
    assert line.number == "+3.4"
    assert line.unit.startswith("percentage points")
