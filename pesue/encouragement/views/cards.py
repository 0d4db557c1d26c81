"""A month of what one's words did, as a page and as a picture to keep."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pesue.encouragement.access import recognition as access
from pesue.encouragement.card import drawn
from pesue.encouragement.messages import cards as words
from pesue.people.access import MemberRequest, house, signed_in


@require_safe
@signed_in
def card(request: MemberRequest, card_id: int) -> HttpResponse:
    found = access.own_card(request.user, card_id)
    context = {"card": found, "said": words.lettering(found, house().name)}
    return render(request, "encouragement/card.html", context)


@require_safe
@signed_in
def card_picture(request: MemberRequest, card_id: int) -> HttpResponse:
    """PNG, in the language of the page that shows it."""
    found, ours = access.own_card(request.user, card_id), house()
    body = drawn(words.lettering(found, ours.name), ours.accent)
    answer = HttpResponse(body, content_type="image/png")
    way = "attachment" if "keep" in request.GET else "inline"
    name = f"pesue-{found.month:%Y-%m}.png"
    answer["Content-Disposition"] = f'{way}; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
