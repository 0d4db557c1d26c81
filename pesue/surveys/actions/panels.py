"""A panel of experts from outside, from the question to the public page."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pesue.foundation.counts import K
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.people.models import Member
from pesue.surveys.actions.refusals import NotDone
from pesue.surveys.borda import Result, ranked
from pesue.surveys.models import Idea, Panel, Survey, Trend

State = Panel.State
FEWEST, MOST = 2, 20  # trends on a list
FREE_NUMBERS = 50  # a slug with so many others of the same words is enough


def ask_panel(
    *,
    title: str,
    question: str,
    language: str,
    opens: date,
    closes: date,
    by: Member | None,
    now: datetime,
) -> Panel:
    panel = Panel(
        title=title,
        question=question,
        language=language,
        opens=opens,
        closes=closes,
        by=by,
        state=State.NAMING,
        state_since=now,
    )
    words = slugify(title)[:60] or "panel"
    for number in range(1, FREE_NUMBERS):
        panel.slug = words if number == 1 else f"{words}-{number}"
        try:
            with transaction.atomic():
                panel.save(force_insert=True)
        except IntegrityError:
            continue
        return panel
    raise NotDone(_("There are too many panels of that name. Choose another."))


def list_trends(panel: Panel, *, now: datetime) -> None:
    """End round one: each named trend goes on the list, those worded alike once."""
    with transaction.atomic():
        ideas = list(panel.ideas.all())
        if not ideas:
            raise NotDone(_("Nobody has named a trend yet."))
        _move(panel, State.LISTING, now=now)
        made: dict[str, Trend] = {}
        for idea in ideas:
            alike = " ".join(idea.words.split()).casefold()
            if alike not in made:
                made[alike] = _put(panel, idea)
            idea.trend = made[alike]
            idea.save(update_fields=["trend"])


def _put(panel: Panel, idea: Idea) -> Trend:
    return Trend.objects.create(panel=panel, words=idea.words, why=idea.why)


def word(trend: Trend, *, words: str, why: str) -> None:
    """Word it for all; what the expert wrote stays as it was, for leads."""
    with transaction.atomic():
        _only_listing(trend.panel)
        Trend.objects.filter(pk=trend.pk).update(words=words, why=why)


def merge(trend: Trend, *, into: Trend) -> None:
    """What was named as the one counts as the other."""
    if trend.pk == into.pk or trend.panel_id != into.panel_id:
        raise NotDone(_("Choose another trend of this list to merge it into."))
    with transaction.atomic():
        _only_listing(trend.panel)
        trend.ideas.update(trend=into)
        trend.delete()


def leave_out(trend: Trend) -> None:
    """Off the list. What was named stays, and can be put back."""
    with transaction.atomic():
        _only_listing(trend.panel)
        trend.delete()


def put_back(idea: Idea) -> None:
    with transaction.atomic():
        _only_listing(idea.panel)
        if idea.trend_id is None:
            idea.trend = _put(idea.panel, idea)
            idea.save(update_fields=["trend"])


def start_ranking(panel: Panel, *, now: datetime) -> None:
    """Begin round two: everybody who was asked gets a mail."""
    with transaction.atomic():
        locked(panel)
        if not FEWEST <= panel.trends.count() <= MOST:
            raise NotDone(
                _("A list to rank has %(fewest)d to %(most)d trends.")
                % {"fewest": FEWEST, "most": MOST}
            )
        _move(panel, State.RANKING, now=now)
        panel.experts.update(to_mail=True)


def close_panel(panel: Panel, *, now: datetime, early: bool = True) -> None:
    """Count the rankings, all at once, and forget who ranked how.

    Raises NotDone when closed before its day with too few rankings to show anything.
    """
    with transaction.atomic():
        locked(panel)
        experts = panel.experts.exclude(ranked_on=None)
        result = ranked(
            {one.pk: (one.words, one.why) for one in panel.trends.all()},
            list(experts.values_list("ranks", flat=True)),
        )
        if early and not result.rows:
            raise NotDone(
                _("Fewer than %(k)d have ranked: closed now, it could show nothing.")
                % {"k": K}
            )
        _move(panel, State.CLOSED, now=now, result=result.to_json(), closed_at=now)
        panel.experts.update(ranks=[], ranked_on=None, to_mail=False)


def publish(panel: Panel, *, beside: Survey | None, now: datetime) -> None:
    """Show the result to everybody. The experts' links end with it."""
    if not Result.from_json(panel.result).rows:
        raise NotDone(
            _("Fewer than %(k)d have ranked, so there is nothing to publish.")
            % {"k": K}
        )
    _move(panel, State.PUBLISHED, now=now, published_at=now, beside=beside)


def take_off(panel: Panel, *, now: datetime) -> None:
    """The page is gone from the web at once."""
    _move(panel, State.CLOSED, now=now, published_at=None)


def locked(panel: Panel) -> Panel:
    """Hold the row until the transaction ends: nobody answers while it is closed."""
    return Panel.objects.select_for_update().get(pk=panel.pk)


def _only_listing(panel: Panel) -> None:
    if locked(panel).state != State.LISTING:
        raise NotDone(_("The list can be changed only between the rounds."))


def _move(panel: Panel, to: str, *, now: datetime, **also: object) -> None:
    try:
        panel.move(to, now=now, **also)
    except (ForbiddenMove, LostRace) as error:
        raise NotDone(
            _("The panel has moved on meanwhile. Look at it once more.")
        ) from error
