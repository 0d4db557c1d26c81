"""Filming in the page; all on the device until the person keeps it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from pesue.content.access import (
    own_story,
    story_for,
    video_of,
    video_to_take_off,
)
from pesue.content.actions import consent, stories, videos
from pesue.content.actions.refusals import CannotUse
from pesue.content.forms.films import FilmForm, PeopleForm
from pesue.content.models import Story
from pesue.content.queries.films import prompts_for
from pesue.foundation.trying import tried
from pesue.foundation.uploads import too_large
from pesue.people.access import MemberRequest, signed_in

A_FILM = gettext_lazy("A film of mine")


@require_POST
@signed_in
def film_new(request: MemberRequest) -> HttpResponse:
    """A draft to film for; its title can wait."""
    draft = stories.begin_story(request.user, title=str(A_FILM), now=now())
    return redirect("story-film", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def film(request: MemberRequest, story_id: int) -> HttpResponse:
    """The kit: prompts, camera, cut, captions, who is in it."""
    story = own_story(request.user, story_id)
    if story.state != Story.State.DRAFT:
        return redirect("story", story.pk)
    if request.method != "POST":
        return _page(request, story, FilmForm(story))
    form = FilmForm(story, request.POST, request.FILES)
    if form.is_valid() and _keep(request, story, form):
        return redirect("story", story.pk)
    return _page(request, story, form)


def _keep(request: MemberRequest, story: Story, form: FilmForm) -> bool:
    """Keep what was given; False once the form says what is wrong."""
    upload = request.FILES.get("video_file")
    try:
        if too_large(request):
            raise CannotUse("large file", megabytes=form.most_megabytes)
        if upload is not None:
            videos.add_video(story, upload, form.told(), cut=form.cut(), now=now())
        elif form.kept:
            videos.tell_of(form.kept, form.told())
        else:
            form.add_error("video_file", _("Film something first, or choose a video."))
            return False
    except CannotUse as refusal:
        form.add_error("video_file", str(refusal))
        return False
    stories.rename(story, form.cleaned_data["title"])
    return True


def _page(request: MemberRequest, story: Story, form: FilmForm) -> HttpResponse:
    context = {
        "story": story,
        "form": form,
        "prompts": prompts_for(story, request.user.language),
        "most": settings.MOST_UPLOAD_BYTES,
    }
    status = 422 if form.errors else 200
    return render(request, "content/film.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def film_people(request: MemberRequest, story_id: int) -> HttpResponse:
    """Who is in a video: the author says it, at any time."""
    video = video_to_take_off(request.user, story_id)
    mine = video.story.author_id == request.user.pk
    if request.method == "POST" and not mine:
        raise Http404
    form = PeopleForm(video, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        consent.say_who(video, *form.said())
        messages.success(request, _("Thank you. So it is kept."))
        return redirect("story", story_id)
    context = {"video": video, "story": video.story, "form": form, "mine": mine}
    status = 422 if form.errors else 200
    return render(request, "content/film_people.html", context, status=status)


@require_POST
@signed_in
def film_off(request: MemberRequest, story_id: int) -> HttpResponse:
    """Somebody in it changed their mind: by the author, or who looks after it."""
    video = video_to_take_off(request.user, story_id)
    said = _("The video is off, and its file is deleted.")
    tried(request, lambda: consent.take_off(video, by=request.user, now=now()), said)
    story = video.story
    story.refresh_from_db()
    hidden = story.state in (Story.State.DRAFT, Story.State.WITHDRAWN)
    mine = story.author_id == request.user.pk
    return redirect("inbox") if hidden and not mine else redirect("story", story_id)


@require_safe
@signed_in
def captions(request: MemberRequest, story_id: int) -> HttpResponse:
    """The captions of a story's video that one may see."""
    video = video_of(story_for(request.user, story_id))
    if video is None or not video.captions:
        raise Http404
    answer = HttpResponse(video.captions, content_type="text/vtt; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{video.story_id}.vtt"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
