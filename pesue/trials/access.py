"""Who may plan and start trials, and the only way from a request to one."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from pesue.people.access import leads_all, only
from pesue.people.models import Member
from pesue.trials.levers import LEVERS, Lever
from pesue.trials.models import Trial


def may_try(member: Member) -> bool:
    """A trial draws from everybody: those start it who lead the whole organisation."""
    return leads_all(member)


leads = only(may_try)  # others get 403


def trial(trial_id: int) -> Trial:
    rows = Trial.objects.select_related("by", "stopped_by")
    return get_object_or_404(rows, pk=trial_id)


def lever(key: str) -> Lever:
    found = LEVERS.get(key)
    if found is None:
        raise Http404
    return found
