"""Employees' stories that everybody may read."""

from django.db.models import QuerySet

from pesue.content.access import stories_on_the_web
from pesue.content.models import Story


def told_to_all() -> "QuerySet[Story]":
    """Those their authors have put on the web, the newest first."""
    shown = stories_on_the_web().select_related("author")
    return shown.order_by("-accepted_at", "-pk")
