"""Keys for new surveys; counting those that have closed, all answers at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from pesue.people.models import Team
from pesue.surveys import keys
from pesue.surveys.counting import Asked, Counted, Place, Row, counted
from pesue.surveys.instruments import item_of
from pesue.surveys.models import Answer, Remark, Survey, Tally
from pesue.surveys.quality import quality_of
from pesue.surveys.sealing import Unreadable, new_keys, unseal

PATIENCE = timedelta(days=7)  # for the worker with the key to come back
BATCH = 1000


def _folder() -> Path:
    """On this worker's own disk, and in no backup."""
    found: Path = settings.DATA / "surveys"
    return found


def make_keys(now: datetime) -> int:
    """Give new surveys their keys: kept here first, and then told."""
    rows = Survey.objects.filter(key="", counted_at=None, lost=False)
    made = 0
    for survey in rows.filter(closes__gte=localdate(now)):
        secret, public = new_keys()
        keys.keep(_folder(), survey.pk, public, secret)
        # Where another worker was the first, the sweep takes ours away.
        made += Survey.objects.filter(pk=survey.pk, key="").update(key=public)
    return made


def count(now: datetime) -> int:
    """Count what has closed and destroy it. Only the worker with the key can."""
    closed = Survey.objects.filter(closes__lt=localdate(now), counted_at=None)
    looked = 0
    for survey in closed.filter(lost=False):
        secret = keys.secret_of(_folder(), survey.pk, survey.key)
        if secret or not survey.key:
            _count(survey, secret, now)
            looked += 1
        elif survey.closes < localdate(now - PATIENCE):
            _give_up(survey)
            looked += 1
    _sweep()
    return looked


def _count(survey: Survey, secret: str, now: datetime) -> None:
    rows = list(_unsealed(survey, secret))
    places = [Place(t.pk, t.parent_id, t.path) for t in Team.objects.order_by("path")]
    questions = list(survey.questions.all())
    asked = [Asked(q.pk, q.scale, _k(q.about)) for q in questions]
    found = counted(rows, asked, places)
    about = {question.pk: question.about for question in questions}
    quality = quality_of([{about[k]: v for k, v in row.items()} for _t, row in rows])
    with transaction.atomic():
        mine = Survey.objects.filter(pk=survey.pk, counted_at=None)
        if not mine.update(counted_at=now, people=len(rows), quality=quality):
            return
        Answer.objects.filter(survey=survey).delete()
        _keep(found)


def _k(about: str) -> int:
    item = item_of(about)
    return item.k if item else Asked.k


def _unsealed(survey: Survey, secret: str) -> Iterable[Row]:
    """Answers with the teams of today. One that cannot be read is left out."""
    boxes = Answer.objects.filter(survey=survey).values_list("member__team", "box")
    for team, box in boxes.iterator(BATCH):
        try:
            said = unseal(secret, survey.pk, box)
        except Unreadable:
            continue
        yield team, {int(key): value for key, value in said.items() if key.isdecimal()}


def _keep(found: Counted) -> None:
    Tally.objects.bulk_create(
        Tally(question_id=question, team_id=team, choice=choice, people=people)
        for (question, team), told in found.tallies.items()
        for choice, people in told.items()
    )
    Remark.objects.bulk_create(
        Remark(question_id=question, words=words)
        for question, told in found.remarks.items()
        for words in told
    )


def _give_up(survey: Survey) -> None:
    """The key is gone for good, so the answers are nobody's any more."""
    with transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(lost=True)
        Answer.objects.filter(survey=survey).delete()


def _sweep() -> None:
    """Destroy the keys of what was counted, given up or dropped, and late answers.

    Last, so that a worker killed before it does it the next time.
    """
    here = list(keys.kept(_folder()))
    known = Survey.objects.in_bulk([survey for survey, _file in here])
    for survey, file in here:
        row = known.get(survey)
        waits = row and not row.counted_at and not row.lost
        ours = row and (not row.key or keys.is_of(file, survey, row.key))
        if not (waits and ours):
            keys.destroy(file)
    done = Q(survey__counted_at__isnull=False) | Q(survey__lost=True)
    Answer.objects.filter(done).delete()
