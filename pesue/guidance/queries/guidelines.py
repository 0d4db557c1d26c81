"""Guidelines as they stand."""

from django.db.models import QuerySet

from pesue.guidance.models import Guideline


def in_force() -> QuerySet[Guideline]:
    """All but those that were taken out."""
    return Guideline.objects.filter(gone_at__isnull=True)
