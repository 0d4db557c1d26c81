"""What would be gamed, or be unfair, about terms that were tried on the past.

Each flag has a name, so that people can speak of it, and one sentence. No Django but
translation.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pesue.encouragement.laboratory import FEW, Deed, K, Replay, Try
from pesue.encouragement.own_work import OWN_WORK, STORY, VIDEO

SPLITS = 4  # as many pieces of one, and it pays to split it
HALF = 0.5
OFFICE = 0.95  # of all deeds
LEAST = 20  # deeds to judge the hours by
RARE = 0.25  # of the people could earn at all
THIRD = 1 / 3


@dataclass(frozen=True)
class Flag:
    key: str
    words: str


@dataclass(frozen=True)
class House:
    """How many there are: people who could earn by each fact, people, teams."""

    could: Mapping[str, int]
    people: int
    teams: int


def flags(
    tries: Sequence[Try], found: Replay, deeds: Sequence[Deed], house: House
) -> list[Flag]:
    """The red flags, what weighs most first."""
    chosen = [each for each in tries if each.amount]
    return [
        *_of_budget(found),
        *_of_few(found, house),
        *_of_hours(deeds, chosen),
        *(flag for each in chosen for flag in _of_terms(each, house)),
        *_of_both(chosen),
    ]


def _of_budget(found: Replay) -> Iterator[Flag]:
    if found.out_on is not None:
        words = _(
            "The budget ends on day %(day)d. Whoever comes later gets nothing for the "
            "same work."
        )
        yield Flag("out", words % {"day": found.out_on})


def _of_few(found: Replay, house: House) -> Iterator[Flag]:
    if not found.enough:
        yield Flag("nobody", _("Fewer than five people would have got anything."))
        return
    share = found.share_of_few or 0
    if share >= HALF and len(found.paid) > 2 * FEW:
        words = _("Three people would take %(share)d %% of all.")
        yield Flag("few", words % {"share": round(100 * share)})
    at_most = len(found.capped)
    if at_most >= K and at_most >= THIRD * len(found.paid):
        words = _(
            "%(people)d people would come to the most of a month. What they do beyond "
            "brings nothing: some will stop there."
        )
        yield Flag("cap", words % {"people": at_most})
    without = house.teams - len({figure.key for figure in found.teams if figure.key})
    if house.teams >= K and without > house.teams / 2:
        words = _("In most teams nobody would get anything.")
        yield Flag("teams", words)


def _of_hours(deeds: Sequence[Deed], chosen: Sequence[Try]) -> Iterator[Flag]:
    facts = {each.fact for each in chosen}
    at = [deed.office for deed in deeds if deed.fact in facts]
    people = {deed.member for deed in deeds if deed.fact in facts}
    if len(at) >= LEAST and len(people) >= K and sum(at) >= OFFICE * len(at):
        words = _(
            "Nearly all of this is done in office hours. Those at an oven, a till or a "
            "wheel could hardly earn."
        )
        yield Flag("office", words)


def _of_terms(each: Try, house: House) -> Iterator[Flag]:
    work, pieces = OWN_WORK[each.fact], each.cap // each.amount
    told = {"work": work.what, "pieces": pieces}
    if work.splits and pieces >= SPLITS:
        words = _(
            "“%(work)s”: one could earn the most of a month by splitting one into "
            "%(pieces)d."
        )
        yield Flag("split", words % told)
    if work.pairs and pieces >= SPLITS:
        words = _(
            "“%(work)s”: two could do it for each other %(pieces)d times in a month."
        )
        yield Flag("pairs", words % told)
    could = house.could.get(each.fact, house.people)
    if could < RARE * house.people:
        told |= {"who": work.who, "could": could, "all": house.people}
        words = (
            _("“%(work)s”: only %(who)s could earn, %(could)d of %(all)d people.")
            if could >= K
            else _("“%(work)s”: only %(who)s could earn, fewer than five people.")
        )
        yield Flag("could", words % told)


def _of_both(chosen: Sequence[Try]) -> Iterator[Flag]:
    if {STORY.fact, VIDEO.fact} <= {each.fact for each in chosen}:
        words = _("A story with a video is paid twice, as a story and as a video.")
        yield Flag("both", words)
