"""Asking, answering and closing. Counting is the worker's."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pesue.foundation.counts import K
from pesue.people.models import Member, Team
from pesue.surveys.actions.refusals import NotDone
from pesue.surveys.instruments import INSTRUMENTS
from pesue.surveys.models import Answer, Survey, SurveyQuestion
from pesue.surveys.scales import SCALES, TEXT
from pesue.surveys.sealing import seal

LONGEST = 1000  # characters of an answer in own words
ROOM = 64  # bytes of a box for a question; for one in own words, four a character


def open_survey(
    kind: str,
    title: str,
    questions: Iterable[SurveyQuestion],
    *,
    opens: date,
    closes: date,
    teams: Sequence[Team] = (),
    by: Member | None,
) -> Survey:
    """A survey of questions that are not kept yet. It can be answered within seconds,
    when the worker has made its key."""
    with transaction.atomic():
        survey = Survey.objects.create(
            kind=kind, title=title, opens=opens, closes=closes, by=by
        )
        survey.teams.set(teams)
        rows = list(questions)
        for at, question in enumerate(rows):
            question.survey, question.position = survey, at
        SurveyQuestion.objects.bulk_create(rows)
    return survey


def ask(
    kind: str,
    title: str,
    *,
    opens: date,
    closes: date,
    teams: Sequence[Team] = (),
    by: Member | None,
) -> Survey:
    """One of the ready-made questionnaires."""
    rows = (SurveyQuestion(about=i.key, scale=i.scale) for i in INSTRUMENTS[kind])
    return open_survey(
        kind, title, rows, opens=opens, closes=closes, teams=teams, by=by
    )


def answer(
    survey: Survey, member: Member, chosen: Mapping[int, str], *, today: date
) -> None:
    """Seal a member's answers, by question, in place of what they said before.

    Raises NotDone where the survey is not open or a question has no answer.
    """
    if not survey.opens <= today <= survey.closes or not survey.key:
        raise NotDone(_("This survey is not open now."))
    questions = list(survey.questions.all())
    if any(not _fits(one, chosen.get(one.pk)) for one in questions):
        raise NotDone(_("Answer each question; “I cannot say” is an answer, too."))
    said = {str(one.pk): chosen.get(one.pk, "") for one in questions}
    box = seal(survey.key, survey.pk, said, size=_room(questions))
    Answer.objects.update_or_create(survey=survey, member=member, defaults={"box": box})


def _fits(question: SurveyQuestion, said: str | None) -> bool:
    if question.scale == TEXT:
        return len(said or "") <= LONGEST
    return said in SCALES[question.scale].keys


def _room(questions: Sequence[SurveyQuestion]) -> int:
    """Bytes that hold whatever may be said: all boxes of a survey are as large."""
    own = sum(question.scale == TEXT for question in questions)
    return ROOM * (len(questions) + 1) + 6 * LONGEST * own


def close(survey: Survey, *, today: date) -> None:
    """End it before its day, once enough have answered. Raises NotDone."""
    if survey.answers.count() < K:
        raise NotDone(
            _("Fewer than %(k)d have answered: closed now, it could show nothing.")
            % {"k": K}
        )
    if survey.opens >= today:
        raise NotDone(_("It began today; it can be closed from tomorrow on."))
    Survey.objects.filter(pk=survey.pk).update(closes=today - timedelta(days=1))


def drop(survey: Survey) -> None:
    """As if it had never been asked."""
    survey.delete()
