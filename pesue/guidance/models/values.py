from django.db import models
from django.utils.translation import gettext_lazy as _


class Value(models.Model):
    """What the organisation stands for."""

    name = models.CharField(_("name"), max_length=80)
    meaning = models.TextField(_("what it means"), max_length=1000)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Behaviour(models.Model):
    """What a value looks like on a Tuesday."""

    value = models.ForeignKey(Value, models.CASCADE, related_name="behaviours")
    role = models.CharField(max_length=60, blank=True)  # "At the till"; empty: all
    text = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text
