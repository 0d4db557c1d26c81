"""What the worker forgets."""

from datetime import datetime

from pesue.sharing.models import Likeness
from pesue.sharing.queries.likeness import REMEMBERED

AT_ONCE = 5000  # rows: no long lock


def forget_likeness(now: datetime) -> int:
    """Texts older than two weeks are compared no more. Returns rows forgotten."""
    old = Likeness.objects.filter(at__lte=now - REMEMBERED).order_by("at")
    found = list(old.values_list("pk", flat=True)[:AT_ONCE])
    Likeness.objects.filter(pk__in=found).delete()
    return len(found)
