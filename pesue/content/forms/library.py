from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pesue.content.queries.library import Wanted
from pesue.guidance.models import Concept, Topic


class LibraryForm(forms.Form):
    """What to look for. A wrong value is as good as none: it is an address."""

    q = forms.CharField(
        label=_("Words"), max_length=200, required=False, widget=forms.SearchInput
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(), label=_("Topic"), required=False, empty_label=_("All")
    )
    concept = forms.ModelChoiceField(
        Concept.objects.all(), label=_("Concept"), required=False, empty_label=_("All")
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("All")), *settings.LANGUAGES],
        required=False,
    )

    def wanted(self) -> Wanted:
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            words=given.get("q") or "",
            topic=given.get("topic"),
            concept=given.get("concept"),
            language=given.get("language") or "",
        )
