"""Beginning an award, its days, naming, scoring and voting."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Story
from pesue.encouragement.actions.awards import Dates
from pesue.encouragement.actions.juries import HIGHEST, LOWEST
from pesue.encouragement.actions.nominations import Named
from pesue.encouragement.deciding import BLANK
from pesue.encouragement.models import (
    Award,
    AwardCategory,
    AwardCriterion,
    AwardRound,
    Judgement,
)
from pesue.guidance.models import Value
from pesue.people.models import Member, Team

POINTS = (
    (1, _("1 · hardly")),
    (2, _("2 · a little")),
    (3, _("3 · well")),
    (4, _("4 · very well")),
    (5, _("5 · as well as can be")),
)
assert (POINTS[0][0], POINTS[-1][0]) == (LOWEST, HIGHEST)
MOST_CATEGORIES = 8


def _day(label: Any) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=picker)


class DatesForm(forms.Form):
    """The days of a round."""

    begins = _day(_("Nominations open"))
    nominate_until = _day(_("The last day to nominate"))
    judge_until = _day(_("The last day for the jury"))
    vote_until = _day(_("The last day to vote"))
    publish_on = _day(_("The result is published"))

    def __init__(self, found: AwardRound, data: Any = None) -> None:
        names = tuple(self.base_fields)
        super().__init__(data, initial={name: getattr(found, name) for name in names})
        if not found.award.has_jury:
            self.fields["judge_until"].widget = forms.HiddenInput()
        if not found.award.has_vote:
            self.fields["vote_until"].widget = forms.HiddenInput()

    def dates(self) -> Dates:
        """Days of what is no part of the award go with the part before."""
        given = dict(self.cleaned_data)
        if isinstance(self.fields["judge_until"].widget, forms.HiddenInput):
            given["judge_until"] = given["nominate_until"]
        if isinstance(self.fields["vote_until"].widget, forms.HiddenInput):
            given["vote_until"] = given["judge_until"]
        return Dates(**given)


class AwardForm(forms.ModelForm):  # type: ignore[type-arg]
    """An award of one's own. Its days can be changed later."""

    categories = forms.CharField(
        label=_("Categories"),
        help_text=_("One on each line. After a colon, for what."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    values = forms.ModelMultipleChoiceField(
        Value.objects.all(),
        label=_("What jurors look at"),
        help_text=_("Up to four of our values."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Award
        fields = (
            *("name", "purpose", "rhythm", "team", "way", "jury_weight", "tie"),
            *("months_here", "months_between"),
        )
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}

    def __init__(
        self, data: Any = None, *, places: Sequence[Team], whole: bool
    ) -> None:
        super().__init__(data)
        team: Any = self.fields["team"]
        team.queryset = Team.objects.filter(pk__in=[place.pk for place in places])
        team.queryset = team.queryset.order_by("path")
        team.required = not whole
        team.empty_label = _("Everybody") if whole else None

    def clean_values(self) -> list[Value]:
        values = list(self.cleaned_data["values"])
        if len(values) > 4:
            raise ValidationError(_("Choose four at most: more tire who scores."))
        return values

    def clean_categories(self) -> list[tuple[str, str]]:
        found = []
        for line in self.cleaned_data["categories"].splitlines():
            name, _colon, what = (part.strip() for part in line.partition(":"))
            if name:
                found.append((name, what))
        if not 0 < len(found) <= MOST_CATEGORIES:
            raise ValidationError(_("Name one to eight categories."))
        if any(len(name) > 80 or len(what) > 200 for name, what in found):
            raise ValidationError(_("Make each line shorter."))
        return found


def days_of_first_round(today: date, award: Award) -> Dates:
    """Sensible ones, until somebody chooses others."""
    nominate = today + timedelta(days=11)
    judge = nominate + timedelta(days=5 if award.has_jury else 0)
    vote = judge + timedelta(days=5 if award.has_vote else 0)
    first = today + timedelta(days=1)
    return Dates(first, nominate, judge, vote, vote + timedelta(days=3))


class NominateForm(forms.Form):
    """Whom, for what, and why. `who` is "m:12", "t:3" or "s:5"."""

    who = forms.ChoiceField(label=_("Whom you name"), widget=forms.RadioSelect)
    category = forms.ModelChoiceField(
        AwardCategory.objects.none(),
        label=_("For what"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    why = forms.CharField(
        label=_("Why, in your words"),
        help_text=_(
            "One thing that they did, and what it changed. They and the jury read it "
            "with your name; if they win, everybody may read it, without your name."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    value = forms.ModelChoiceField(
        Value.objects.all(),
        label=_("Which of our values it shows"),
        required=False,
        empty_label=_("none of them"),
    )

    def __init__(
        self,
        found: AwardRound,
        people: Sequence[Member],
        teams: Sequence[Team],
        stories: Sequence[Story],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.known: dict[str, Named] = {
            **{f"m:{one.pk}": Named(member=one) for one in people},
            **{f"t:{one.pk}": Named(team=one) for one in teams},
            **{f"s:{one.pk}": Named(story=one) for one in stories},
        }
        who: Any = self.fields["who"]
        who.choices = [
            *((f"m:{one.pk}", _told(one, one.team)) for one in people),
            *((f"t:{one.pk}", _("%(name)s (team)") % {"name": one}) for one in teams),
            *((f"s:{one.pk}", _told(one, one.author)) for one in stories),
        ]
        rows = AwardCategory.objects.filter(award=found.award_id)
        category: Any = self.fields["category"]
        category.queryset = rows
        if len(rows) == 1:
            category.initial = rows[0].pk
            category.widget = forms.HiddenInput()
        if not Value.objects.exists():
            del self.fields["value"]

    def named(self) -> Named:
        return self.known[self.cleaned_data["who"]]


def _told(what: object, beside: object) -> str:
    return f"{what} · {beside}" if beside else str(what)


class ScoreForm(forms.Form):
    """A juror's points by criterion, and words for the other jurors."""

    def __init__(
        self,
        criteria: Sequence[AwardCriterion],
        mine: Judgement | None,
        data: Any = None,
    ) -> None:
        super().__init__(data)
        given = mine.points if mine else {}
        for one in criteria:
            self.fields[f"c{one.pk}"] = forms.TypedChoiceField(
                label=one.words,
                choices=POINTS,
                coerce=int,
                initial=given.get(str(one.pk)),
                widget=forms.RadioSelect,
            )
        self.fields["words"] = forms.CharField(
            label=_("In words"),
            help_text=_("For the other jurors, once all have scored."),
            max_length=1000,
            required=False,
            initial=mine.words if mine else "",
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def points(self) -> dict[int, int]:
        return {
            int(name[1:]): point
            for name, point in self.cleaned_data.items()
            if name != "words"
        }


class VoteForm(forms.Form):
    """One choice in each category; a ballot may be left blank."""

    def __init__(self, rows: Sequence[AwardCategory], data: Any = None) -> None:
        super().__init__(data)
        for category in rows:
            standing = getattr(category, "standing", [])
            if len(standing) < 2:
                continue
            self.fields[f"v{category.pk}"] = forms.TypedChoiceField(
                label=category.name,
                help_text=category.what,
                choices=[
                    *((one.pk, str(one)) for one in standing),
                    (BLANK, _("I leave this one blank")),
                ],
                coerce=int,
                widget=forms.RadioSelect,
            )

    def chosen(self) -> dict[int, int]:
        return {int(name[1:]): pk for name, pk in self.cleaned_data.items()}


class ShowForm(forms.Form):
    """How a winner wants it shown."""

    named = forms.BooleanField(
        label=_("Colleagues may see my name with it"), required=False
    )
    public = forms.BooleanField(
        label=_("Whoever has the address may see it, outside too"), required=False
    )
