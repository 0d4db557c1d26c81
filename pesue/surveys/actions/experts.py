"""Inviting experts, what they say, and letting go of what is known of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pesue.people.models import Member
from pesue.reach.actions import outbox
from pesue.reach.models import Message
from pesue.surveys.actions.panels import locked
from pesue.surveys.actions.refusals import NotDone
from pesue.surveys.models import Expert, Idea, Panel

State = Panel.State
MOST = 200  # experts of one panel
LETTERS = 9  # mails to one of them


class Stale(NotDone):
    """They answered in another window since this page was opened."""


def invite(
    panel: Panel, *, name: str, email: str, language: str, who: str, now: datetime
) -> Expert:
    """One more expert; the mail goes out when the panel has begun."""
    if panel.state not in Panel.OPEN:
        raise NotDone(_("This panel is closed."))
    if panel.experts.count() >= MOST:
        raise NotDone(_("A panel has %(most)d experts at most.") % {"most": MOST})
    try:
        with transaction.atomic():
            return Expert.objects.create(
                panel=panel,
                name=name,
                email=email.lower(),
                language=language,
                who=who,
                at=now,
            )
    except IntegrityError as error:
        raise NotDone(_("They are invited already.")) from error


def write_again(expert: Expert, *, email: str) -> None:
    """A new mail with a new link, perhaps to another address. Former links end."""
    if expert.panel.state not in Panel.OPEN:
        raise NotDone(_("This panel is closed."))
    if expert.letters >= LETTERS:
        raise NotDone(_("We have written to them often enough."))
    try:
        with transaction.atomic():
            Expert.objects.filter(pk=expert.pk).update(
                email=email.lower(), hashes=[], to_mail=True
            )
    except IntegrityError as error:
        raise NotDone(_("They are invited already.")) from error


def name_trends(
    expert: Expert, named: Sequence[tuple[str, str]], *, edition: int, today: date
) -> None:
    """Up to three trends and why, in place of what they named before.

    Raises Stale where `edition` is not the one they have last saved.
    """
    with transaction.atomic():
        panel = _open(expert, State.NAMING, today=today)
        _save(expert, edition, named_on=today)
        Idea.objects.filter(expert=expert).delete()
        Idea.objects.bulk_create(
            Idea(panel=panel, expert=expert, words=words, why=why)
            for words, why in named
        )


def rank(
    expert: Expert,
    order: Sequence[int],
    *,
    quote: str,
    quoting: str,
    edition: int,
    today: date,
) -> None:
    """Their order of the list, best first, and a quote with what may be done with it.

    Raises Stale as `name_trends` does.
    """
    with transaction.atomic():
        panel = _open(expert, State.RANKING, today=today)
        known = set(panel.trends.values_list("pk", flat=True))
        if not order or len(set(order)) < len(order) or not set(order) <= known:
            raise NotDone(_("Rank at least one trend, each with its own number."))
        if quote and quoting not in Expert.Quoting.values:
            raise NotDone(_("Say what may be done with your quote."))
        _save(
            expert,
            edition,
            ranks=list(order),
            ranked_on=today,
            quote=quote,
            quoting=quoting if quote else "",
        )


def withdraw_quote(expert: Expert) -> None:
    """At once, also from the public page."""
    Expert.objects.filter(pk=expert.pk).update(
        quote="", quoting="", edition=F("edition") + 1
    )


def erase(expert: Expert) -> None:
    """All that is known of them. Trends they named stay on the list, nobody's; a
    ranking that is counted stays counted, as it is in sums only."""
    email = expert.email
    with transaction.atomic():
        expert.ideas.filter(trend=None).delete()
        Message.objects.filter(once__startswith=f"panel:{expert.pk}:").delete()
        expert.delete()
    if email and not Member.objects.filter(email=email).exists():
        outbox.forget({email})


def drop_panel(panel: Panel) -> None:
    """As if nobody had been asked."""
    for expert in panel.experts.all():
        erase(expert)
    panel.delete()


def _open(expert: Expert, state: str, *, today: date) -> Panel:
    panel = locked(expert.panel)
    if panel.state != state or not panel.is_open(today):
        raise NotDone(_("That part of the panel is over. Thank you for coming."))
    return panel


def _save(expert: Expert, edition: int, **said: Any) -> None:
    mine = Expert.objects.filter(pk=expert.pk, edition=edition)
    if not mine.update(edition=F("edition") + 1, **said):
        raise Stale(
            _(
                "You have answered in another window meanwhile. What you see here is "
                "not saved; send it again to put it in place of that."
            )
        )
