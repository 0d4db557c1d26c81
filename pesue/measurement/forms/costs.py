"""What a month cost."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.measurement.models import MonthCost


class CostForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = MonthCost
        fields = (
            *("money", "licence", "content_hours", "content_rate"),
            *("people_minutes", "people_rate", "rewards", "click_low", "click_high"),
        )
        help_texts: ClassVar = {
            "licence": _("Pesue itself costs nothing; a server may."),
            "people_minutes": _("All of them together: posts times minutes a post."),
            "click_low": _(
                "Only for a scenario that you ask for: what buying the same visits "
                "would have cost. From your own adverts, no list of others."
            ),
        }
