"""One small step a week: which, by what was done and what one has time for."""

import re
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pesue.encouragement.ladder import MOST, STARTS, Done, Earlier, Person, step
from pesue.encouragement.rungs import GOOD, LAST, TAKES, WEIGHTS, Deed, Rung, Why, said

MONDAY = date(2026, 3, 2)
WEEK = timedelta(days=7)
ALL = frozenset(Rung)
PARTS = list(STARTS)


def before(*steps: tuple[Rung, str]) -> list[Earlier]:
    """Offers of the last weeks, given oldest first."""
    rows = [
        Earlier(MONDAY - n * WEEK, rung, answered)
        for n, (rung, answered) in enumerate(reversed(steps), start=1)
    ]
    return rows


def did(deed: Deed, weeks_ago: int = 1) -> Done:
    return Done(deed, MONDAY - weeks_ago * WEEK + timedelta(days=2))


def offered(part="sharer", can=ALL, **known) -> Rung | None:
    found = step(Person(7, part, can, **known), MONDAY)
    return found.rung if found else None


@pytest.mark.parametrize("part", PARTS)
def test_the_first_step_is_as_light_as_the_part_one_chose(part):
    assert offered(part) == STARTS[part]


def test_two_in_a_row_lead_a_rung_up_and_one_does_not():
    once = before((Rung.READ, "done"))
    assert offered("reader", offers=once, done=[did(Deed.READ)]) == Rung.READ
    twice = before((Rung.READ, "done"), (Rung.READ, "done"))
    done = [did(Deed.READ), did(Deed.READ, 2)]
    assert offered("reader", offers=twice, done=done) == Rung.REACT


def test_a_heavier_part_leads_up_after_one_but_by_one_rung_only():
    once = before((Rung.READ, "done"))
    assert offered("writer", offers=once, done=[did(Deed.READ)]) == Rung.REACT


def test_what_one_did_by_oneself_leads_up_by_one_rung_only():
    offers = before((Rung.READ, "none"))
    assert offered("reader", offers=offers, done=[did(Deed.WROTE)]) == Rung.REACT


def test_the_part_is_as_far_as_it_goes():
    done = [did(Deed.ANSWERED, n) for n in range(1, 5)]
    offers = before(*[(Rung.ANSWER, "none")] * 4)
    assert offered("reader", offers=offers, done=done) == Rung.ANSWER


def test_whoever_has_told_nothing_yet_begins_with_a_line():
    done, offers = [did(Deed.TOLD)], before((Rung.LINE, "none"))
    assert offered("writer", offers=offers, done=done) == Rung.LINE
    assert offered("writer", offers=offers, done=done, posted=True) == Rung.WRITE


def test_nothing_this_week_makes_it_smaller():
    assert offered(offers=before((Rung.ANSWER, "nothing"))) == Rung.COMMENT


def test_after_several_weeks_of_nothing_it_comes_rarer_but_not_to_one_who_comes():
    steps = before(*[(Rung.READ, "nothing")] * 3)
    person = Person(7, "reader", ALL, offers=steps)
    assert step(person, MONDAY) is None
    assert step(person, MONDAY, came=True) is not None
    assert step(person, MONDAY + WEEK) is not None
    steps = before(*[(Rung.READ, "nothing")] * 6)
    person = Person(7, "reader", ALL, offers=steps)
    due = [n for n in range(4) if step(person, MONDAY + n * WEEK)]
    assert due == [3]


def test_something_done_brings_it_back_to_every_week():
    steps = before(*[(Rung.READ, "nothing")] * 6)
    assert offered("reader", offers=steps, done=[did(Deed.THANKED)]) is not None


def test_not_this_leads_to_another_kind_that_is_no_heavier():
    found = offered(offers=before((Rung.ANSWER, "not_this")))
    assert found in {Rung.REACT, Rung.COMMENT}
    assert offered(offers=before((Rung.READ, "not_this"))) == Rung.REACT
    only = frozenset({Rung.ANSWER, Rung.WRITE})
    assert offered(can=only, offers=before((Rung.ANSWER, "not_this"))) is None


def test_what_was_the_only_thing_comes_back_after_its_rest():
    only, steps = frozenset({Rung.READ}), before((Rung.READ, "not_this"))
    person = Person(7, "reader", only, offers=steps)
    assert [n for n in range(4) if step(person, MONDAY + n * WEEK)] == [3]


def test_a_kind_that_was_not_wanted_rests_for_three_weeks():
    steps = [(Rung.ANSWER, "not_this"), (Rung.COMMENT, "done"), (Rung.COMMENT, "done")]
    done = [did(Deed.COMMENTED), did(Deed.COMMENTED, 2)]
    assert offered(offers=before(*steps), done=done) == Rung.COMMENT
    more = [*steps, (Rung.COMMENT, "done")]
    done.append(did(Deed.COMMENTED, 3))
    assert offered(offers=before(*more), done=done) == Rung.ANSWER


def test_the_second_step_nobody_answered_leads_down():
    assert offered(offers=before((Rung.ANSWER, "none"))) == Rung.ANSWER
    assert offered(offers=before(*[(Rung.ANSWER, "none")] * 2)) == Rung.COMMENT


def test_after_weeks_away_one_is_met_with_something_lighter():
    long_ago = [Earlier(MONDAY - 6 * WEEK, Rung.ANSWER)]
    found = step(Person(7, "sharer", ALL, offers=long_ago), MONDAY)
    assert (found.rung, found.why) == (Rung.COMMENT, Why.BACK)


def test_a_pause_is_a_pause_even_for_one_who_looks_in():
    person = Person(7, "sharer", ALL, paused=True)
    assert step(person, MONDAY) is None
    assert step(person, MONDAY, came=True) is None


def test_what_there_is_nothing_for_is_not_offered():
    assert offered(can=frozenset({Rung.READ, Rung.WRITE})) == Rung.READ
    assert offered(can=frozenset({Rung.WRITE})) is None
    assert offered(can=frozenset()) is None


def test_it_says_why_in_one_sentence():
    with translation.override("en"):
        words = said(Why.LAST, Rung.ANSWER, Rung.READ)
    assert words == "Last time you read; one question takes two minutes."


# --- Whatever happened before

answers = st.sampled_from(["none", "done", "not_this", "nothing"])
rungs = st.sampled_from(list(Rung))
deeds = st.lists(
    st.builds(
        Done,
        st.sampled_from(list(Deed)),
        st.integers(-84, -1).map(lambda n: MONDAY + timedelta(days=n)),
    ),
    max_size=12,
)
pasts = st.lists(st.tuples(st.integers(1, 12), rungs, answers), max_size=12).map(
    lambda rows: [
        Earlier(MONDAY - n * WEEK, rung, answer)
        for n, (rung, answer) in sorted({n: (r, a) for n, r, a in rows}.items())
    ]
)
people = st.builds(
    Person,
    st.integers(1, 10**6),
    st.sampled_from(PARTS),
    st.frozensets(rungs),
    done=deeds,
    offers=pasts,
    posted=st.booleans(),
    paused=st.booleans(),
)


def test_another_kind_is_not_above_ones_part_either():
    """Who was a writer, and is a reader now."""
    can = frozenset(Rung) - {Rung.FILM, Rung.HELP}
    offers = [Earlier(MONDAY - WEEK, Rung.WRITE, "not_this")]
    found = {
        step(Person(n, "reader", can, [], offers, False, False), MONDAY).rung
        for n in range(40)
    }
    assert found == {Rung.COMMENT, Rung.ANSWER}


@given(people, st.booleans())
def test_never_more_than_a_rung_up_and_only_what_there_is(person, came):
    found = step(person, MONDAY, came=came)
    assert found == step(person, MONDAY, came=came)  # the same for ever
    if found is None:
        return
    assert not person.paused
    assert found.rung in person.can
    if person.offers:
        assert found.rung <= person.offers[0].rung + 1
        last = person.offers[0]
        if last.answered == "not_this" and MONDAY - last.week <= 3 * WEEK:
            assert found.rung != person.offers[0].rung
    elif not person.done:
        assert found.rung <= max(STARTS[person.part], Rung.REACT)
    most = max([MOST[person.part], *(one.rung for one in person.done)])
    assert found.rung <= max(most, Rung.REACT)


@given(people)
def test_one_who_comes_is_offered_what_would_have_come(person):
    by_itself = step(person, MONDAY)
    if by_itself is not None:
        assert step(person, MONDAY, came=True) == by_itself


@given(people)
def test_what_lies_ahead_decides_nothing(person):
    """Offers and deeds of this week and later are of no week before."""
    seen = [one for one in person.offers if one.week < MONDAY]
    later = Person(**{**vars(person), "offers": [Earlier(MONDAY, Rung.HELP), *seen]})
    assert step(later, MONDAY) == step(person, MONDAY)


@given(st.lists(answers, min_size=1, max_size=40), st.sampled_from(PARTS))
def test_a_life_of_answers_climbs_slowly_and_ends_well(said_, part):
    """Whatever one answers, each step is a rung above the last at most, and a week
    of nothing is never followed by something heavier."""
    offers: list[Earlier] = []
    done: list[Done] = []
    week = MONDAY
    heaviest = {rung: deed for deed, rung in WEIGHTS.items()}
    for answer in said_:
        person = Person(7, part, ALL, tuple(done), tuple(offers[:12]), posted=True)
        found = step(person, week)
        if found:
            if offers:
                assert found.rung <= offers[0].rung + 1
                if offers[0].answered == "nothing":
                    assert found.rung <= offers[0].rung
            offers.insert(0, Earlier(week, found.rung, answer))
            if answer == "done":
                done.append(Done(heaviest[found.rung], week + timedelta(days=3)))
        week += WEEK


SHAME = re.compile(
    r"only|still|yet|should|must|miss|late|fail|others|behind|streak|hurry|!", re.I
)


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_no_word_presses_or_shames(language):
    with translation.override(language):
        for rung in Rung:
            for why in Why:
                words = said(why, rung, rung)
                assert words.endswith(".")
                assert "%" not in words
                if language == "en":
                    assert not SHAME.search(words), words
    assert set(TAKES) == set(LAST) == set(Rung)
    assert set(GOOD) == set(WEIGHTS) == set(Deed)
