"""Going through an old guideline."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.guidance.actions.old import MOST_TEXT, Decided
from pesue.guidance.models import OldSentence, Topic, Value

Kind = OldSentence.Kind


class OldForm(forms.Form):
    """A guideline of before: a file, or its text."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("PDF, Word (docx), web page, Markdown or plain text."),
        required=False,
    )
    text = forms.CharField(
        label=_("Or paste its text"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not data["text"].strip():
            self.add_error("text", _("Choose a file, or paste the text."))
        return data


class SentenceForm(forms.Form):
    """One sentence: taken or not, and in which words."""

    take = forms.BooleanField(label=_("Take it"), required=False)
    kind = forms.ChoiceField(label=_("as"), choices=Kind)
    words = forms.CharField(
        label=_("in these words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    instead = forms.CharField(
        label=_("do instead"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    values = forms.MultipleChoiceField(
        label=_("Values"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        sentence: OldSentence,
        data: Mapping[str, Any] | None,
        *,
        topics: Sequence[Topic],
        values: Sequence[Value],
    ) -> None:
        decided = sentence.decision
        super().__init__(
            data,
            prefix=f"s{sentence.pk}",
            initial={
                "take": decided == OldSentence.Decision.TAKEN
                or (not decided and sentence.label in {"do", "dont"}),
                "kind": sentence.kind or Kind.DO,
                "words": sentence.words or sentence.text,
                "instead": sentence.instead,
                "topic": str(sentence.topic_id or ""),
                "values": [str(value.pk) for value in sentence.values.all()],
            },
        )
        self.sentence = sentence
        self.topics = {str(topic.pk): topic for topic in topics}
        self.all_values = {str(value.pk): value for value in values}
        self._choices("topic", [("", "-"), *self.topics.items()])
        self._choices("values", list(self.all_values.items()))
        for name in ("words", "instead"):
            self.fields[name].widget.attrs["lang"] = sentence.language

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, str(choice)) for key, choice in choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("take"):
            return data
        if not data.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write it in a sentence, or leave it out."))
        if data.get("kind") == Kind.INSTEAD and not data.get("instead"):
            self.add_error("instead", _("Say what one can do instead."))
        return data

    def decided(self) -> Decided:
        given = self.cleaned_data
        return Decided(
            sentence=self.sentence,
            taken=given["take"],
            kind=given["kind"],
            words=given["words"],
            instead=given["instead"],
            topic=self.topics.get(given["topic"]),
            values=[self.all_values[key] for key in given["values"]],
        )
