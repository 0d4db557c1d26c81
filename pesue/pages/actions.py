"""What a member does on the pages of this room."""

from datetime import date, datetime

from django.utils.timezone import localdate

from pesue.encouragement.actions import offers
from pesue.encouragement.actions.showing import goal_of_today
from pesue.encouragement.given import HONOUR
from pesue.encouragement.levers import MIX, WEEK_STEP
from pesue.encouragement.models import Offer
from pesue.encouragement.queries.awards import open_to
from pesue.encouragement.queries.mix import mix_for
from pesue.encouragement.queries.offers import is_done, is_offered, offer_of, week_of
from pesue.encouragement.rungs import Rung
from pesue.example import actions as example
from pesue.example.queries import of_post, posts
from pesue.guidance.levers import NEXT_LESSON
from pesue.guidance.queries.asks import open_asks
from pesue.guidance.queries.course import Step as Lesson
from pesue.guidance.queries.course import next_lesson
from pesue.guidance.queries.quiet import quiet_for
from pesue.pages import queries
from pesue.pages.concepts.queries import together
from pesue.pages.queries import Step
from pesue.people.actions import members
from pesue.people.models import Member
from pesue.surveys.queries import waiting_for
from pesue.trials.actions import met
from pesue.trials.queries import has


def open_today(member: Member, *, now: datetime) -> queries.Today:
    """The member's page of the day; its example stays the same until tomorrow.

    What is nearly done comes first: nothing new is offered beside it.
    """
    step = next_step(member, now=now)
    today = localdate(now)
    lesson = _lesson(member, now=now) if step.is_free else None
    survey = waiting_for(member, today=today) if step.is_free else None
    asks_more = step.is_free and survey is None  # one word at a time
    impacts = queries.impacts(member, now=now)
    thanks = queries.thanks(member, now=now)
    return queries.Today(
        step=step,
        example=None if step.example else example.today(member, now=now),
        impacts=impacts,
        thanks=thanks,
        thanks_first=bool(impacts and thanks) and _honour_first(member, now=now),
        together=together(member, now=now) if step.is_free else None,
        quiets=quiet_for(member, today=today),
        asks=list(open_asks(member)[:3]),
        lesson=lesson,
        survey=survey,
        award=open_to(member, today=today) if asks_more else None,
        goal=None if step.kind == "rest" else goal_of_today(member, now=now),
        honours=queries.honours(member, now=now),
        letters=queries.letters(member, now=now),
    )


def next_step(member: Member, *, now: datetime) -> Step:
    """What is begun, else the step of the week: one thing.

    Whoever has none yet is given one now; so is one whose step was about something
    that is no more.
    """
    today = localdate(now)
    begun = queries.begun_step(member, now=now)
    if begun:
        return begun
    offer = offer_of(member, week_of(now))
    if offer is None:
        offer = offers.offer_to_one(member, posts(today=today), now=now)
    if offer is None:
        return Step("none")
    step = _as_step(offer, member, today)
    if step.kind == "offer" and not _stands(step, offer, now=now):
        offer = offers.offer_anew(offer, posts(today=today), now=now)
        step = _as_step(offer, member, today) if offer else Step("none")
    if step.kind == "offer":
        met(WEEK_STEP.key, member, now)
    return step


def _as_step(offer: Offer, member: Member, today: date) -> Step:
    if offer.answered in (Offer.Answered.NOT_THIS, Offer.Answered.NOTHING):
        return Step("later", offer=offer)
    share = offer.share_id
    shown = of_post(share, member, today=today) if share else None
    done = is_done(offer)
    kind = "done" if done else "offer"
    return Step(kind, item=offer.item, offer=offer, example=None if done else shown)


def _stands(step: Step, offer: Offer, *, now: datetime) -> bool:
    """Whether what it is about is there still."""
    if offer.rung in offers.ABOUT_ITEMS:
        return step.item is not None and is_offered(step.item, localdate(now))
    if offer.rung in offers.ABOUT_POSTS:
        return step.example is not None
    return offer.rung != Rung.HELP or bool(
        offer.colleague and offer.colleague.is_active
    )


def _honour_first(member: Member, *, now: datetime) -> bool:
    """In which order the two are shown; asked only where there are both."""
    first = mix_for(member, now).on_today[0] == HONOUR
    met(MIX.key, member, now)
    return first


def _lesson(member: Member, *, now: datetime) -> Lesson | None:
    """The next lesson, where it is not being rolled out, or has come to the member."""
    if not has(NEXT_LESSON.key, member, now):
        return None
    lesson = next_lesson(member, now=now)
    if lesson:
        met(NEXT_LESSON.key, member, now)
    return lesson


def speak(member: Member, language: str) -> None:
    """Make `language` (fi, sv or en) the member's own."""
    members.settle(member, name=member.name, language=language, part=member.part)
