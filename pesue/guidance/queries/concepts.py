"""Concepts: which run, and what they ask for."""

from datetime import date

from django.db.models import QuerySet

from pesue.guidance.models import Concept, Prompt


def running(*, today: date) -> QuerySet[Concept]:
    """Those on today, the one that ends first before the others."""
    rows = Concept.objects.filter(starts__lte=today, ends__gte=today)
    return rows.order_by("ends", "pk")


def not_over(*, today: date) -> QuerySet[Concept]:
    """Those on today and those to come."""
    return Concept.objects.filter(ends__gte=today).order_by("starts", "pk")


def prompts(concept: Concept, language: str) -> list[Prompt]:
    """In the language, or in one there is."""
    rows = list(concept.prompts.all())
    return [row for row in rows if row.language == language] or rows[:5]


def told_to_all() -> QuerySet[Concept]:
    """Those whose page is for everybody, the newest first."""
    return Concept.objects.filter(public=True).order_by("-starts", "pk")
