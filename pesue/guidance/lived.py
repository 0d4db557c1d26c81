"""The question of a workshop: is a value lived here? Imports no Django but words."""

from django.utils.translation import gettext_lazy as _

from pesue.surveys.scales import Scale, declare

LIVED = declare(
    Scale(
        "values",
        (
            ("lived", _("It is lived here")),
            ("partly", _("Now and then")),
            ("said", _("It is only said")),
            ("silent", _("I cannot say")),
        ),
    )
)
