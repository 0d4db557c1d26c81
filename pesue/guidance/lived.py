"""The question of a workshop: is a value lived here? Imports no Django but words."""

from django.utils.translation import gettext_lazy as _

from pesue.surveys.scales import SILENT, Scale, declare

LIVED = declare(
    Scale(
        "values",
        (
            ("lived", _("It is lived here")),
            ("partly", _("Now and then")),
            ("said", _("It is only said")),
            (SILENT, _("I cannot say")),
        ),
        frozenset({"lived"}),
        _("It is lived here"),
    )
)
