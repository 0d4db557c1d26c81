from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pesue.guidance.forms.fields import PeopleField, addresses, lines
from pesue.guidance.models import Concept, Prompt
from pesue.guidance.patterns import KEYS, patterns
from pesue.guidance.places import PLACES

MOST_PROMPTS = 12


class ConceptForm(forms.ModelForm):  # type: ignore[type-arg]
    """A concept; begun from a pattern, the pattern's words are there to be changed."""

    channels = forms.MultipleChoiceField(
        label=_("Channels"),
        choices=list(PLACES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people = PeopleField(
        label=_("Who leads it"),
        help_text=_("Their e-mail addresses, one on a line. They may change it, too."),
        required=False,
    )

    class Meta:
        model = Concept
        fields = [
            *("name", "brief", "hashtag", "values", "starts", "ends", "channels"),
            *("sheet", "learned", "public", "pattern"),
        ]
        labels = {"values": _("Values")}
        help_texts = {
            "sheet": _("For printing: a hand-over, consents. Markdown."),
            "learned": _("When it is over; it stays on the concept's page."),
            "public": _("Its brief, hashtag and the stories that are public already."),
        }
        widgets = {
            "values": forms.CheckboxSelectMultiple,
            "starts": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "ends": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "sheet": forms.Textarea(attrs={"rows": 6}),
            "learned": forms.Textarea(attrs={"rows": 3}),
            "pattern": forms.HiddenInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[f"prompts_{code}"] = forms.CharField(
                label=_("Prompts (%(language)s)") % {"language": name},
                help_text=_("One on a line."),
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )
        pattern = self.initial.get("pattern")
        if self.instance.pk:
            self.initial["people"] = addresses(self.instance.leads.order_by("name"))
            for code, _name in settings.LANGUAGES:
                rows = self.instance.prompts.filter(language=code)
                self.initial[f"prompts_{code}"] = "\n".join(row.text for row in rows)
        elif pattern in KEYS:
            self._begin(pattern)

    def _begin(self, key: str) -> None:
        mine = patterns(get_language() or "en")[key]
        today = localdate()
        self.initial.update(
            {
                "name": mine.name,
                "brief": mine.brief,
                "hashtag": mine.hashtag,
                "channels": list(mine.channels),
                "sheet": mine.sheet.strip(),
                "starts": today,
                "ends": today + timedelta(days=mine.days),
            }
        )
        for code, _name in settings.LANGUAGES:
            self.initial[f"prompts_{code}"] = "\n".join(patterns(code)[key].prompts)

    def clean_hashtag(self) -> str:
        tag = self.cleaned_data["hashtag"].strip().lstrip("#")
        if tag and not tag.replace("_", "").isalnum():
            raise forms.ValidationError(_("Use letters and numbers only, no spaces."))
        return str(tag)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The end comes after the beginning."))
        for code, _name in settings.LANGUAGES:
            found = lines(data.get(f"prompts_{code}") or "")
            if len(found) > MOST_PROMPTS or any(len(line) > 300 for line in found):
                self.add_error(
                    f"prompts_{code}",
                    _("At most %(most)d prompts, each within 300 characters.")
                    % {"most": MOST_PROMPTS},
                )
        return data

    def save(self, commit: bool = True) -> Concept:
        self.instance.was_public |= self.instance.public
        concept: Concept = super().save(commit)
        concept.leads.set(self.cleaned_data["people"])
        for code, _name in settings.LANGUAGES:
            wanted = lines(self.cleaned_data[f"prompts_{code}"])
            kept = {row.text: row for row in concept.prompts.filter(language=code)}
            if list(kept) != wanted:
                concept.prompts.filter(language=code).delete()
                Prompt.objects.bulk_create(
                    Prompt(concept=concept, language=code, text=text) for text in wanted
                )
        return concept
