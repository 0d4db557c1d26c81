import threading
from datetime import date

import pytest
from django.db import connection

from pesue.guidance import lived  # noqa: F401 - declares the scale of "values"
from pesue.surveys.actions import NotDone, answer, close
from pesue.surveys.models import Answered, SurveyQuestion, Tally
from pesue.surveys.queries import results
from pesue.surveys.scales import SCALES
from tests.make.guidance import a_survey
from tests.make.people import a_member, a_team

DAY, AFTER = date(2026, 3, 5), date(2026, 3, 20)


def asked():
    survey = a_survey()
    question = SurveyQuestion.objects.create(survey=survey, text="Care")
    return survey, question.pk, SCALES["values"].keys


@pytest.mark.django_db
def test_the_order_of_the_rows_tells_nothing_of_who_answered_first():
    survey, question, keys = asked()
    answer(survey, a_member(team=a_team()), {question: keys[2]}, today=DAY)
    rows = list(Tally.objects.order_by("pk").values_list("choice", "people"))
    assert rows == [(key, int(key == keys[2])) for key in keys]


@pytest.mark.django_db
def test_once_whole_and_in_its_days():
    survey, question, keys = asked()
    member = a_member()
    with pytest.raises(NotDone):
        answer(survey, member, {}, today=DAY)
    with pytest.raises(NotDone):
        answer(survey, member, {question: keys[0]}, today=AFTER)
    assert not Answered.objects.exists()
    answer(survey, member, {question: keys[0]}, today=DAY)
    with pytest.raises(NotDone):
        answer(survey, member, {question: keys[1]}, today=DAY)
    assert sum(Tally.objects.values_list("people", flat=True)) == 1


@pytest.mark.django_db
def test_nothing_is_shown_while_open_or_of_four():
    survey, question, keys = asked()
    for number in range(5):
        if number == 4:
            with pytest.raises(NotDone):
                close(survey, today=DAY)
            assert results(survey, today=AFTER).rows == []
        answer(survey, a_member(), {question: keys[0]}, today=DAY)
    assert results(survey, today=DAY).rows == []
    assert len(results(survey, today=AFTER).rows) == 1


@pytest.mark.django_db(transaction=True)
def test_answers_of_one_moment_are_all_counted_and_each_once():
    survey, question, keys = asked()
    team = a_team()
    members = [a_member(team=team) for _ in range(4)] * 2  # each presses twice
    refused = []

    def answering(member) -> None:
        try:
            answer(survey, member, {question: keys[0]}, today=DAY)
        except NotDone:
            refused.append(member)
        finally:
            connection.close()

    threads = [threading.Thread(target=answering, args=[m]) for m in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(refused) == 4
    assert Answered.objects.count() == 4
    assert Tally.objects.get(choice=keys[0]).people == 4
    assert Tally.objects.count() == len(keys)
