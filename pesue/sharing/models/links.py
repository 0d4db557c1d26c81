"""A share's short link and what came of it. Nothing here tells who followed it."""

from django.db import models

from pesue.sharing.models.shares import Share


class Link(models.Model):
    """The short link of one share."""

    share = models.OneToOneField(Share, models.CASCADE, related_name="link")
    slug = models.CharField(max_length=16, unique=True)
    target = models.URLField(max_length=2000)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.slug
