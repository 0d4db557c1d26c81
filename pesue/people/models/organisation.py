from datetime import time
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def all_languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


class Organisation(models.Model):
    """The one organisation of this installation, its look and its hours."""

    class Country(models.TextChoices):
        FINLAND = "FI", _("Finland")
        SWEDEN = "SE", _("Sweden")
        UNION = "EU", _("another country of the European Union")
        STATES = "US", _("the United States")

    name = models.CharField(_("name"), max_length=100)
    language = models.CharField(
        _("main language"), max_length=2, choices=settings.LANGUAGES, default="fi"
    )
    languages = models.JSONField(_("languages"), default=all_languages)
    country = models.CharField(  # empty: as the main language says
        _("advertising is marked as in"), max_length=2, choices=Country, blank=True
    )
    accent = models.CharField(max_length=7, default="#9c3d21")  # "#rrggbb"
    demo = models.BooleanField(default=False)  # a filled example, for looking around
    utm_campaign = models.CharField(max_length=60, default="pesue")
    # No nudges outside these hours, by the organisation's clock.
    open_from = models.TimeField(_("mails go out from"), default=time(8))
    open_until = models.TimeField(_("mails go out until"), default=time(16))

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_organisation", condition=models.Q(pk=1))
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rules(self) -> str:
        """The country whose rules for marking advertising hold."""
        by_language = {"fi": self.Country.FINLAND, "sv": self.Country.SWEDEN}
        return self.country or by_language.get(self.language, self.Country.UNION)

    @classmethod
    def the(cls) -> "Organisation | None":
        """The organisation, or None before the first run."""
        return cls.objects.filter(pk=1).first()


class Team(models.Model):
    """A node of the tree: a team, a brand, a country."""

    name = models.CharField(_("name"), max_length=100)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("under"),
    )
    path = models.CharField(max_length=255, db_index=True)  # "/1/4/", own id last
    # Hours of its own; empty: those of the team above, at last the organisation's.
    open_from = models.TimeField(_("mails go out from"), null=True, blank=True)
    open_until = models.TimeField(_("mails go out until"), null=True, blank=True)

    class Meta:
        constraints = [
            # Two, as SQLite knows no NULLS NOT DISTINCT.
            models.UniqueConstraint(
                fields=["parent", "name"], name="siblings_have_names_of_their_own"
            ),
            models.UniqueConstraint(
                fields=["name"],
                name="top_teams_have_names_of_their_own",
                condition=models.Q(parent__isnull=True),
            ),
            models.CheckConstraint(
                name="hours_of_a_team_are_both_or_none",
                condition=models.Q(open_from__isnull=True, open_until__isnull=True)
                | models.Q(open_from__isnull=False, open_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the path in step; moving a whole subtree is an action's affair."""
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self.path = path
            super().save(update_fields=["path"])

    def subtree(self) -> "models.QuerySet[Team]":
        """This team and all below it."""
        return Team.objects.filter(path__startswith=self.path)

    def above(self) -> list[int]:
        """Ids of this team and all above it, the root first."""
        return [int(part) for part in self.path.strip("/").split("/") if part]

    @property
    def indent(self) -> str:
        """What stands before the name where the tree is shown as a list."""
        return "- " * (self.path.count("/") - 2)
