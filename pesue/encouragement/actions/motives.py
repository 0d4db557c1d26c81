"""Keeping what one said moves one, and letting it go."""

import json
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from pesue.encouragement.models import Profile
from pesue.encouragement.motives import KEYS, contradicts, scores
from pesue.encouragement.queries.motives import opened
from pesue.foundation.secrets import handles, ring, seal, seal_anew
from pesue.people.models import Member

ROOM = 512  # characters of every sealed profile: how long it is tells nothing
BATCH = 1000


class NotSaid(Exception):
    """It cannot be kept. The text says what to do."""


def keep(member: Member, said: Mapping[str, str]) -> Profile:
    """Keep the answers, by the keys of items, in place of former ones.

    Raises NotSaid where they are too few to be read, or contradict each other.
    """
    told = {key: said[key] for key in KEYS if said.get(key)}
    if contradicts(told):
        raise NotSaid(_("The same cannot please you most and least. Choose another."))
    if scores(told) is None:
        raise NotSaid(
            _("Answer at least two of the three questions on each motive, please.")
        )
    [newest, *older] = handles(f"profile:{member.pk}")
    profile = Profile(handle=newest)
    profile.sealed = _sealed(profile, told)
    with transaction.atomic():
        Profile.objects.filter(handle__in=older).delete()
        Profile.objects.update_or_create(
            handle=newest, defaults={"sealed": profile.sealed}
        )
    return profile


def let_go(member: Member) -> None:
    """As if nothing had been said. Twice is once."""
    Profile.objects.filter(Profile.of(member)).delete()


def reseal() -> int:
    """Call and seal every profile by the newest key. Returns how many were not.

    Safe to run while people answer: what they have just said is the newest already.
    """
    done = 0
    if len(ring().keys) < 2:
        return done
    for pk in Member.objects.values_list("pk", flat=True).iterator(BATCH):
        newest, *older = handles(f"profile:{pk}")
        for old in Profile.objects.filter(handle__in=older):
            new = Profile(handle=newest)
            new.sealed = _sealed(new, opened(old))
            with transaction.atomic():
                Profile.objects.bulk_create([new], ignore_conflicts=True)
                old.delete()
            done += 1
    rows = Profile.objects.all()
    return done + seal_anew(rows, lambda one: _sealed(one, opened(one)))


def _sealed(profile: Profile, said: Mapping[str, str]) -> str:
    return seal(json.dumps(dict(said)).ljust(ROOM), row=profile.row)
