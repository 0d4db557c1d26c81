from typing import Any

from pesue.example.actions.own_page import Wanted, keep
from pesue.example.models import (
    Case,
    OwnPage,
    Pair,
    Pictured,
    RoleModel,
    Seen,
    Showcase,
)
from pesue.people.models import Member
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.people import a_member
from tests.make.told import a_told


def a_showcase(*, share: Share | None = None, **fields: Any) -> Showcase:
    share = share or a_told()
    return Showcase.objects.create(
        share=share,
        author=share.member,
        **{"state": Showcase.State.AGREED, "state_since": NOON, **fields},
    )


def a_guide(name: str = "Opas Oili", *, form: str = "begin", **fields: Any) -> Member:
    """A member who agreed to show how."""
    member = a_member(name, **fields)
    RoleModel.objects.create(
        member=member, form=form, state=RoleModel.State.AGREED, state_since=NOON
    )
    return member


def an_own_page(member: Member | None = None, **wanted: Any) -> OwnPage:
    """A page that its member shows."""
    member = member or a_member()
    words = {"slug": f"own-{member.pk}", "about": "I bake at night.", "titled": True}
    words["followed"] = True
    about = {"shown": True, "left_out": [], "posts": [], **words, **wanted}
    return keep(member, Wanted(**about), now=NOON)


def exemplary(mine: Share, theirs: Share) -> None:
    """All that ties two members in this room, seen from the author of `mine`."""
    member, colleague = mine.member, theirs.member
    a_showcase(share=mine)
    showcase = a_showcase(share=theirs, asked_by=member)
    Seen.objects.create(member=member, showcase=showcase, day=NOON, tie="near")
    agreed = {"state": "agreed", "state_since": NOON}
    Pictured.objects.create(showcase=showcase, member=member, **agreed)
    Case.objects.create(name="A bakery", by=member, at=NOON)
    RoleModel.objects.create(member=member, form="film", **agreed)
    RoleModel.objects.create(member=colleague, form="film", asked_by=member, **agreed)
    done = {"state": "done", "state_since": NOON, "asked_at": NOON}
    Pair.objects.create(beginner=member, guide=colleague, **done)
    an_own_page(member, slug="ana-aalto", posts=[mine])
