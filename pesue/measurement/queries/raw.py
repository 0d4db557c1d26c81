"""Of which days there are rows, and which of them are new."""

from datetime import date, datetime

from django.db.models import Min
from django.utils.timezone import get_default_timezone

from pesue.foundation.days import midnight
from pesue.measurement.models import Happened as Outcome
from pesue.people.models import Team
from pesue.sharing.models import LinkDay, Share
from pesue.sharing.statistics import POSTED

CHUNK = 5000


def first_day() -> date | None:
    """The first day on which anything happened."""
    post = Share.objects.filter(state__in=POSTED).aggregate(at=Min("shared_at"))["at"]
    visit = LinkDay.objects.aggregate(day=Min("day"))["day"]
    posted = post.astimezone(get_default_timezone()).date() if post else None
    return min(filter(None, (posted, visit)), default=None)


def teams_above() -> dict[int, int | None]:
    """Each team's parent; None for those at the top."""
    return dict(Team.objects.values_list("pk", "parent_id"))


def days_stored_since(at: datetime, *, before: date) -> set[date]:
    """The days before `before` of which a row was stored or changed after `at`."""
    days = LinkDay.objects.filter(changed_at__gt=at, day__lt=before)
    after = Outcome.objects.filter(changed_at__gt=at, day__lt=before)
    # A post that is deleted is counted as before, so its month need not be anew.
    posts = Share.objects.filter(
        state=Share.State.SHARED, state_since__gt=at, shared_at__lt=midnight(before)
    ).values_list("shared_at", flat=True)
    zone = get_default_timezone()
    return {
        *days.order_by().values_list("day", flat=True).distinct(),
        *after.order_by().values_list("day", flat=True).distinct(),
        *(post.astimezone(zone).date() for post in posts.iterator(CHUNK) if post),
    }
