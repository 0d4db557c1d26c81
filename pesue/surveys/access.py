"""Who is asked, who may ask, and who may read what was said."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.crypto import constant_time_compare

from pesue.foundation.secrets import hashed
from pesue.people.access import leads_all, only
from pesue.people.models import Member
from pesue.surveys.instruments import INSTRUMENTS
from pesue.surveys.models import Expert, Exported, Idea, Neighbour, Panel, Survey, Trend
from pesue.surveys.queries import asked_of

LONGEST_TOKEN = 60


def may_ask(member: Member) -> bool:
    """Those who lead the whole organisation."""
    return leads_all(member)


leads = only(may_ask)  # others get 403


def survey_to_answer(member: Member, survey_id: int, *, today: date) -> Survey:
    """An open survey that asks the member; 404 for others."""
    survey = get_object_or_404(asked_of(member), pk=survey_id)
    if not survey.opens <= today <= survey.closes:
        raise Http404
    return survey


def is_asked(member: Member, survey: Survey) -> bool:
    return asked_of(member).filter(pk=survey.pk).exists()


def survey_of(survey_id: int) -> Survey:
    """Results are everybody's who was asked for them: all members'."""
    return get_object_or_404(Survey, pk=survey_id)


def panel_of(member: Member, panel_id: int) -> Panel:
    """A panel, its experts and what each of them named: for leads only."""
    return get_object_or_404(_panels(member), pk=panel_id)


def expert_of(member: Member, panel_id: int, expert_id: int) -> Expert:
    panel = panel_of(member, panel_id)
    return get_object_or_404(panel.experts.select_related("panel"), pk=expert_id)


def trend_of(member: Member, panel_id: int, trend_id: int) -> Trend:
    panel = panel_of(member, panel_id)
    return get_object_or_404(panel.trends.select_related("panel"), pk=trend_id)


def idea_of(member: Member, panel_id: int, idea_id: int) -> Idea:
    panel = panel_of(member, panel_id)
    return get_object_or_404(panel.ideas.select_related("panel"), pk=idea_id)


def _panels(member: Member) -> QuerySet[Panel]:
    return Panel.objects.all() if may_ask(member) else Panel.objects.none()


def expert_by(token: str, *, today: date) -> Expert | None:
    """Whom this token lets in. None for a wrong one, and for one that is over."""
    number = token.partition("-")[0]
    if not (number.isascii() and number.isdecimal()) or len(token) > LONGEST_TOKEN:
        return None
    return expert_in(int(number), hashed(token), today=today)


def expert_in(number: int, token_hash: str, *, today: date) -> Expert | None:
    """The expert of that number whose token has this hash, while the panel has not
    been published: until then they may withdraw what they said."""
    found = Expert.objects.select_related("panel__by").filter(pk=number).first()
    if found is None:
        constant_time_compare(token_hash, hashed(""))  # as long as if there were one
        return None
    right = found.is_opened_by(token_hash)
    over = found.panel.state == Panel.State.PUBLISHED or today < found.panel.opens
    return found if right and not over else None


def published(slug: str) -> Panel:
    """What everybody may read; 404 for any other."""
    return get_object_or_404(Panel, slug=slug, state=Panel.State.PUBLISHED)


def questionnaire(name: str) -> str:
    """A ready-made one, of which figures can be compared; 404 for any other."""
    if name not in INSTRUMENTS:
        raise Http404
    return name


def export_of(member: Member, export_id: int) -> Exported:
    rows = Exported.objects.all() if may_ask(member) else Exported.objects.none()
    return get_object_or_404(rows, pk=export_id)


def neighbour_of(member: Member, neighbour_id: int) -> Neighbour:
    rows = Neighbour.objects.all() if may_ask(member) else Neighbour.objects.none()
    return get_object_or_404(rows, pk=neighbour_id)
