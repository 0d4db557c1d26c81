"""The answers that questions can have. Each room may declare its own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SILENT = "silent"  # cannot say, or will not


@dataclass(frozen=True)
class Scale:
    """Answers to choose from. `good` are those that a share is told of."""

    name: str  # as SurveyQuestion.scale
    choices: tuple[tuple[str, str | Promise], ...]
    good: frozenset[str]
    good_label: str | Promise = ""
    numbers: bool = False  # its keys are numbers, of which a mean can be taken

    @property
    def keys(self) -> list[str]:
        return [key for key, _label in self.choices]


SCALES: dict[str, Scale] = {}


def declare(scale: Scale) -> Scale:
    SCALES[scale.name] = scale
    return scale


AGREE = declare(
    Scale(
        "agree",
        (
            ("1", _("1 – not at all")),
            *((str(number), str(number)) for number in range(2, 7)),
            ("7", _("7 – fully")),
            (SILENT, _("I cannot say")),
        ),
        frozenset("567"),
        _("agree (5 to 7)"),
        numbers=True,
    )
)
REWARDS = declare(
    Scale(
        "rewards",
        (
            ("time", _("A free afternoon")),
            ("gift", _("A gift card")),
            ("thanks", _("A personal thank-you from a leader")),
            ("cause", _("A gift to a good cause")),
            (SILENT, _("I cannot say")),
        ),
        frozenset(),
    )
)
LEARNING = declare(
    Scale(
        "learning",
        (
            ("course", _("A course of my choice")),
            ("bonus", _("A small bonus")),
            ("stage", _("To speak at an event as one who knows")),
            ("help", _("To hear from somebody whom my words helped")),
            (SILENT, _("I cannot say")),
        ),
        frozenset(),
    )
)
TEXT = "text"  # in one's own words

FACTORS: dict[str, str | Promise] = {  # what the items of a questionnaire measure
    "barriers": _("What stands in the way"),
    "values": _("Our values and mine"),
    "money": _("Money"),
    "recognition": _("Recognition"),
    "meaning": _("Meaning"),
    "example": _("The example of others"),
    "safety": _("Safety"),
}
