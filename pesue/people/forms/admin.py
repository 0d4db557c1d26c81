from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from pesue.people.forms.own import offered_languages
from pesue.people.models import Grant, Member, Organisation, Team
from pesue.people.queries import tree

LONGEST_LINK = timedelta(days=366)


class TeamChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A select of teams, indented as the tree is."""

    def __init__(self, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(queryset=teams, required=False, **kwargs)
        self.choices = [
            ("", kwargs.get("empty_label") or "-"),
            *((team.pk, f"{team.indent}{team.name}") for team in tree(teams)),
        ]


class TeamForm(forms.Form):
    """A team's name and its place."""

    name = forms.CharField(label=_("Name"), max_length=100)

    def __init__(self, teams: QuerySet[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = TeamChoice(
            teams, label=_("Under"), empty_label=_("the organisation")
        )


class TeamChangeForm(TeamForm):
    """Also its hours."""

    open_from = forms.TimeField(
        label=_("Mails go out from"),
        help_text=_("Empty: as in the team above."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    open_until = forms.TimeField(
        label=_("until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("open_from") is None) != (cleaned.get("open_until") is None):
            raise ValidationError(_("Give both times, or neither."))
        return cleaned


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Organisation
        fields = ["name", "language", "country", "accent", "open_from", "open_until"]
        labels = {"accent": _("Colour")}
        widgets = {
            "accent": forms.TextInput(attrs={"type": "color"}),
            "open_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "open_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }


class MemberForm(forms.Form):
    """What an administrator may change of a member."""

    name = forms.CharField(label=_("Name"), max_length=100)
    email = forms.EmailField(label=_("E-mail"))
    title = forms.CharField(label=_("Job title"), max_length=100, required=False)
    leader = forms.BooleanField(label=_("A leader of the organisation"), required=False)

    def __init__(
        self, teams: QuerySet[Team], *args: Any, everywhere: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"] = TeamChoice(
            teams,
            label=_("Team"),
            empty_label=_("no team") if everywhere else _("choose"),
        )
        self.fields["team"].required = not everywhere


class GrantForm(forms.Form):
    """Trusting a member with a role; privacy is the whole organisation's affair."""

    def __init__(
        self, teams: QuerySet[Team], *args: Any, everywhere: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"),
            choices=[
                (role, word)
                for role, word in Grant.Role.choices
                if everywhere or role != Grant.Role.PRIVACY
            ],
        )
        self.fields["team"] = TeamChoice(
            teams,
            label=_("Over"),
            empty_label=_("the whole organisation") if everywhere else _("choose"),
        )
        self.fields["team"].required = not everywhere


class InviteForm(forms.Form):
    """One person."""

    email = forms.EmailField(label=_("E-mail"))
    name = forms.CharField(label=_("Name"), max_length=100, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=offered_languages)

    def __init__(self, teams: QuerySet[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"] = TeamChoice(
            teams, label=_("Team"), empty_label=_("no team")
        )


class CommonLinkForm(forms.Form):
    """A link for many."""

    uses = forms.IntegerField(
        label=_("For how many people"), min_value=1, max_value=100_000, initial=20
    )
    until = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=offered_languages)

    def __init__(self, teams: QuerySet[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"] = TeamChoice(
            teams, label=_("Team"), empty_label=_("no team")
        )

    def clean_until(self) -> Any:
        until, today = self.cleaned_data["until"], localdate()
        if not today <= until <= today + LONGEST_LINK:
            raise ValidationError(_("Choose a day from today on, within a year."))
        return until


class SearchForm(forms.Form):
    """Finding members."""

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[
            ("", _("here or invited")),
            (Member.State.ACTIVE, _("here")),
            (Member.State.INVITED, _("invited")),
            (Member.State.LEFT, _("left")),
        ],
    )

    def __init__(self, teams: QuerySet[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"] = TeamChoice(
            teams, label=_("Team"), empty_label=_("all teams")
        )


class UploadForm(forms.Form):
    """A list of people."""

    file = forms.FileField(
        label=_("A CSV file"),
        help_text=_(
            "Columns: e-mail, name, and if you like title, team and language. Any "
            "order, any of our languages. Teams under others: Bakery / Night shift."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )


class ConfirmForm(forms.Form):
    """Yes to a list."""

    invite = forms.BooleanField(
        label=_("Send each new person an invitation by e-mail"), required=False
    )
