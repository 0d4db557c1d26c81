"""Forms of what a reader answers, and of a lesson's wording."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _

from pesue.guidance.actions.course import Answer
from pesue.guidance.course import files, reading

MOST = 200  # answers at a time
ONCE = re.compile(r"[0-9a-f-]{16,40}")


class AnswerForm(forms.Form):
    """A question of a page answered, or a lesson finished."""

    course = forms.ChoiceField(choices=[(key, key) for key in files.COURSES])
    lesson = forms.SlugField(max_length=40)
    question = forms.SlugField(max_length=40, required=False)
    choice = forms.IntegerField(min_value=0, max_value=99, required=False)
    once = forms.RegexField(ONCE.pattern + r"\Z", max_length=40)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("question") and data.get("choice") is None:
            self.add_error("choice", _("Choose one, then look."))
        return data

    def answer(self, *, at: datetime) -> Answer:
        data = self.cleaned_data
        return Answer(
            data["course"],
            data["lesson"],
            data["question"],
            data["choice"] or 0,
            data["once"],
            at,
        )


def waited(rows: Any, *, now: datetime) -> list[Answer]:
    """What a device sends of the answers that waited on it; what is none is left."""
    found = []
    for row in rows[:MOST] if isinstance(rows, list) else ():
        form = AnswerForm(row if isinstance(row, dict) else {})
        if form.is_valid():
            found.append(form.answer(at=_moment(row.get("at")) or now))
    return found


def _moment(text: object) -> datetime | None:
    try:
        at = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return at if at and is_aware(at) else None


class WordingForm(forms.Form):
    """A lesson's wording in one language."""

    text = forms.CharField(
        label=_("The lesson"),
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        try:
            reading.read(text)
        except reading.Mistake as mistake:
            raise forms.ValidationError(str(mistake)) from mistake
        return text
