"""What a trial could see, how it stands, and how it went."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pesue.measurement.archive import packed
from pesue.measurement.forest import Forest, forest
from pesue.measurement.queries import readings
from pesue.measurement.words import AFTER_NUMBERS, IN_PER_CENT, IN_POINTS, because
from pesue.people.access import MemberRequest, signed_in
from pesue.trials import access
from pesue.trials.levers import GUARDS, OUTCOMES
from pesue.trials.models import Trial
from pesue.trials.queries import is_as_started

MINUS = "\N{MINUS SIGN}"  # as wide as a plus; a hyphen is taken for a dash
ODD = 0.05  # of lots: as seldom as the interval errs
HEAVY = 0.25  # of all visits, by one page: it alone may decide
FIND = 2.8  # errors that an effect must be away from 0, to be found four times of five


@dataclass(frozen=True)
class Line:
    """An arm beside the control, in words."""

    name: str
    says: str
    range: str = ""
    chance: str = ""  # of the lot alone
    could: str = ""  # what it could have seen, where one cannot tell
    harms: bool = False


@dataclass(frozen=True)
class Unit:
    """How numbers of an outcome are told."""

    times: float
    words: str
    places: int = 1

    def told(self, number: float, *, sign: bool = False) -> str:
        text = number_format(round(self.times * number, self.places), self.places)
        text = text.replace("-", MINUS)
        return f"+{text}" if sign and number > 0 else text


@require_safe
@signed_in
def reading(request: MemberRequest, trial_id: int) -> HttpResponse:
    """Before: what it could see. While it runs: for leads. After: for everybody."""
    trial = _trial(request, trial_id)
    today = localdate(now())
    unit = unit_of(trial.outcome)
    context: dict[str, Any] = {
        "trial": trial,
        "unit": unit.words,
        "outcome": OUTCOMES.get(trial.outcome, trial.outcome),
        "untouched": trial.is_draft or is_as_started(trial),
        "may_try": access.may_try(request.user),
    }
    if trial.is_draft:
        context |= _before(trial, unit, today)
    else:
        context |= _after(trial, unit, today)
    return render(request, "measurement/reading.html", context)


def _trial(request: MemberRequest, trial_id: int) -> Trial:
    trial = access.trial(trial_id)
    if trial.state not in readings.OVER and not access.may_try(request.user):
        raise PermissionDenied
    return trial


def unit_of(outcome: str) -> Unit:
    if outcome in IN_PER_CENT:
        return Unit(100, _("percentage points"))
    return Unit(1, str(AFTER_NUMBERS.get(outcome, "")))


def _before(trial: Trial, unit: Unit, today: date) -> dict[str, Any]:
    sees = readings.what_it_sees(trial, today=today)
    if sees is None:
        return {"sees": None}
    per_cent = trial.outcome in IN_PER_CENT
    return {
        "sees": sees,
        # What is known of nudges is how many people they move, not how much they post.
        "in_points": trial.outcome in IN_POINTS,
        "base": unit.told(sees.base) + ("\N{NO-BREAK SPACE}%" if per_cent else ""),
        "smallest": "" if sees.smallest is None else unit.told(sees.smallest),
        "because": because(sees.why) if sees.why else "",
        "curve": [(unit.told(e), round(100 * p)) for e, p in sees.curve],
    }


def _after(trial: Trial, unit: Unit, today: date) -> dict[str, Any]:
    kept = readings.kept_of(trial)
    found = kept.found if kept else readings.live(trial, today=today)
    names = {arm.key: arm.name for arm in trial.arms.all()}
    compared = found.get("compared", [])
    return {
        "found": found,
        "lines": [_line(one, names[one["arm"]], unit) for one in compared],
        "afterwards": _afterwards(kept.after if kept else {}, names, unit),
        "whole": _whole(trial, found, unit),
        "forest": _forest(compared, names, unit),
        "arms": [
            (names[arm["key"]], arm["units"], arm["people"])
            for arm in found.get("arms", {}).values()
        ],
        "guards": [_guard(one, names[one["arm"]]) for one in found.get("guards", ())],
        "file": bool(kept and kept.units),
        "left_out": kept.left_out if kept else 0,
        "figures": _figures(compared, names, unit),
        "notes": _notes(trial, found),
    }


def _notes(trial: Trial, found: dict[str, Any]) -> list[str]:
    """What one should look at before one relies on the result."""
    notes = []
    if readings.is_met_too_early(trial):
        notes.append(
            _(
                "A clock is wrong: by it, somebody met this before it began. Set the "
                "clocks of all computers that run Pesue; days may have been mistaken."
            )
        )
    if found.get("heaviest", 0.0) > HEAVY:
        notes.append(
            _(
                "One page alone had %(share)d %% of all visits that were compared. "
                "Look at it before you rely on this: maybe robots came, or it was in "
                "the news."
            )
            % {"share": round(100 * found["heaviest"])}
        )
    several = len([one for one in found.get("compared", ()) if one["effect"]])
    if several > 1:
        notes.append(
            _(
                "%(several)d groups are compared with the first, each by itself. "
                "Chance alone makes one of them look real in about %(times)d of 100 "
                "such trials."
            )
            % {"several": several, "times": round(100 * (1 - 0.95**several))}
        )
    return notes


def _figures(
    compared: list[dict[str, Any]], names: dict[str, str], unit: Unit
) -> list[tuple[str, list[str]]]:
    """What the plot shows, as a table; and the same not adjusted."""
    return [
        (
            names[one["arm"]],
            [unit.told(one["effect"][n], sign=True) for n in ENDS]
            + (
                [unit.told(one["plain"]["estimate"], sign=True)] if one["plain"] else []
            ),
        )
        for one in compared
        if one["effect"]
    ]


def _afterwards(found: dict[str, Any], names: dict[str, str], unit: Unit) -> list[Line]:
    """The removal phase: the groups beside each other when all had the same again."""
    return [
        _line(one, names[one["arm"]], unit)
        for one in found.get("compared", ())
        if not found["broken"]
    ]


def _line(one: dict[str, Any], name: str, unit: Unit) -> Line:
    lot = "" if one["lot"] is None else _chance(one["lot"])
    effect = one["effect"]
    if effect is None:
        return Line(name, because(one["why"]), chance=lot)
    ends = {end: unit.told(effect[end], sign=True) for end in ("low", "high")}
    told = {"effect": unit.told(effect["estimate"], sign=True), "unit": unit.words}
    range_ = _("%(low)s to %(high)s %(unit)s at 95 %%") % (ends | {"unit": unit.words})
    if one["cannot_tell"]:
        could = _("It would have found %(least)s %(unit)s or more, four times of five.")
        least = {"least": unit.told(FIND * effect["se"]), "unit": unit.words}
        says = _("We cannot tell: it may have done good, harm or nothing.")
        return Line(name, says, range_, lot, could % least)
    if (one["lot"] or 0.0) > ODD:
        lot = " ".join((lot, _("So it may still be chance.")))
    more = effect["estimate"] > 0
    says = _("More: %(effect)s %(unit)s.") if more else _("Less: %(effect)s %(unit)s.")
    return Line(name, says % told, range_, lot)


def _guard(one: dict[str, Any], name: str) -> Line:
    """What must not get worse, in per cent of people."""
    unit = Unit(100, _("percentage points"))
    words = GUARDS.get(one["name"], one["name"])
    line = _line(one, f"{name}: {words}", unit)
    return replace(line, could="", chance="", harms=one["harms"])


def _whole(trial: Trial, found: dict[str, Any], unit: Unit) -> str:
    """What offering came to, over all items that were offered at once."""
    effects = [one["effect"] for one in found.get("compared", ()) if one["effect"]]
    if trial.unit != Trial.Unit.ITEM or not effects:
        return ""
    offered = found["arms"]["offered"]["units"]
    whole = Unit(1, unit.words, places=0)
    told = {n: whole.told(offered * effects[0][n], sign=True) for n in ENDS}
    words = _("%(estimate)s visits in all (%(low)s to %(high)s at 95 %%).")
    return words % told


def _chance(p: float) -> str:
    if p < 0.01:
        return _("The lot alone shows as much in fewer than 1 of 100 draws.")
    return _("The lot alone shows as much in %(times)d of 100 draws.") % {
        "times": round(100 * p)
    }


def _forest(
    compared: list[dict[str, Any]], names: dict[str, str], unit: Unit
) -> Forest | None:
    return forest(
        [
            (names[one["arm"]], *(unit.times * one["effect"][n] for n in ENDS))
            for one in compared
            if one["effect"]
        ]
    )


ENDS = ("estimate", "low", "high")


@require_safe
@signed_in
def reading_file(request: MemberRequest, trial_id: int) -> HttpResponse:
    """All that anybody needs to work it out anew, when it is over."""
    trial = _trial(request, trial_id)
    kept = readings.kept_of(trial)
    if kept is None or not kept.units:
        raise Http404
    design = {
        **readings.design(trial),
        "name": trial.name,
        "question": trial.question,
        "left_out": kept.left_out,
    }
    design = {key: _plain(value) for key, value in design.items()}
    body = packed(kept.units, design, kept.found)
    response = HttpResponse(body, content_type="application/zip")
    name = re.sub(r"[^a-z0-9]+", "-", trial.name.lower()).strip("-") or "trial"
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
