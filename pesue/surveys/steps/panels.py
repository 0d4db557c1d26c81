"""Mail to experts, the end of a panel's days, and the end of what is known of them."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate

from pesue.surveys import messages
from pesue.surveys.actions import NotDone
from pesue.surveys.actions.experts import erase
from pesue.surveys.actions.panels import close_panel
from pesue.surveys.models import Expert, Panel

BATCH = 200
State = Panel.State


def mail_experts(now: datetime) -> int:
    """Put in line what experts are to get, each with a link of its own."""
    today = localdate(now)
    waiting = Expert.objects.filter(
        to_mail=True,
        panel__state__in=[State.NAMING, State.RANKING],
        panel__opens__lte=today,
        panel__closes__gte=today,
    ).exclude(email="")
    written = 0
    for number in waiting.values_list("pk", flat=True)[:BATCH]:
        with transaction.atomic():  # the hash is kept with the mail, or neither is
            mine = waiting.filter(pk=number)
            if not mine.update(to_mail=False, letters=F("letters") + 1):
                continue  # another worker has it
            expert = Expert.objects.select_related("panel__by").get(pk=number)
            token = expert.new_link()
            expert.save(update_fields=["hashes"])
            messages.panel_letter(expert, token, now=now)
        written += 1
    return written


def close_panels(now: datetime) -> int:
    """Count those whose days are over."""
    over = Panel.objects.filter(state__in=Panel.OPEN, closes__lt=localdate(now))
    closed = 0
    for panel in over:
        try:
            close_panel(panel, now=now, early=False)
        except NotDone:  # somebody has just closed it
            continue
        closed += 1
    return closed


def forget_experts(now: datetime) -> int:
    """Let go of experts a while after their panel. What the page says by their
    consent stays, without the address."""
    old = Expert.objects.filter(panel__closed_at__lt=now - Expert.HELD.keep)
    shown = Q(panel__state=State.PUBLISHED, quoting__in=["named", "unnamed"])
    gone = 0
    for expert in old.exclude(shown)[:BATCH]:
        erase(expert)
        gone += 1
    for expert in old.filter(shown).exclude(email="")[:BATCH]:
        _only_the_quote(expert)
        gone += 1
    return gone


def _only_the_quote(expert: Expert) -> None:
    named = expert.quoting == Expert.Quoting.NAMED
    kept = expert.panel_id, expert.quote, expert.quoting, expert.at
    name, who = (expert.name, expert.who) if named else ("", "")
    erase(expert)
    panel, quote, quoting, at = kept
    Expert.objects.create(
        panel_id=panel,
        name=name,
        who=who,
        quote=quote,
        quoting=quoting,
        at=at,
        to_mail=False,
    )
