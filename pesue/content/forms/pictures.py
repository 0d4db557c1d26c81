from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pesue.content.models import Picture

NAMES = 300  # characters


def people_field(**also: Any) -> forms.ChoiceField:
    """Who can be recognised in a picture, said by whoever gives it."""
    return forms.ChoiceField(
        label=_("Who can be recognised in it"),
        choices=[("", _("not said")), *Picture.People.choices],
        required=False,
        **also,
    )


def video_people_field(**also: Any) -> forms.ChoiceField:
    """Who can be recognised in a video; asked wherever one comes in."""
    return forms.ChoiceField(
        label=_("Who can be recognised in the video, besides you"),
        choices=[("", _("choose")), *Picture.People.choices],
        help_text=_("Backs, hands and voices count, too."),
        **also,
    )


def names_field() -> forms.CharField:
    return forms.CharField(
        label=_("Their names"),
        max_length=NAMES,
        required=False,
        help_text=_(
            "Each of them has seen it and said yes to where it is to be seen. You and "
            "whoever takes the story in see the names, nobody else. If one of them "
            "changes their mind, it is taken off at once."
        ),
    )


def again_field() -> forms.BooleanField:
    """Those of an earlier video are not those of the one that takes its place."""
    return forms.BooleanField(
        label=_("If you choose a new video: this holds for it, too"), required=False
    )


def names_of(people: str, names: str) -> str:
    """Names are kept only of those who agreed."""
    return names if people == Picture.People.AGREED else ""
