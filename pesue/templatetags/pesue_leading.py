"""What pages of other rooms show of leaders, and of drafts at their assistants."""

from typing import Any

from django import template
from django.utils.timezone import now

from pesue.example.access.leaders import is_leader
from pesue.example.models import Assistant, Handover
from pesue.example.queries.handovers import prepared_for
from pesue.example.queries.leaders import assistant_of

register = template.Library()


@register.simple_tag
def assistant_for(member: Any) -> Assistant | None:
    """Who prepares texts for the member, if somebody does."""
    return assistant_of(member, now=now())


@register.simple_tag
def leads(member: Any) -> bool:
    """Whether the member has a leader's page."""
    return is_leader(member)


@register.simple_tag
def handover_of(member: Any, draft: Any) -> Handover | None:
    """What became of the draft at the assistant."""
    return prepared_for(member, draft) if draft else None
