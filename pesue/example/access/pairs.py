"""Whose offer to show how, and whose pair, a request may reach."""

from django.db.models import Q
from django.shortcuts import get_object_or_404

from pesue.example.models import Pair, RoleModel
from pesue.people.models import Member


def own_offer(member: Member, role_id: int) -> RoleModel:
    """What the member shows, or was asked to; 404 for anyone else's."""
    return get_object_or_404(RoleModel, pk=role_id, member=member)


def found_guide(role_id: int) -> Member:
    """Somebody who agreed to show how; 404 of others, as if they did not exist."""
    rows = RoleModel.objects.filter(
        state=RoleModel.State.AGREED, member__state=Member.State.ACTIVE
    ).select_related("member")
    return get_object_or_404(rows, pk=role_id).member


def own_pair(member: Member, pair_id: int) -> Pair:
    """A pair of which the member is one; 404 for anyone else."""
    rows = Pair.objects.select_related("beginner", "guide")
    return get_object_or_404(
        rows.filter(Q(beginner=member) | Q(guide=member)), pk=pair_id
    )


def guided_pair(member: Member, pair_id: int) -> Pair:
    """A pair in which the member is the one who shows how."""
    rows = Pair.objects.select_related("beginner", "guide")
    return get_object_or_404(rows, pk=pair_id, guide=member)
