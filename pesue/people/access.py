"""Who is asking, and what they may do."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from pesue.people.models import Grant, Member, Team

Role = Grant.Role
P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request by a signed-in member."""

    user: Member


View = Callable[Concatenate[MemberRequest, P], HttpResponseBase]
PlainView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> PlainView[P]:
    """Members only; others are led to sign in and back."""
    return login_required(cast(PlainView[P], view))


def needs(*roles: str) -> Callable[[View[P]], PlainView[P]]:
    """Members who hold one of `roles` somewhere; others get 403."""

    def guard(view: View[P]) -> PlainView[P]:
        def guarded(
            request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if not any(may(request.user, role) for role in roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return update_wrapper(signed_in(guarded), view)

    return guard


def may(member: Member, role: str, team: Team | None = None) -> bool:
    """Whether the member holds `role`: over `team` if one is given, else anywhere.

    An administrator over the same place may do what every role but the privacy
    officer's may. Grants are read once per member object.
    """
    held = _grants(member)
    roles = {role} if role == Role.PRIVACY else {role, Role.ADMIN}
    places = [place for granted, place in held if granted in roles]
    if team is None:
        return bool(places)
    return None in places or bool(set(team.above()) & set(places))


def teams_of(member: Member, role: str) -> list[str] | None:
    """Paths of the subtrees over which the member holds `role`; None means all."""
    roles = {role} if role == Role.PRIVACY else {role, Role.ADMIN}
    places = [place for granted, place in _grants(member) if granted in roles]
    if None in places:
        return None
    return list(
        Team.objects.filter(pk__in=[p for p in places if p is not None]).values_list(
            "path", flat=True
        )
    )


def _grants(member: Member) -> list[tuple[str, int | None]]:
    if not hasattr(member, "_grants_read"):
        member._grants_read = list(  # type: ignore[attr-defined]
            member.grants.values_list("role", "team_id")
        )
    return member._grants_read  # type: ignore[attr-defined, no-any-return]
