"""What keeps a share from going out: locks of others, and the mark the law wants."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from pesue.content.levers import HOLD_OUT, why_held
from pesue.content.models import Item
from pesue.guidance.check import is_marked, touching
from pesue.guidance.queries.quiet import quiet_for
from pesue.people.models import Organisation
from pesue.sharing.models import Share
from pesue.trials.queries import held_until


def why_locked(share: Share, *, now: datetime) -> str:
    """Why the share may not go out at that time, and until when; empty if it may.

    Locks are of the item: its owner's own day, and quiet periods that touch its topics
    or its mark. Words lock nothing.
    """
    item, day = share.item, localdate(now)
    until = item.locked_on(day)
    if until:
        words = _("This is not to be told before %(day)s.") % {"day": _day(until)}
        return f"{words} {item.locked_why}".strip()
    waits = held_until(HOLD_OUT.key, item.pk, today=day, member=share.member)
    if waits:
        words = _("This is offered for telling from %(day)s on.") % {"day": _day(waits)}
        return f"{words} {why_held()}"
    lock = touching(
        [quiet for quiet in quiet_for(share.member, today=day) if quiet.locks],
        topics=frozenset(item.topics.values_list("pk", flat=True)),
        finance=item.finance,
        words="",
        language=share.language,
    )
    if lock is None:
        return ""
    words = _("It is a quiet time until %(day)s: %(name)s.") % {
        "day": _day(lock.ends),
        "name": lock.name,
    }
    return f"{words} {lock.why}".strip()


def is_unmarked(share: Share) -> bool:
    """Advertising that does not say so, and without a reason for it."""
    if share.item.disclosure != Item.Disclosure.AD or share.undisclosed_why.strip():
        return False
    ours = Organisation.the() or Organisation()
    return not is_marked(share.text, ours.rules)


def _day(day: date) -> str:
    return str(date_format(day, "SHORT_DATE_FORMAT"))
