"""The kind of mail that this room writes. No Django but words."""

from django.utils.translation import gettext_lazy as _

from pesue.reach.kinds import Kind, declare

LETTER = declare(Kind("letter", _("The monthly letter, for those who lead the whole")))
