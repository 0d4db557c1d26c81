"""Setting a goal."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pesue.encouragement.actions.goals import Design
from pesue.encouragement.models import Goal
from pesue.foundation.counts import K
from pesue.people.models import Team
from pesue.people.queries import tree

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
WEEKS = (1, 2, 4, 6, 8, 13)
MOST = 1_000_000


class GoalForm(forms.Form):
    """For whom, what, how many, and in which weeks."""

    team = forms.ModelChoiceField(
        Team.objects.none(), label=gettext_lazy("Whose goal it is"), required=False
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What is counted"),
        choices=Goal.What.choices,
        widget=forms.RadioSelect,
        initial=Goal.What.GOOD,
        help_text=gettext_lazy(
            "Own work and good deeds. Likes and visits are never counted: they are "
            "the work of others."
        ),
    )
    target = forms.IntegerField(
        label=gettext_lazy("How many"),
        min_value=K,
        max_value=MOST,
        help_text=gettext_lazy(
            "What you would be glad about, and what is likely: a third of the people "
            "is a lot."
        ),
    )
    begins = forms.TypedChoiceField(
        label=gettext_lazy("From"), coerce=date.fromisoformat
    )
    weeks = forms.TypedChoiceField(
        label=gettext_lazy("How long"), coerce=int, initial=4
    )

    def __init__(
        self, teams: Any, *args: Any, today: date, whole: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        monday = today - today.weekday() * DAY
        chosen: Any = self.fields["team"]
        chosen.queryset = teams
        named = [(team.pk, f"{team.indent}{team.name}") for team in tree(teams)]
        chosen.choices = [("", _("All of us")), *named] if whole else named
        chosen.required = not whole
        begins: Any = self.fields["begins"]
        begins.choices = [
            (day.isoformat(), date_format(day, "SHORT_DATE_FORMAT"))
            for day in (monday, monday + WEEK, monday + 2 * WEEK)
        ]
        weeks: Any = self.fields["weeks"]
        weeks.choices = [
            (n, ngettext("%(n)d week", "%(n)d weeks", n) % {"n": n}) for n in WEEKS
        ]

    def design(self) -> Design:
        """Whole weeks, as all that is counted here: other days would tell more."""
        data = self.cleaned_data
        ends = data["begins"] + data["weeks"] * WEEK - DAY
        return Design(data["team"], data["what"], data["target"], data["begins"], ends)
