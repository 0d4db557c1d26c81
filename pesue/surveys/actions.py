"""Asking, answering and closing. What somebody answered is kept nowhere."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pesue.foundation.counts import K
from pesue.people.models import Member, Team
from pesue.surveys.models import Answered, Survey, SurveyQuestion, Tally
from pesue.surveys.scales import SCALES


class NotDone(Exception):
    """It cannot be done now. The text says why."""


def open_survey(
    kind: str,
    title: str,
    questions: Sequence[tuple[str, str]],
    *,
    opens: date,
    closes: date,
    teams: Sequence[Team] = (),
    by: Member | None,
) -> Survey:
    """A survey of (about, text) questions, answered on the scale of its kind."""
    with transaction.atomic():
        survey = Survey.objects.create(
            kind=kind, title=title, opens=opens, closes=closes, by=by
        )
        survey.teams.set(teams)
        SurveyQuestion.objects.bulk_create(
            SurveyQuestion(survey=survey, about=about, text=text[:300], position=at)
            for at, (about, text) in enumerate(questions)
        )
    return survey


def answer(
    survey: Survey, member: Member, chosen: Mapping[int, str], *, today: date
) -> None:
    """Count a member's answers, by question; all of them, and once. Raises NotDone.

    The counts and that the member has answered are stored together or not at all;
    neither says when, nor which belong together.
    """
    if not survey.opens <= today <= survey.closes:
        raise NotDone(_("This survey is not open now."))
    keys = SCALES[survey.kind].keys
    questions = list(survey.questions.order_by("pk").values_list("pk", flat=True))
    if any(chosen.get(question) not in keys for question in questions):
        raise NotDone(_("Answer each question; “I cannot say” is an answer, too."))
    try:
        with transaction.atomic():
            Answered.objects.create(survey=survey, member=member)
            _make_room(questions, member.team, keys)
            for question in questions:
                _count(question, member.team, chosen[question])
    except IntegrityError as error:
        raise NotDone(_("You have answered already. Thank you.")) from error


def _make_room(questions: Sequence[int], team: Team | None, keys: list[str]) -> None:
    """A row for each possible answer, all made at once.

    Made one by one as they are chosen, their order beside that of `Answered` would
    tell what those said who answered first.
    """
    known = Tally.objects.filter(question__in=questions, team=team)
    if known.count() < len(questions) * len(keys):
        Tally.objects.bulk_create(
            (
                Tally(question_id=question, team=team, choice=choice)
                for question in questions
                for choice in keys
            ),
            ignore_conflicts=True,  # a colleague was the first at the same moment
        )


def _count(question: int, team: Team | None, choice: str) -> None:
    rows = Tally.objects.filter(question=question, team=team, choice=choice)
    rows.update(people=F("people") + 1)


def close(survey: Survey, *, today: date) -> None:
    """End it before its day, once enough have answered. Raises NotDone."""
    if survey.answered.count() < K:
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
