"""What moves me; what moves whom, as far as it was released."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

from django.utils.functional import Promise

from pesue.encouragement.given import Given
from pesue.encouragement.models import Profile
from pesue.encouragement.motives import MOTIVES, Scores, scores
from pesue.encouragement.queries.given import GIVEN
from pesue.foundation.secrets import CannotUnseal, handles, unseal
from pesue.people.models import Member
from pesue.sharing.models import Share
from pesue.sharing.statistics import POSTED
from pesue.surveys.scales import FACTORS

WITHIN = timedelta(days=7)
ENOUGH = 5  # times something was given, before it is told what came after
AT_ONCE = 500


@dataclass(frozen=True)
class Mine:
    """What one said moves one, opened for oneself."""

    said: dict[str, str]
    scores: Scores

    @property
    def bars(self) -> list[tuple[str, int]]:
        return [(str(FACTORS[m]), round(self.scores.of(m))) for m in MOTIVES]

    @property
    def strongest(self) -> str | Promise:
        """Empty where none stands out."""
        return FACTORS.get(self.scores.strongest, "")


def opened(profile: Profile) -> dict[str, str]:
    """What was said, by the keys of items: for its owner and for the step that counts.

    Raises CannotUnseal.
    """
    said: dict[str, str] = json.loads(unseal(profile.sealed, row=profile.row))
    return said


def told(profile: Profile) -> dict[str, str]:
    """What was said, for its owner to take along; empty if it cannot be opened."""
    try:
        return opened(profile)
    except CannotUnseal:
        return {}


def mine(member: Member) -> Mine | None:
    """One query; None where nothing was said, or nothing can be read any more."""
    for profile in Profile.objects.filter(Profile.of(member)):
        try:
            said = opened(profile)
        except CannotUnseal:
            continue
        found = scores(said)
        if found:
            return Mine(said, found)
    return None


def all_said(members: Iterable[int]) -> Iterator[tuple[int, dict[str, str]]]:
    """Of those members who said something, what they said: for counting alone."""
    left = iter(members)
    while some := list(islice(left, AT_ONCE)):
        whose = {name: pk for pk in some for name in handles(f"profile:{pk}")}
        for profile in Profile.objects.filter(handle__in=whose):
            try:
                yield whose[profile.handle], opened(profile)
            except CannotUnseal:
                continue


@dataclass(frozen=True)
class After:
    """How often something was given to me, and how often I told something soon after.

    What came after did not come of it: that is more than counting can say.
    """

    given: Given
    times: int
    followed: int | None  # None: too little to say
    needed: int = field(default=ENOUGH)


def what_followed(member: Member, *, now: datetime) -> list[After]:
    """By what was given. Only what is long enough ago to have been followed counts."""
    rows = Share.objects.filter(member=member, state__in=POSTED)
    posts = [at for at in rows.values_list("shared_at", flat=True) if at]
    return [_after(one, member, posts, now) for one in GIVEN]


def _after(one: Given, member: Member, posts: list[datetime], now: datetime) -> After:
    rows = one.model.objects.filter(**dict(one.where), **{one.to: member})
    rows = rows.filter(**{f"{one.at}__lte": now - WITHIN})
    times = list(rows.values_list(one.at, flat=True))
    followed = sum(any(at < post <= at + WITHIN for post in posts) for at in times)
    return After(one, len(times), followed if len(times) >= ENOUGH else None)
