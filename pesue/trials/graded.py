"""Grades of evidence in plain words. No Django but words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pesue.stats.grades import Grade

GRADES: dict[Grade, str | Promise] = {
    Grade.OWN_TRIAL: _("rests on a trial of our own, drawn by lot"),
    Grade.POOLED_TRIALS: _("rests on trials by lot in several organisations"),
    Grade.ANALOGOUS_TRIAL: _("rests on trials by lot of something alike elsewhere"),
    Grade.CORRELATION: _("goes together; which brings which is not known"),
    Grade.OPINION: _("common sense; nobody has tried it by lot"),
}
