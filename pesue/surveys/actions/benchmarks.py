"""Figures of a counted survey for other organisations, and theirs for us."""

from dataclasses import asdict
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from pesue.people.models import Member
from pesue.stats.noise import Budget
from pesue.surveys.actions.files import own_key, secret_of, take_newer, theirs
from pesue.surveys.actions.refusals import NotDone
from pesue.surveys.exchange import Told, opened, signed
from pesue.surveys.figures import Noise, figures, noise_of
from pesue.surveys.instruments import INSTRUMENTS
from pesue.surveys.models import Exported, Neighbour, SigningKey, Survey
from pesue.surveys.queries.asked import whole_by_item

YEAR = timedelta(days=365)


def export(
    survey: Survey,
    *,
    size: str,
    country: str,
    epsilon: float,
    by: Member | None,
    now: datetime,
) -> Exported:
    """The survey's file, once and for all. `epsilon` is 0 for no noise.

    Raises NotDone where it has been made, where the year's budget is spent, and where
    nothing may be told.
    """
    if survey.counted_at is None or survey.kind not in INSTRUMENTS:
        raise NotDone(_("Only a ready-made survey that was counted can be exported."))
    own_key()
    with transaction.atomic():
        key = SigningKey.objects.select_for_update().get(pk=1)  # one export at a time
        if Exported.objects.filter(survey=survey).exists():
            raise NotDone(_("It was exported before. Its file is in the list."))
        noise = noise_of(survey.kind, epsilon) if epsilon else None
        if noise is not None and not Budget(spent=spent(now)).releases(epsilon):
            raise NotDone(
                _("What may be told of the same people in a year is used up.")
            )
        told = _told(survey, noise, size=size, country=country, now=now)
        text = signed(told, secret_of(key))
        return Exported.objects.create(
            survey=survey, by=by, at=now, epsilon=epsilon, text=text
        )


def spent(now: datetime) -> float:
    lately = Exported.objects.filter(at__gt=now - YEAR)
    return lately.aggregate(whole=Sum("epsilon"))["whole"] or 0.0


def _told(
    survey: Survey, noise: Noise | None, *, size: str, country: str, now: datetime
) -> Told:
    rng = np.random.default_rng()
    found = figures(survey.kind, whole_by_item(survey), noise, rng)
    if not found:
        raise NotDone(
            _("Nothing to tell: too few answered, or the noise would drown it.")
        )
    said = {}
    if noise is not None:
        said = {
            "mechanism": "two-sided geometric",
            "on": "how many chose each answer of an item",
            "neighbours": "one person more or less",
            "epsilon": noise.epsilon,
            "epsilon_of_an_item": noise.each,
            "variance_of_a_count": noise.variance,
            "counted_in_se": True,
        }
    return Told(
        questionnaire=survey.kind,
        closed=survey.closes.strftime("%Y-%m"),
        made=now.isoformat(timespec="seconds"),
        size=size,
        country=country,
        noise=said,
        figures=tuple(found),
    )


def bring(raw: bytes, *, by: Member | None, now: datetime) -> Neighbour:
    """Take another organisation's file in place of its older one. Raises NotDone."""
    ours = _("That is our own file. We stand beside the others already.")
    told, public = theirs(raw, opened, is_ours=ours, now=now)
    fields = {
        "made": told.when,
        "size": told.size,
        "country": told.country.upper(),
        "figures": [asdict(figure) for figure in told.figures],
        "by": by,
        "at": now,
    }
    key = {"public": public, "questionnaire": told.questionnaire}
    return take_newer(Neighbour, key, fields)


def remove(neighbour: Neighbour) -> None:
    neighbour.delete()
