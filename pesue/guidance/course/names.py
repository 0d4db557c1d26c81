"""What the courses are called, and what each is about. No Django."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Name:
    title: str | Promise
    about: str | Promise
    taken: str | Promise  # what a certificate says one has been through


NAMES = {
    "advocate": Name(
        _("The short course"),
        _("Seven lessons of three minutes. At the end you have a draft of your own."),
        _("what one may tell of one's work, whom to ask, one's own voice and its care"),
    ),
    "further": Name(
        _("Further on"),
        _("It grows out of your own cases: what was told, asked and learned here."),
        "",
    ),
    "lead": Name(
        _("A programme lead's year"),
        _("Five lessons: values, guidelines, three items, encouragement, measure."),
        _("values first, enabling guidelines, encouragement and an honest measure"),
    ),
    "leader": Name(
        _("For leaders"),
        _("Four lessons: why you, ten minutes a week, thanks, and when you err."),
        _("leading by example, ten minutes a week, thanks, and owning a mistake"),
    ),
}
