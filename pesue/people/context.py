"""What every page's frame needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pesue.people.access import Role, may
from pesue.people.models import Member, Organisation


def around(request: HttpRequest) -> dict[str, Any]:
    """The organisation, and which doors of the house this member may open."""
    member = getattr(request, "user", None)
    doors = (
        {role.value: may(member, role) for role in Role}
        if isinstance(member, Member)
        else {}
    )
    return {
        "organisation": SimpleLazyObject(Organisation.the),
        "doors": doors,
        "version": settings.VERSION,
        "source_url": settings.SOURCE_URL,
    }
