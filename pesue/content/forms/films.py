from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pesue.content import captions
from pesue.content.actions.videos import Cut, Told
from pesue.content.forms.pictures import (
    again_field,
    names_field,
    names_of,
    video_people_field,
)
from pesue.content.models import Picture, Story, Video
from pesue.content.videos import MOST_SECONDS

WRONG: dict[str, Promise] = {
    "timing": _(
        "Line {line}: write a time as 0:01.0 --> 0:03.5, and the words below it."
    ),
    "order": _(
        "Line {line}: it ends before it begins, or begins before the one above."
    ),
    "empty": _("Line {line}: write what is said at that time."),
    "long": _("Line {line}: too much at once. Divide it in two."),
    "many": _("Line {line}: these are more captions than we keep of one video."),
}


def _moment(label: Any) -> forms.DecimalField:
    bounds = [MinValueValidator(0), MaxValueValidator(24 * 3600)]
    return forms.DecimalField(
        label=label,
        required=False,
        decimal_places=3,
        validators=bounds,
        widget=forms.NumberInput({"step": "0.1", "min": "0", "inputmode": "decimal"}),
    )


def _need_names(form: forms.Form, given: dict[str, Any]) -> None:
    if given.get("people") == Picture.People.AGREED and not given.get("names"):
        form.add_error("names", _("Name those who agreed."))


class FilmForm(forms.Form):
    """A video and what is said beside it; the file may have been kept before."""

    title = forms.CharField(label=_("Title"), max_length=200)
    video_file = forms.FileField(
        label=_("Or choose a video that you have"),
        required=False,
        widget=forms.FileInput({"accept": "video/*"}),
    )
    starts = _moment(_("Begins at, in seconds"))
    ends = _moment(_("Ends at, in seconds"))
    poster_at = _moment(_("Its picture is of this second"))
    captions = forms.CharField(
        label=_("Captions"),
        required=False,
        max_length=60_000,
        strip=False,
        help_text=_(
            "A time as 0:01.0 --> 0:03.5, the words below it, an empty line. A WebVTT "
            "file from elsewhere may be pasted here, too."
        ),
        widget=forms.Textarea({"rows": 8}),
    )
    alt = forms.CharField(
        label=_("What is seen and said in the video"),
        max_length=2000,
        help_text=_("For those who cannot see it."),
        widget=forms.Textarea({"rows": 3}),
    )
    people = video_people_field()
    names = names_field()
    again = again_field()

    def __init__(self, story: Story, data: Any = None, files: Any = None) -> None:
        rows = Video.objects.filter(story=story).exclude(state=Video.State.OFF)
        kept = rows.first()
        known: dict[str, Any] = {"title": story.title}
        if kept:
            for name in ("alt", "captions", "people", "names"):
                known[name] = getattr(kept, name)
        super().__init__(data, files, initial=known)
        self.kept = kept
        if kept is None:
            del self.fields["again"]

    def clean_captions(self) -> str:
        try:
            return captions.write(captions.read(self.cleaned_data["captions"]))
        except captions.BadCaptions as wrong:
            words = format_lazy(str(WRONG[wrong.reason]), line=wrong.line)
            raise ValidationError(words) from wrong

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        _need_names(self, given)
        if self.kept and given.get("video_file") and not given.get("again"):
            self.add_error("again", _("Say whether it is so in the new video, too."))
        starts, ends = given.get("starts") or 0, given.get("ends")
        if ends is not None and ends <= starts:
            self.add_error("ends", _("It would end before it begins."))
        return given

    def told(self) -> Told:
        given = self.cleaned_data
        named = names_of(given["people"], given["names"])
        return Told(given["alt"], given["captions"], given["people"], named)

    def cut(self) -> Cut:
        def milliseconds(name: str) -> int | None:
            at = self.cleaned_data[name]
            return None if at is None else int(at * 1000)

        starts = milliseconds("starts") or 0
        return Cut(starts, milliseconds("ends"), milliseconds("poster_at"))

    @property
    def most_megabytes(self) -> int:
        return int(settings.MOST_UPLOAD_BYTES) // 1_000_000

    @property
    def most_seconds(self) -> int:
        return MOST_SECONDS


class PeopleForm(forms.Form):
    """Who is in a video that was kept before."""

    people = video_people_field()
    names = names_field()

    def __init__(self, video: Video, data: Any = None) -> None:
        super().__init__(data, initial={"people": video.people, "names": video.names})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        _need_names(self, given)
        return given

    def said(self) -> tuple[str, str]:
        people = self.cleaned_data["people"]
        return people, names_of(people, self.cleaned_data["names"])
