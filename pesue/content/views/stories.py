from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pesue.content.access import (
    may_review,
    own_stories,
    own_story,
    story_for,
    story_to_review,
    video_of,
)
from pesue.content.actions import stories as actions
from pesue.content.models import Story
from pesue.foundation.trying import tried
from pesue.people.access import MemberRequest, signed_in


@require_safe
@signed_in
def stories(request: MemberRequest) -> HttpResponse:
    """My stories, the latest first."""
    pages = Paginator(own_stories(request.user).order_by("-pk"), 20)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "content/stories.html", {"page": page})


@require_safe
@signed_in
def story(request: MemberRequest, story_id: int) -> HttpResponse:
    """One story: its author's, or one that waits for my look."""
    found = story_for(request.user, story_id)
    context = {
        "story": found,
        "pictures": found.pictures.all(),
        "video": video_of(found),
        "mine": found.author_id == request.user.pk,
        "may_take_off": may_review(request.user, found),
        "to_review": found.state == Story.State.SENT
        and may_review(request.user, found),
    }
    return render(request, "content/story.html", context)


def _tried(
    request: MemberRequest, story: Story, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do one thing with a story, say how it went, and show it."""
    tried(request, act, said, actions.NotReady)
    return redirect("story", story.pk)


@require_POST
@signed_in
def story_send(request: MemberRequest, story_id: int) -> HttpResponse:
    mine = own_story(request.user, story_id)
    said = _("Sent. Someone reads it soon, and you will see here what they say.")
    return _tried(request, mine, lambda: actions.send(mine, now=now()), said)


@require_POST
@signed_in
def story_take_back(request: MemberRequest, story_id: int) -> HttpResponse:
    mine = own_story(request.user, story_id)
    said = _("It is yours again: go on writing.")
    return _tried(request, mine, lambda: actions.take_back(mine, now=now()), said)


@require_POST
@signed_in
def story_withdraw(request: MemberRequest, story_id: int) -> HttpResponse:
    mine = own_story(request.user, story_id)
    said = _("Withdrawn. Your words stay here with you.")
    return _tried(request, mine, lambda: actions.withdraw(mine, now=now()), said)


@require_POST
@signed_in
def story_show(request: MemberRequest, story_id: int) -> HttpResponse:
    """The author's yes or no to a page on the web."""
    mine = own_story(request.user, story_id)
    public = request.POST.get("public") == "yes"
    said = _("Everybody can read it now.") if public else _("It is off the web.")
    return _tried(request, mine, lambda: actions.show_to_all(mine, public=public), said)


@require_POST
@signed_in
def story_accept(request: MemberRequest, story_id: int) -> HttpResponse:
    found = story_to_review(request.user, story_id)
    return _tried(
        request,
        found,
        lambda: actions.accept_story(found, by=request.user, now=now()),
        _("It is in the library."),
    )


@require_POST
@signed_in
def story_return(request: MemberRequest, story_id: int) -> HttpResponse:
    found = story_to_review(request.user, story_id)
    note = request.POST.get("note", "")[:2000]
    return _tried(
        request,
        found,
        lambda: actions.send_back(found, note=note, by=request.user, now=now()),
        _("Sent back with your note."),
    )
