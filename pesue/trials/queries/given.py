"""What a member gets of what is being tried. One query a page, for all levers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from pesue.people.models import Member
from pesue.trials.assignment import Mechanism, Place
from pesue.trials.models import Arm, Assignment, Exposure, OptOut, Trial

Kind, Unit = Trial.Kind, Trial.Unit


@dataclass(frozen=True)
class Given:
    """The arm that a member is in now."""

    trial: int
    arm: int
    key: str
    is_control: bool
    payload: Mapping[str, Any] = field(default_factory=dict)
    met: bool = False  # that they have met it is known already

    def words(self, wording: str, language: str) -> str:
        """The arm's text in a language; empty where the ordinary one is meant."""
        texts: Mapping[str, str] = self.payload.get(wording, {})
        return texts.get(language, "")


def arm(lever: str, member: Member, now: datetime) -> Given | None:
    """The arm of the running trial of a lever; None: the ordinary product.

    None, too, for one who stays out. The first question about a member object reads
    what there is about all levers.
    """
    return _givens(member, now).get(lever)


def has(lever: str, member: Member, now: datetime) -> bool:
    """Whether the member has what the lever rolls out, or shows in its other arm."""
    given = arm(lever, member, now)
    return given is None or not given.is_control


def running(lever: str) -> Trial | None:
    """The trial of a lever that is running, if there is one."""
    return Trial.objects.filter(lever=lever, state=Trial.State.RUNNING).first()


def without(
    lever: str, members: Iterable[tuple[int, int | None]], now: datetime
) -> set[int]:
    """Ids of those who do not have what a lever rolls out: `has`, for many at once.

    `members` are pairs of a member's and a team's id. Four queries at most.
    """
    trial = running(lever)
    if trial is None or not _is_on(trial, now):
        return set()
    by_member = trial.unit == Unit.MEMBER
    units = {pk: pk if by_member else team or 0 for pk, team in members}
    arms = {arm.key: arm.is_control for arm in trial.arms.all()}
    rows = Assignment.objects.filter(
        trial=trial, kind=trial.unit, unit__in=set(units.values())
    ).values_list("unit", "arm__key", "starts_on")
    lots = {unit: (key, starts_on) for unit, key, starts_on in rows}
    for unit in {*units.values()} - lots.keys():  # came after the draw
        place = place_of(trial, f"{trial.unit}:{unit}")
        lots[unit] = (place.arm, begins_for(trial, place))
    today = localdate(now)
    waiting = {
        unit
        for unit, (key, starts_on) in lots.items()
        if arms[key] or (starts_on and starts_on > today)
    }
    found = {pk for pk, unit in units.items() if unit in waiting}
    out = staying_out(trial.began_at).filter(member__in=found)
    return found - set(out.values_list("member", flat=True))


def meets(lever: str, member: Member) -> Trial | None:
    """The running trial of a lever, if the member is in it. One query."""
    out = staying_out(OuterRef("began_at")).filter(member=member)
    rows = Trial.objects.filter(lever=lever, state=Trial.State.RUNNING)
    return rows.exclude(Exists(out)).first()


def _givens(member: Member, now: datetime) -> dict[str, Given]:
    trials: dict[int, list[Any]] = {}
    for row in _rows(member):
        if not row.out and _is_on(row.trial, now):
            trials.setdefault(row.trial_id, []).append(row)
    return {arms[0].trial.lever: _given(arms, member, now) for arms in trials.values()}


def _is_on(trial: Trial, now: datetime) -> bool:
    began = trial.began_at is not None and trial.began_at <= now
    return began and trial.begins <= localdate(now) <= trial.ends


def _given(arms: list[Any], member: Member, now: datetime) -> Given:
    trial, drawn = arms[0].trial, arms[0].drawn
    key = next((one.key for one in arms if one.pk == drawn), None)
    starts_on = arms[0].starts_on
    if key is None:  # came after the draw, and nobody has noted it yet
        place = place_of(trial, unit_of(trial, member))
        key, starts_on = place.arm, begins_for(trial, place)
    if starts_on and starts_on > localdate(now):
        key = next(one.key for one in arms if one.is_control)
    chosen = next(one for one in arms if one.key == key)
    return Given(
        trial.pk, chosen.pk, key, chosen.is_control, chosen.payload, arms[0].met
    )


def _rows(member: Member) -> list[Any]:
    """The arms of running trials about people, with what is known of the member.

    Kept on the member object: a page has one, however many rooms it is made of.
    """
    if not hasattr(member, "_trials_read"):
        member._trials_read = list(_read(member))  # type: ignore[attr-defined]
    found: list[Any] = member._trials_read  # type: ignore[attr-defined]
    return found


def forget(member: Member) -> None:
    """Read anew: the member has just gone out, or come back, or met something."""
    member.__dict__.pop("_trials_read", None)


def _read(member: Member) -> "QuerySet[Arm]":
    mine = Q(kind=Unit.MEMBER, unit=member.pk)
    ours = Q(kind=Unit.TEAM, unit=member.team_id or 0)
    drawn = Assignment.objects.filter(
        mine | ours, trial=OuterRef("trial"), kind=OuterRef("trial__unit")
    )
    met = Exposure.objects.filter(trial=OuterRef("trial"), member=member)
    arms = Arm.objects.filter(trial__state=Trial.State.RUNNING)
    return (
        arms.exclude(trial__kind=Kind.HOLDOUT)
        .select_related("trial")
        .annotate(
            drawn=Subquery(drawn.values("arm")[:1]),
            starts_on=Subquery(drawn.values("starts_on")[:1]),
            met=Exists(met),
            out=Exists(staying_out(OuterRef("trial__began_at")).filter(member=member)),
        )
        .order_by("trial", "pk")
    )


def staying_out(began_at: Any) -> "QuerySet[OptOut]":
    """Those who are not in a trial that began then."""
    return OptOut.objects.filter(Q(back_at=None) | Q(back_at__gt=began_at))


def unit_of(trial: Trial, member: Member) -> str:
    """The name in the draw of the unit that the member belongs to."""
    if trial.unit == Unit.MEMBER:
        return f"{Unit.MEMBER}:{member.pk}"
    return f"{Unit.TEAM}:{member.team_id or 0}"


def mechanism_of(trial: Trial) -> Mechanism:
    """How a trial that has begun was drawn."""
    kept = dict(trial.mechanism)
    for name in ("shares", "counts"):
        kept[name] = tuple((str(key), int(many)) for key, many in kept[name])
    return Mechanism(**kept)


def place_of(trial: Trial, unit: str) -> Place:
    """What a unit that came after the draw gets."""
    return mechanism_of(trial).late(unit, seed=trial.seed)


def begins_for(trial: Trial, place: Place) -> Any:
    """The day on which a roll-out reaches a wave; None in other trials."""
    if place.wave is None:
        return None
    return trial.begins + place.wave * timedelta(days=trial.days)
