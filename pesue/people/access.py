"""Who is asking, and what they may do."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404

from pesue.foundation.numbers import row_number
from pesue.foundation.secrets import seal, unseal
from pesue.people.models import (
    Grant,
    Invitation,
    Member,
    Organisation,
    PeopleImport,
    Team,
)

Role = Grant.Role
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request by a signed-in member."""

    user: Member


View = Callable[Concatenate[MemberRequest, P], HttpResponseBase]
PlainView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> PlainView[P]:
    """Members only; others are led to sign in and back."""
    return login_required(cast(PlainView[P], view))


def only(admits: Callable[[Member], bool]) -> Callable[[View[P]], PlainView[P]]:
    """Members whom `admits` lets in; others get 403."""

    def guard(view: View[P]) -> PlainView[P]:
        def guarded(
            request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if not admits(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return update_wrapper(signed_in(guarded), view)

    return guard


def needs(*roles: str) -> Callable[[View[P]], PlainView[P]]:
    """Members who hold one of `roles` somewhere; others get 403."""
    return only(lambda member: any(may(member, role) for role in roles))


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


def within(paths: list[str] | None, field: str) -> Q:
    """Rows whose team is in one of these subtrees: all of them for None, none for [].

    `field` is where the path of the row's team is; `paths` are as of `teams_of`.
    """
    if paths is None:
        return Q()
    places = Q(pk__in=[])
    for path in paths:
        places |= Q(**{f"{field}__startswith": path})
    return places


def _grants(member: Member) -> list[tuple[str, int | None]]:
    if not hasattr(member, "_grants_read"):
        member._grants_read = list(  # type: ignore[attr-defined]
            member.grants.values_list("role", "team_id")
        )
    return member._grants_read  # type: ignore[attr-defined, no-any-return]


def admit(request: HttpRequest, member: Member, *, method: str) -> None:
    """Start a session for a member whose identity has just been proven.

    Only where no second factor can exist yet; else by allauth's own sign-in.
    """
    record_authentication(request, member, method=method)
    login(
        request, member, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    UserSession.objects.create_from_request(request)  # one can see it, and end it


def too_many(request: HttpRequest) -> HttpResponse:
    """The answer to somebody who tries too often."""
    answer: HttpResponse = respond_429(request)
    return answer


def is_founded() -> bool:
    """Whether the first run is over."""
    return Organisation.the() is not None


def demo_member(who: str) -> Member:
    """Somebody to be in the demo: "advocate", "lead" or "leader".

    404 for any other word, and in every organisation that is not the demo.
    """
    organisation = Organisation.the()
    members = Member.objects.filter(state=Member.State.ACTIVE).order_by("pk")
    found = {
        "advocate": members.filter(grants=None, leader=False),
        "lead": members.filter(grants__role=Role.LEAD),
        "leader": members.filter(leader=True),
    }.get(who)
    if organisation is None or not organisation.demo or found is None:
        raise Http404
    member = found.first()
    if member is None:
        raise Http404
    return member


def invitation_of(token: str) -> Invitation:
    """The invitation that this token opens, over or not; else 404."""
    number = row_number(token.partition("-")[0])
    rows = Invitation.objects.select_related("by", "team")
    found = rows.filter(pk=number).first() if number else None
    if found is None or not found.is_opened_by(token):
        raise Http404
    return found


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors' secrets are sealed in the database, as network tokens are."""

    def encrypt(self, text: str) -> str:
        return seal(text, row="mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, row="mfa")


def runs_all(member: Member) -> bool:
    """Whether the member is an administrator of the whole organisation."""
    return teams_of(member, Role.ADMIN) is None


admin_of_all = only(runs_all)


def leads_all(member: Member) -> bool:
    """Whether the member leads the whole organisation, and not some teams of it."""
    return teams_of(member, Role.LEAD) is None


leads_whole = only(leads_all)  # others get 403


def managed_teams(member: Member) -> QuerySet[Team]:
    """The teams the member administers."""
    return Team.objects.filter(within(teams_of(member, Role.ADMIN), "path"))


def managed_team(member: Member, team_id: int) -> Team:
    return get_object_or_404(managed_teams(member), pk=team_id)


def places_for(member: Member, team: Team) -> QuerySet[Team]:
    """Teams the member may put `team` under: their own, and where it is already.

    Whoever administers a part of the tree cannot move its top out of their reach.
    """
    mine = managed_teams(member).exclude(path__startswith=team.path)
    return mine | Team.objects.filter(pk=team.parent_id or 0)


def managed_members(member: Member) -> QuerySet[Member]:
    """The members the member administers; nobody meets those who were erased."""
    paths = teams_of(member, Role.ADMIN)
    found = Member.objects.filter(within(paths, "team__path"))
    return found.exclude(state=Member.State.ERASED).select_related("team")


def managed_member(member: Member, member_id: int) -> Member:
    return get_object_or_404(managed_members(member), pk=member_id)


def answers_for(member: Member, other: Member) -> bool:
    """Whether the member may change who `other` is: address, factors, membership.

    Whoever does can be `other` in the end, so it takes all that `other` may do: an
    administrator of a team does not touch one who is trusted with more.
    """
    if runs_all(member):
        return True
    beyond = ~Q(team__in=managed_teams(member)) | Q(role=Role.PRIVACY)
    return not other.grants.filter(beyond).exists()


def may_invite(member: Member, email: str) -> bool:
    """Not those who were invited into teams of others: whoever makes an invitation
    sees its link, and could come in as them."""
    waiting = Member.objects.filter(email=email.lower(), state=Member.State.INVITED)
    mine = managed_members(member).values("pk")
    return runs_all(member) or not waiting.exclude(pk__in=mine).exists()


def managed_grant(member: Member, grant_id: int) -> Grant:
    """A grant that the member may take back: over a place they administer."""
    grants = Grant.objects.select_related("member")
    if not runs_all(member):
        grants = grants.filter(team__in=managed_teams(member))
    return get_object_or_404(grants, pk=grant_id)


def managed_invitations(member: Member) -> QuerySet[Invitation]:
    """Invitations into the teams the member administers, newest first."""
    found = Invitation.objects.select_related("by", "team").order_by("-pk")
    return found if runs_all(member) else found.filter(team__in=managed_teams(member))


def managed_invitation(member: Member, invitation_id: int) -> Invitation:
    return get_object_or_404(managed_invitations(member), pk=invitation_id)


def imports_seen() -> QuerySet[PeopleImport]:
    """All lists brought in; only administrators of the whole organisation ask."""
    return PeopleImport.objects.select_related("by").order_by("-pk")


def an_import(import_id: int) -> PeopleImport:
    return get_object_or_404(imports_seen(), pk=import_id)


def house() -> Organisation:
    return get_object_or_404(Organisation, pk=1)
