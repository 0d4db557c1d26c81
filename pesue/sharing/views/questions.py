"""One question a screen: made for a thumb, or for the keyboard's microphone."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pesue.content.models import Item
from pesue.people.access import MemberRequest, signed_in
from pesue.people.models import Member
from pesue.sharing import access
from pesue.sharing.actions.questions import answer
from pesue.sharing.actions.settling import NotDone
from pesue.sharing.actions.writing import Left
from pesue.sharing.forms import ReplyForm
from pesue.sharing.models import Share
from pesue.sharing.queries.questions import Sheet, sheet

KEPT = "answering"  # in the session: what was typed when it had ended
MOST_KEPT = 5000  # characters


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, item_id: int, number: int = 0) -> HttpResponseBase:
    """A question of an item. Typed words outlive the end of a session, too."""
    if not isinstance(request.user, Member):
        if request.method == "POST":
            typed = request.POST.get("text", "")[:MOST_KEPT]
            request.session[KEPT] = [request.path, typed]
        return redirect_to_login(request.get_full_path())
    return _question(request, item_id, number)


@signed_in
def _question(request: MemberRequest, item_id: int, number: int) -> HttpResponse:
    item, draft = access.item_to_compose(request.user, item_id)
    asked = sheet(item, request.user, draft, number)
    if asked is None:
        raise Http404
    if number == 0:
        return redirect("compose-question", item.pk, asked.number)
    if request.method != "POST":
        return _page(request, item, asked, ReplyForm(initial={"text": asked.text}))
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, item, asked, form, status=422)
    return _answered(request, item, draft, asked, form)


def _answered(
    request: MemberRequest,
    item: Item,
    draft: Share | None,
    asked: Sheet,
    form: ReplyForm,
) -> HttpResponse:
    """Save, and on to where the pressed button leads."""
    what, text = request.POST.get("do", "next"), form.cleaned_data["text"]
    if text.strip() or what != "skip":
        try:
            draft = answer(request.user, item, draft, asked, text, now=now())
        except Left as left:
            return redirect("share", left.share.pk)
        except NotDone as refusal:
            messages.error(request, str(refusal))
            return _page(request, item, asked, form, status=422)
    if what == "voice":
        return redirect("compose-voice", item.pk)
    to = asked.number + (-1 if what == "back" else 1)
    if what == "end" or not 1 <= to <= len(asked.questions):
        if draft and draft.text:
            messages.success(request, _("Here is your draft, in your own words."))
        return redirect("compose", item.pk)
    return redirect("compose-question", item.pk, to)


def _page(
    request: MemberRequest,
    item: Item,
    asked: Sheet,
    form: ReplyForm,
    *,
    status: int = 200,
) -> HttpResponse:
    path, typed = request.session.pop(KEPT, None) or ["", ""]
    if path == request.path and typed and not form.is_bound:
        form = ReplyForm(initial={"text": typed})
    form.fields["text"].widget.attrs["lang"] = asked.language
    context = {"item": item, "sheet": asked, "form": form}
    return render(request, "sharing/question.html", context, status=status)
