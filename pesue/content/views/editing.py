from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from pesue.content import actions
from pesue.content.access import CURATES, item_to_curate, kept_picture, team_for
from pesue.content.actions.reading import page_at
from pesue.content.forms import ItemForm
from pesue.content.models import Item
from pesue.foundation.http import Unfetchable
from pesue.foundation.moves import LostRace
from pesue.people.access import MemberRequest, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*CURATES)
def item_edit(request: MemberRequest, item_id: int) -> HttpResponse:
    """The whole card on one page; saving saves all of it."""
    item = item_to_curate(request.user, item_id)
    form = ItemForm(
        request.POST or None,
        request.FILES or None,
        instance=item,
        curator=request.user,
    )
    if request.method != "POST":
        return _page(request, form, item)
    return _saved(request, form, item)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*CURATES)
def item_new(request: MemberRequest) -> HttpResponse:
    """A card by hand; ?url= fills it from that page."""
    item = Item(language=request.user.language, team=team_for(request.user))
    if request.method != "POST":
        initial, trouble = _from_page(request.GET.get("url", ""))
        form = ItemForm(instance=item, curator=request.user, initial=initial)
        return _page(request, form, item, trouble)
    form = ItemForm(
        request.POST, request.FILES or None, instance=item, curator=request.user
    )
    return _saved(request, form, item)


def _from_page(url: str) -> tuple[dict[str, str], str]:
    if not url:
        return {}, ""
    try:
        page = page_at(url, seconds=10)
    except Unfetchable as error:
        return {"url": url}, str(error)
    found = {"url": page.url, "title": page.title, "summary": page.summary}
    known = page.language if page.language in {"fi", "sv", "en"} else ""
    return {**found, **({"language": known} if known else {})}, ""


def _saved(request: MemberRequest, form: ItemForm, item: Item) -> HttpResponse:
    trouble = _take_picture(request, form)
    if trouble or not form.is_valid():
        return _page(request, form, item, trouble)
    try:
        saved = actions.save_item(form.save(commit=False), form.card(), now=now())
        if "accept" in request.POST and saved.state != Item.State.READY:
            actions.accept(saved, now=now())
    except actions.ChangedElsewhere as refusal:
        return _page(request, form.again(), item, str(refusal))
    except LostRace:
        pass  # whoever was faster: the page shows how it stands
    return redirect(saved)


def _take_picture(request: MemberRequest, form: ItemForm) -> str:
    """Keep an uploaded picture at once, so that a mistake elsewhere loses nothing."""
    upload = request.FILES.get("picture_file")
    if upload is None:
        return ""
    try:
        if (upload.size or 0) > 20_000_000:
            raise actions.CannotUse("huge picture")
        picture = actions.store_picture(upload.read(), by=request.user)
    except actions.CannotUse as refusal:
        return str(refusal)
    form.keep_picture(picture)
    return ""


def _page(
    request: MemberRequest, form: ItemForm, item: Item, trouble: str = ""
) -> HttpResponse:
    picture = kept_picture(request.user, item, form["kept_picture"].value())
    context = {"form": form, "item": item, "trouble": trouble, "picture": picture}
    return render(request, "content/item_edit.html", context)
