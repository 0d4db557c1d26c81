"""How a winner wants it shown. Nobody else chooses."""

from datetime import datetime

from pesue.encouragement.models import Win


def show(win: Win, *, named: bool, public: bool, now: datetime) -> None:
    """To colleagues by name or not; and to whoever has the address, or not."""
    Win.objects.filter(pk=win.pk).update(
        named=named, public=named and public, answered_at=now
    )
    win.refresh_from_db()
