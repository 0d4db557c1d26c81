"""What is private is shown, and hidden again, by the one it is about."""

from datetime import datetime

from pesue.encouragement.models import Honour, Letter, Thanks

Row = Thanks | Honour | Letter


def show(row: Row, *, now: datetime) -> None:
    """Let colleagues see it. Twice is once: it keeps its place on the wall."""
    rows = type(row)._default_manager.filter(pk=row.pk, shown_at=None)
    rows.update(shown_at=now)
    row.refresh_from_db()


def hide(row: Row) -> None:
    """Off the wall, at once; it stays with the one it is about."""
    type(row)._default_manager.filter(pk=row.pk).update(shown_at=None)
    row.refresh_from_db()
