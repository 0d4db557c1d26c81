"""What those ask who read how a trial went. Numbers and keys, no names."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from pesue.trials.assignment import Drawn, Place, Unit
from pesue.trials.models import Assignment, Exposure, Trial
from pesue.trials.queries.given import mechanism_of, staying_out
from pesue.trials.sealing import seal


def drawn(trial: Trial) -> Drawn:
    """The draw of a trial that has begun, and who came later.

    `Drawn.mechanism.redraw(units, late, seed=...)` draws it anew. What was left out
    of the trial is in neither. A team's members are whoever is in it at the time.
    """
    rows = Assignment.objects.filter(trial=trial, arm__isnull=False)
    fields: Any = rows.order_by("kind", "unit").values_list(
        "kind", "unit", "stratum", "late", "arm__key", "wave"
    )
    units, late, places = [], [], {}
    for kind, unit, stratum, is_late, arm, wave in fields:
        key = f"{kind}:{unit}"
        places[key] = Place(arm, wave)
        if is_late:
            late.append(key)
        else:
            units.append(Unit(key, stratum))
    mechanism = mechanism_of(trial)
    return Drawn(mechanism, trial.seed, tuple(units), tuple(late), places)


def exposures(trial: Trial) -> "QuerySet[Exposure]":
    """Who met what, and when first; without those who stay out since."""
    out = staying_out(trial.began_at).filter(member=OuterRef("member"))
    rows = Exposure.objects.filter(trial=trial).exclude(Exists(out))
    return rows.select_related("arm").order_by("first_at", "pk")


def decides(trial: Trial) -> dict[str, Any]:
    """All that decides how the trial is read."""
    names = ("lever", "kind", "unit", "seed", "begins", "ends", "days", "waves")
    more = ("strata", "outcome", "guards", "looks", "mechanism")
    arms = trial.arms.order_by("key").values_list("key", "share", "payload")
    controls = trial.arms.filter(is_control=True).values_list("key", flat=True)
    return {
        **{name: getattr(trial, name) for name in (*names, *more)},
        "arms": [list(arm) for arm in arms],
        "control": list(controls),
        # Seals of trials without it were made before there was any.
        **({"removal": trial.removal} if trial.removal else {}),
    }


def is_as_started(trial: Trial) -> bool:
    """Whether nothing that decides has been changed since, by whatever hand."""
    return bool(trial.sealed) and trial.sealed == seal(decides(trial))
