"""Which boards there are, and being on one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.encouragement.models import Boards, LeagueTeam
from pesue.people.models import Team
from pesue.people.queries import tree


class BoardsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Boards
        fields = ["leagues", "people"]


class LeagueForm(forms.ModelForm):  # type: ignore[type-arg]
    """A team, and how it works: it is compared with those whose days are alike."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"))

    class Meta:
        model = LeagueTeam
        fields = ["work"]
        widgets = {"work": forms.RadioSelect}

    field_order = ["team", "work"]

    def __init__(self, teams: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        team.queryset = teams
        named = [(one.pk, f"{one.indent}{one.name}") for one in tree(teams)]
        team.choices = [("", "—"), *named]
        work: Any = self.fields["work"]
        work.choices = LeagueTeam.Work.choices


class PlayerForm(forms.Form):
    nickname = forms.CharField(
        label=_("What you are called on it"),
        max_length=40,
        help_text=_("A name that you choose. Your own is there only if you write it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_nickname(self) -> str:
        return " ".join(str(self.cleaned_data["nickname"]).split())
