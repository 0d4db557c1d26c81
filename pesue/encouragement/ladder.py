"""Which small step one person is offered in a week. Pure: no database, no clock.

The rule, whole:

- The first step is as light as the part one has chosen; nothing is asked before that.
- Two done in a row lead a rung up; one does, where one has chosen a heavier part, or
  has done something heavier by oneself. Never more than a rung above the last step,
  and not above what fits the part. Who has never told anything begins with a line.
- "Not this" leads to another kind, not a heavier one, and that kind rests three weeks.
- "Nothing this week" leads a rung down. After three weeks without anything it comes
  every second week, after six every fourth. A step nobody answered counts as one on
  which one was away: the second in a row leads down.
- After five weeks away one is met with something lighter.
- A pause is a pause. There is no word about weeks without.

Two people with the same past get the same rung, whoever they are: that somebody leads
is not among what is read here. The same input gives the same step for ever.
"""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from pesue.encouragement.rungs import WEIGHTS, Deed, Rung, Why
from pesue.trials.assignment import number

WEEK = timedelta(days=7)
AWAY = 5  # weeks after which one is met anew
RESTS = 3  # weeks for which a kind that was not wanted rests
SLOWLY = 2  # times done before something heavier
REMEMBERED = 12 * WEEK  # no further back is looked
STARTS = {
    "reader": Rung.READ,
    "commenter": Rung.COMMENT,
    "sharer": Rung.ANSWER,
    "writer": Rung.ANSWER,
    "coach": Rung.ANSWER,
}
AIMS = {  # what the part itself says
    "reader": Rung.READ,
    "commenter": Rung.COMMENT,
    "sharer": Rung.LINE,
    "writer": Rung.WRITE,
    "coach": Rung.HELP,
}
MOST = {  # as far as we offer
    "reader": Rung.ANSWER,
    "commenter": Rung.ANSWER,
    "sharer": Rung.WRITE,
    "writer": Rung.FILM,
    "coach": Rung.HELP,
}


class Done(NamedTuple):
    """Something good, on a day. A tuple: there are many of them."""

    deed: Deed
    on: date

    @property
    def rung(self) -> Rung:
        return WEIGHTS[self.deed]


class Earlier(NamedTuple):
    """A step offered before, and what it was about."""

    week: date  # its Monday
    rung: Rung
    answered: str = "none"  # "none", "done", "not_this", "nothing"
    item: int | None = None
    share: int | None = None


@dataclass(frozen=True)
class Person:
    """What is known of one person; nothing else decides."""

    id: int
    part: str
    can: frozenset[Rung]  # what there is something for, this week
    done: Sequence[Done] = ()
    offers: Sequence[Earlier] = ()  # newest first
    posted: bool = False  # on any channel, ever
    paused: bool = False


@dataclass(frozen=True)
class Step:
    rung: Rung
    why: Why
    after: Rung | None = None  # the rung of what was done last


def monday(day: date) -> date:
    """The week that a day is in, by its Monday."""
    return day - timedelta(days=day.weekday())


def step(person: Person, week: date, *, came: bool = False) -> Step | None:
    """The step for the week that begins on Monday `week`; None: none this week.

    With `came` the person has opened the page: then no week is left out for rest.
    """
    offers = [one for one in person.offers if one.week < week]
    if person.paused or not (came or _is_due(person.done, offers, week)):
        return None
    if not offers:
        return _first(person)
    last, did = offers[0], _did(person.done, offers[0].week)
    shy = _shy(offers, week)
    most = _most(person, did)
    if last.rung in shy and last.answered == "not_this":
        return _other(person, last.rung, shy, week, most)
    wanted, why = _wanted(person, offers, did, week)
    top = min(last.rung + 1, most)
    found = _near(wanted, person.can - shy, top)
    if found is None:
        return None
    return Step(found, why, did if why == Why.LAST else None)


def _shy(offers: Sequence[Earlier], week: date) -> set[Rung]:
    """Kinds that were not wanted lately."""
    since = week - RESTS * WEEK
    return {
        one.rung for one in offers if one.answered == "not_this" and one.week >= since
    }


def _first(person: Person) -> Step | None:
    """Whoever did something before anything was offered goes on from there."""
    did = max((one.rung for one in person.done), default=None)
    light = STARTS[person.part]
    wanted = min(light if did is None else max(light, did), _most(person, did))
    found = _near(wanted, person.can, max(wanted, Rung.REACT))
    if found is None:
        return None
    return Step(found, Why.FIRST if did is None else Why.LAST, did)


def _wanted(
    person: Person, offers: Sequence[Earlier], did: Rung | None, week: date
) -> tuple[int, Why]:
    last = offers[0]
    if did is not None and (did >= last.rung or last.answered == "done"):
        heavier = did > last.rung or AIMS[person.part] > last.rung
        often = heavier or _in_a_row(person.done, offers) >= SLOWLY
        return last.rung + (1 if often else 0), Why.LAST
    if did is not None:
        return max(did, last.rung - 1), Why.LAST
    if week - last.week >= AWAY * WEEK:
        return last.rung - 1, Why.BACK
    if last.answered == "nothing" or _unanswered(offers) % 2 == 0:
        return last.rung - 1, Why.SMALLER
    return last.rung, Why.AGAIN


def _other(
    person: Person, rung: Rung, shy: Set[Rung], week: date, most: int
) -> Step | None:
    """Another kind: of the two lighter ones nearest by, one by lot; none above `most`.

    Who did not want the lightest is offered the next, which weighs no more.
    """
    fits = person.can - shy
    lighter = sorted(one for one in fits if one < rung and one <= most)[-2:]
    if not lighter and rung == Rung.READ and Rung.REACT in fits:
        lighter = [Rung.REACT]
    if not lighter:
        return None
    lot = number(0, "step", person.id, week) % len(lighter)
    return Step(lighter[lot], Why.OTHER)


def _near(wanted: int, can: Collection[Rung], top: int) -> Rung | None:
    """What there is at that height or below; else the next above, up to `top`."""
    below = [one for one in can if one <= min(max(wanted, 0), top)]
    above = [one for one in can if one <= top]
    return max(below) if below else min(above, default=None)


def _most(person: Person, did: Rung | None) -> int:
    """As high as is offered: by the part, and by what was done without being asked."""
    most = MOST[person.part] if person.posted else min(MOST[person.part], Rung.LINE)
    return most if did is None else max(most, did)


def _did(done: Sequence[Done], since: date) -> Rung | None:
    """The heaviest of what was done since."""
    return max((one.rung for one in done if one.on >= since), default=None)


def _was_done(done: Sequence[Done], offer: Earlier) -> bool:
    ends = offer.week + WEEK
    return offer.answered == "done" or any(
        one.rung >= offer.rung and offer.week <= one.on < ends for one in done
    )


def _in_a_row(done: Sequence[Done], offers: Sequence[Earlier]) -> int:
    """How many of the newest steps, at the same height, were done."""
    many = 0
    for offer in offers:
        if offer.rung != offers[0].rung or not _was_done(done, offer):
            break
        many += 1
    return many


def _unanswered(offers: Sequence[Earlier]) -> int:
    many = 0
    for offer in offers:
        if offer.answered != "none":
            break
        many += 1
    return many


def _is_due(done: Sequence[Done], offers: Sequence[Earlier], week: date) -> bool:
    """Whether it is time again: rarer for those who have had no time for a while."""
    if not offers:
        return True
    quiet = 0
    newest = max((one.on for one in done), default=date.min)
    for offer in offers:
        if offer.answered in {"done", "not_this"} or newest >= offer.week:
            break
        quiet += 1
    every = 1 if quiet < 3 else 2 if quiet < 6 else 4
    return week - offers[0].week >= every * WEEK
