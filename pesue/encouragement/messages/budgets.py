"""What we write to those who answer for a budget."""

from datetime import datetime

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pesue.encouragement.models import Budget
from pesue.reach.actions.line import tell
from pesue.reach.kinds import Kind, declare

BUDGETS = declare(Kind("budgets", gettext_lazy("When a budget of mine has run out")))


def ran_out(budget: Budget, *, now: datetime) -> None:
    """Tell the owner that a budget pays nothing more; once."""
    owner = budget.owner
    if owner is None or not owner.is_active:
        return
    with translation.override(owner.language):
        text = _(
            "What somebody did just now would cost more than “%(budget)s” still holds. "
            "So it pays nothing more, and nobody gets a part of what was promised. "
            "What was earned before stands. If you want it to go on, open a new budget "
            "and let the rules draw on that."
        ) % {"budget": budget.name}
        tell(
            BUDGETS,
            f"budget-out:{budget.pk}",
            to=owner,
            subject=_("The budget “%(budget)s” has run out") % {"budget": budget.name},
            words=[text],
            page=reverse("budgets"),
            now=now,
        )
