"""An answer is sealed, replaced, counted with all others, and destroyed."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils.translation import override

from pesue.guidance import lived  # noqa: F401 - declares the scale of "values"
from pesue.surveys import keys, steps
from pesue.surveys.actions import NotDone, answer, ask, close
from pesue.surveys.instruments import texts
from pesue.surveys.models import Answer, Remark, Survey, SurveyQuestion, Tally
from pesue.surveys.queries import newest_counted, quality, results, waiting_for
from pesue.surveys.scales import SCALES
from tests.make.guidance import a_survey
from tests.make.people import a_member, a_team

DAY, AFTER = date(2026, 3, 5), date(2026, 3, 20)
OPEN, CLOSED = (datetime(d.year, d.month, d.day, 12, tzinfo=UTC) for d in (DAY, AFTER))
WORDS = [key for key, _label in SCALES["values"].choices]


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA = tmp_path


def asked() -> tuple[Survey, int]:
    survey = a_survey()
    question = SurveyQuestion.objects.create(
        survey=survey, text="Care", about="value:1", scale="values"
    )
    assert steps.make_keys(OPEN) == 1
    survey.refresh_from_db()
    return survey, question.pk


@pytest.mark.django_db
def test_it_can_be_answered_when_it_has_a_key_and_not_before_or_after():
    survey = a_survey()
    question = SurveyQuestion.objects.create(survey=survey, text="Care")
    member = a_member()
    assert waiting_for(member, today=DAY) is None
    with pytest.raises(NotDone):
        answer(survey, member, {question.pk: "lived"}, today=DAY)
    steps.make_keys(OPEN)
    assert steps.make_keys(OPEN) == 0
    survey.refresh_from_db()
    assert waiting_for(member, today=DAY) == survey
    for said in ({}, {question.pk: "perhaps"}):
        with pytest.raises(NotDone):
            answer(survey, member, said, today=DAY)
    with pytest.raises(NotDone):
        answer(survey, member, {question.pk: "lived"}, today=AFTER)
    answer(survey, member, {question.pk: "lived"}, today=DAY)
    assert waiting_for(member, today=DAY) is None


@pytest.mark.django_db
def test_the_last_word_counts_and_is_counted_once():
    survey, question = asked()
    members = [a_member() for _ in range(5)]
    for member in members:
        answer(survey, member, {question: "said"}, today=DAY)
    answer(survey, members[0], {question: "lived"}, today=DAY)
    assert steps.count(OPEN) == 0, "it is still open"
    assert steps.count(CLOSED) == 1
    assert steps.count(CLOSED) == 0
    told = dict(Tally.objects.values_list("choice", "people"))
    assert told == {"lived": 1, "partly": 0, "said": 4, "silent": 0}
    survey.refresh_from_db()
    assert survey.people == 5
    assert newest_counted("values") == survey
    [row] = results(survey).rows
    assert row.good.share == 0.2
    assert [share for _label, share in row.points] == [20, 0, 80, 0]


@pytest.mark.django_db
def test_nothing_is_kept_or_shown_of_four():
    survey, question = asked()
    for _ in range(4):
        answer(survey, a_member(), {question: "lived"}, today=DAY)
    with pytest.raises(NotDone):
        close(survey, today=DAY)
    steps.count(CLOSED)
    assert not Tally.objects.exists()
    survey.refresh_from_db()
    assert results(survey).rows == []


@pytest.mark.django_db
def test_one_that_is_closed_early_is_counted_at_once():
    survey, question = asked()
    for _ in range(5):
        answer(survey, a_member(), {question: "lived"}, today=DAY)
    close(survey, today=DAY)
    steps.count(OPEN)
    survey.refresh_from_db()
    assert survey.people == 5


@pytest.mark.django_db
def test_teams_are_those_of_the_day_it_is_counted_and_stay():
    survey, question = asked()
    one, other = a_team("One"), a_team("Other")
    for team in (one, other):
        for said in ("lived", "lived", "lived", "said", "said"):
            answer(survey, a_member(team=team), {question: said}, today=DAY)
    steps.count(CLOSED)
    survey.refresh_from_db()
    [row] = results(survey).rows
    assert [(team, share) for team, share in row.teams] == [
        (one, pytest.approx(0.6)),
        (other, pytest.approx(0.6)),
    ]
    mover = one.members.first()
    mover.team = other
    mover.save()
    assert [share for _team, share in results(survey).rows[0].teams] == [
        pytest.approx(0.6)
    ] * 2


@pytest.mark.django_db
def test_small_teams_and_those_of_one_mind_are_not_even_kept():
    survey, question = asked()
    small, alike = a_team("Small"), a_team("Alike")
    for team, said, people in ((small, "said", 4), (alike, "lived", 6)):
        for _ in range(people):
            answer(survey, a_member(team=team), {question: said}, today=DAY)
    steps.count(CLOSED)
    assert set(Tally.objects.values_list("team", flat=True)) == {None}


@pytest.mark.django_db
def test_own_words_come_in_no_order_and_of_ten_at_least():
    survey = ask("annual", "Yearly", opens=DAY, closes=DAY, by=None)
    steps.make_keys(OPEN)
    survey.refresh_from_db()
    rows = {
        q.pk: ("silent" if q.scale != "text" else "") for q in survey.questions.all()
    }
    words = next(q.pk for q in survey.questions.all() if q.scale == "text")
    said = [f"Thought {number}" for number in range(12)]
    for one in said[:9]:
        answer(survey, a_member(), rows | {words: one}, today=DAY)
    again = Survey.objects.get(pk=survey.pk)
    for one in said[9:]:
        answer(again, a_member(), rows | {words: one}, today=DAY)
    with pytest.raises(NotDone):
        answer(again, a_member(), rows | {words: "x" * 1001}, today=DAY)
    steps.count(CLOSED)
    kept = list(Remark.objects.order_by("pk").values_list("words", flat=True))
    assert sorted(kept) == sorted(said)
    assert kept != said  # by chance once in 479 million


@pytest.mark.django_db
def test_a_wave_is_told_beside_the_one_before():
    for wave, good in ((date(2025, 3, 1), 2), (date(2026, 3, 1), 8)):
        survey = ask("pulse", "Pulse", opens=wave, closes=wave, by=None)
        noon = datetime(wave.year, 3, 1, 12, tzinfo=UTC)
        steps.make_keys(noon)
        survey.refresh_from_db()
        for number in range(10):
            said = "7" if number < good else "1"
            chosen = {q.pk: said for q in survey.questions.all()}
            answer(survey, a_member(), chosen, today=wave)
        steps.count(noon + timedelta(days=1))
    survey.refresh_from_db()
    found = results(survey)
    assert found.before.opens == date(2025, 3, 1)
    assert found.rows[0].moved["estimate"] == 60
    assert found.rows[0].moved["low"] > 0


@pytest.mark.django_db
def test_how_well_items_measure_is_worked_out_before_answers_are_destroyed():
    survey = ask("barriers", "Barriers", opens=DAY, closes=DAY, by=None)
    steps.make_keys(OPEN)
    survey.refresh_from_db()
    for number in range(40):
        level = number % 5
        chosen = {
            q.pk: str(7 - level if q.about in {"B1", "B2", "B6"} else 1 + level)
            for q in survey.questions.all()
        }
        chosen[min(chosen)] = str(1 + number % 7)  # one that does not go along
        answer(survey, a_member(), chosen, today=DAY)
    steps.count(CLOSED)
    survey.refresh_from_db()
    with override("en"):
        [told] = quality(survey)
    assert told["n"] == 40
    assert told["alpha"][0] > 0.9
    assert told["weak"] == [texts("en")["B1"]]


@pytest.mark.django_db
def test_without_its_key_nothing_can_be_counted_and_it_is_said():
    survey, question = asked()
    for _ in range(5):
        answer(survey, a_member(), {question: "lived"}, today=DAY)
    [(_survey, file)] = keys.kept(steps.asked._folder())
    file.rename(file.with_suffix(".elsewhere"))
    assert steps.count(CLOSED - timedelta(days=9)) == 0, "its worker may come back"
    assert steps.count(CLOSED) == 1
    survey.refresh_from_db()
    assert survey.lost
    assert not Answer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_one_moment_are_one_answer():
    survey, question = asked()
    members = [a_member() for _ in range(4)] * 2

    def answering(member) -> None:
        try:
            answer(survey, member, {question: "lived"}, today=DAY)
        finally:
            connection.close()

    threads = [threading.Thread(target=answering, args=[m]) for m in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert Answer.objects.count() == 4
