from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from pesue.content.actions.stories import Words
from pesue.content.actions.videos import Told
from pesue.content.forms.pictures import (
    again_field,
    names_field,
    names_of,
    people_field,
    video_people_field,
)
from pesue.content.levers import HOLD_OUT
from pesue.content.models import Story, Video
from pesue.guidance.models import Concept
from pesue.guidance.queries.concepts import running
from pesue.trials.queries.given import running as running_trial

NEW_PICTURES = 2  # at a time; each saving offers as many again


class StoryForm(forms.ModelForm):  # type: ignore[type-arg]
    """A draft, with what its pictures show. Only a title is asked for."""

    edition = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    video_file = forms.FileField(
        label=_("A short video, at most three minutes"), required=False
    )
    video_alt = forms.CharField(
        label=_("What is seen and said in the video"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    video_people = video_people_field(required=False)
    video_names = names_field()
    video_again = again_field()
    without_video = forms.BooleanField(label=_("Without the video"), required=False)

    class Meta:
        model = Story
        fields = ("title", "text", "language", "public", "concept", "may_wait")
        labels = {"concept": _("Concept")}
        widgets = {"text": forms.Textarea(attrs={"rows": 12, "class": "box"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        story = self.instance
        concept = cast("forms.ModelChoiceField[Any]", self.fields["concept"])
        concept.empty_label = _("no concept")
        concept.queryset = (
            running(today=localdate()) | Concept.objects.filter(pk=story.concept_id)
        ).distinct()
        if running_trial(HOLD_OUT.key) is None:
            del self.fields["may_wait"]
        self.pictures = list(story.pictures.all()) if story.pk else []
        self.video = _video(story)
        self.initial["edition"] = story.edition
        for name in ("alt", "people", "names"):
            self.initial[f"video_{name}"] = getattr(self.video, name, "")
        for picture in self.pictures:
            self.fields[f"alt_{picture.pk}"] = _alt(picture.alt)
            people = people_field(initial=picture.people)
            self.fields[f"people_{picture.pk}"] = people
            self.fields[f"without_{picture.pk}"] = forms.BooleanField(
                label=_("Without this picture"), required=False
            )
        for n in range(NEW_PICTURES):
            self.fields[f"picture_{n}"] = forms.FileField(
                label=_("A picture"), required=False
            )
            self.fields[f"picture_alt_{n}"] = _alt("")
            self.fields[f"picture_people_{n}"] = people_field()

    def words(self) -> Words:
        given = self.cleaned_data
        return Words(
            title=given["title"],
            text=given["text"],
            language=given["language"],
            public=given["public"],
            pictures={
                p.pk: (given[f"alt_{p.pk}"], given[f"people_{p.pk}"])
                for p in self.pictures
            },
            concept=given["concept"],
            may_wait=given.get("may_wait", self.instance.may_wait),
            video_alt=given["video_alt"],
            video_people=given["video_people"],
            video_names=names_of(given["video_people"], given["video_names"]),
        )

    def told(self) -> Told:
        """What is said of a video that comes with this. Of one that takes the place of
        another it is said anew who is in it."""
        given = self.cleaned_data
        people = given["video_people"]
        if self.video and not given["video_again"]:
            people = ""
        names = names_of(people, given["video_names"])
        return Told(alt=given["video_alt"], people=people, names=names)

    def unwanted(self) -> list[int]:
        """Pictures to take away."""
        given = self.cleaned_data
        return [p.pk for p in self.pictures if given[f"without_{p.pk}"]]

    def old_pictures(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [
            (p, [self[f"{name}_{p.pk}"] for name in ("alt", "people", "without")])
            for p in self.pictures
        ]

    def new_pictures(self) -> list[list[forms.BoundField]]:
        names = ("picture", "picture_alt", "picture_people")
        return [[self[f"{name}_{n}"] for name in names] for n in range(NEW_PICTURES)]

    def most_megabytes(self) -> int:
        return int(settings.MOST_UPLOAD_BYTES) // 1_000_000

    def again(self) -> "StoryForm":
        """The same words once more, on top of what was saved meanwhile."""
        given = cast(QueryDict, self.data).copy()
        saved = Story.objects.values_list("edition", flat=True)
        given["edition"] = str(saved.get(pk=self.instance.pk))
        self.data = given
        return self


def _video(story: Story) -> Video | None:
    """What is kept, unless somebody in it had it taken off."""
    rows = Video.objects.filter(story=story) if story.pk else Video.objects.none()
    return rows.exclude(state=Video.State.OFF).first()


def _alt(initial: str) -> forms.CharField:
    return forms.CharField(
        label=_("What the picture shows, for those who cannot see it"),
        max_length=500,
        required=False,
        initial=initial,
    )
