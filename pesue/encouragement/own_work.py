"""The own work that may earn something: done here, or for colleagues.

An act on a network never does - no share, visit, like, comment, or answer posted there.
X forbids any compensation, even points, for what people do there; and what is refused
for one network is refused for all, or people would be led to the others.
Source: X Developer Policy ("your service shouldn't compensate people to take actions
on X"), https://developer.x.com/en/developer-terms/policy
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Work:
    """One kind of own work. `fact` names what happened, as its room declares it."""

    fact: str
    what: str | Promise
    who: str | Promise  # who could earn by it at all
    splits: bool = False  # one piece of it could be made into several
    pairs: bool = False  # two could do it for each other


STORY = Work(
    "story.accepted",
    _("A story of one's own that came into the library"),
    _("everybody"),
    splits=True,
)
VIDEO = Work(
    "story.filmed",
    _("A video in a story of one's own"),
    _("everybody"),
    splits=True,
)
ANSWER = Work(
    "ask.answered",
    _("An answer to a colleague's question"),
    _("those who own a topic"),
    pairs=True,
)
LESSON = Work(
    "lesson.worded",
    _("A lesson worded for colleagues"),
    _("those who lead the whole"),
)
OWN_WORK = {work.fact: work for work in (STORY, VIDEO, ANSWER, LESSON)}


class NotOwnWork(Exception):
    """That fact is no own work, so it may earn nothing."""

    def __str__(self) -> str:
        return str(
            _(
                "This cannot earn anything. X forbids any reward for what people do "
                "there, even points; so nothing done on any network is rewarded here. "
                "Reward the work: a story, a video, an answer to a colleague."
            )
        )


def work_of(fact: str) -> Work:
    """Raises NotOwnWork."""
    if fact not in OWN_WORK:
        raise NotOwnWork(fact)
    return OWN_WORK[fact]
