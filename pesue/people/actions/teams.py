"""Growing and changing the tree of teams."""

from datetime import time

from django.db import IntegrityError, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from pesue.people.actions.refusals import Refused
from pesue.people.models import Organisation, Team

LONGEST_PATH = 255


def add(*, name: str, parent: Team | None) -> Team:
    """Raises Refused when a sibling has that name, or the tree is too deep."""
    try:
        with transaction.atomic():
            _hold_the_tree()
            if parent is not None:
                parent.refresh_from_db()
                if len(parent.path) + 12 > LONGEST_PATH:
                    raise Refused(_("The tree is too deep there."))
            return Team.objects.create(name=name, parent=parent)
    except IntegrityError as error:
        raise Refused(_("There is a team of that name in the same place.")) from error


def change(
    team: Team,
    *,
    name: str,
    parent: Team | None,
    open_from: time | None,
    open_until: time | None,
) -> None:
    """Rename, move with all below it, set hours. Raises Refused.

    The tree is held meanwhile: two who move teams into each other's cannot make a ring.
    """
    try:
        with transaction.atomic():
            _hold_the_tree()
            team.refresh_from_db()
            if parent is not None:
                parent.refresh_from_db()
            _move(team, parent)
            Team.objects.filter(pk=team.pk).update(
                name=name, open_from=open_from, open_until=open_until
            )
    except IntegrityError as error:
        raise Refused(_("There is a team of that name in the same place.")) from error
    team.refresh_from_db()


def remove(team: Team) -> None:
    """Raises Refused unless the team is empty and nothing is bound to it."""
    try:
        with transaction.atomic():
            _hold_the_tree()
            team.delete()
    except models.ProtectedError as error:
        raise Refused(
            _("Move its members and the teams under it elsewhere first.")
        ) from error


def _move(team: Team, parent: Team | None) -> None:
    """Put the team under `parent`, and keep every path below it right."""
    above = parent.path if parent else "/"
    if above.startswith(team.path):
        raise Refused(_("A team cannot be under itself."))
    old, new = team.path, f"{above}{team.pk}/"
    if old == new:
        return
    below = Team.objects.filter(path__startswith=old)
    longest = max(len(path) for path in below.values_list("path", flat=True))
    if longest + len(new) - len(old) > LONGEST_PATH:
        raise Refused(_("The tree is too deep there."))
    Team.objects.filter(pk=team.pk).update(parent=parent)
    below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))


def _hold_the_tree() -> None:
    Organisation.objects.select_for_update().filter(pk=1).first()
