from copy import copy

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from pesue.content.access import own_story, prompt_of, saved_text
from pesue.content.actions import pictures, videos
from pesue.content.actions import stories as actions
from pesue.content.actions.refusals import CannotUse, ChangedElsewhere
from pesue.content.forms import StoryForm
from pesue.content.forms.stories import NEW_PICTURES
from pesue.content.models import Story
from pesue.foundation.moves import ForbiddenMove, LostRace
from pesue.foundation.uploads import too_large
from pesue.people.access import MemberRequest, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def story_new(request: MemberRequest) -> HttpResponse:
    """An empty page to write on; saving it makes a draft."""
    if request.method != "POST":
        blank = Story(language=request.user.language)
        known = {"concept": request.GET.get("concept", "")}
        return _page(request, StoryForm(instance=blank, initial=known))
    form = StoryForm(request.POST, instance=Story())
    if not form.is_valid():
        return _page(request, form)
    draft = actions.begin_story(request.user, title=form.words().title, now=now())
    return _saved(request, draft, edition=draft.edition)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def story_edit(request: MemberRequest, story_id: int) -> HttpResponse:
    """My draft; everything on one page."""
    story = own_story(request.user, story_id)
    if story.state != Story.State.DRAFT and request.method != "POST":
        return redirect("story", story.pk)
    if request.method != "POST":
        return _page(request, StoryForm(instance=story))
    return _saved(request, story)


def _saved(
    request: MemberRequest, story: Story, edition: int | None = None
) -> HttpResponse:
    form = StoryForm(request.POST, instance=copy(story))
    if not form.is_valid():
        return _page(request, form)
    try:
        at = form.cleaned_data["edition"] if edition is None else edition
        actions.save_story(story, form.words(), edition=at)
    except ChangedElsewhere as refusal:
        form.again().add_error(None, str(refusal))
        return _page(request, form)
    _take_away(story, form)
    troubles = _take_files(request, story, form)
    if troubles:
        # The words are saved: show them from the draft, with what went wrong.
        return _page(request, StoryForm(instance=story), troubles)
    if "send" in request.POST:
        try:
            actions.send(story, now=now())
        except actions.NotReady as refusal:
            return _page(request, StoryForm(instance=story), [str(refusal)])
        except (ForbiddenMove, LostRace):
            pass  # sent already: the page shows how it stands
    return redirect("story", story.pk)


def _take_away(story: Story, form: StoryForm) -> None:
    story.pictures.filter(pk__in=form.unwanted()).delete()
    if form.cleaned_data["without_video"]:
        videos.remove_video(story)


def _take_files(request: MemberRequest, story: Story, form: StoryForm) -> list[str]:
    """Keep the uploads; returns what was wrong with those that cannot be used."""
    given = form.cleaned_data
    troubles = []
    large = too_large(request)
    if large:
        troubles.append(str(CannotUse("large file", megabytes=form.most_megabytes())))
    for n in range(NEW_PICTURES):
        upload = request.FILES.get(f"picture_{n}")
        if upload is None:
            continue
        try:
            if (upload.size or 0) > pictures.MOST_BYTES:
                raise CannotUse("huge picture")
            pictures.store_picture(
                upload.read(),
                alt=given[f"picture_alt_{n}"],
                people=given[f"picture_people_{n}"],
                by=request.user,
                story=story,
            )
        except CannotUse as refusal:
            troubles.append(str(refusal))
    upload = request.FILES.get("video_file")
    if upload is not None:
        try:
            videos.add_video(story, upload, form.told(), now=now())
        except CannotUse as refusal:
            troubles.append(str(refusal))
    return troubles


def _page(
    request: MemberRequest, form: StoryForm, troubles: list[str] | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "story": form.instance,
        "troubles": troubles or [],
        "prompt": prompt_of(request.GET.get("prompt", "")),
        "saved_text": saved_text(form.instance) if form.non_field_errors() else "",
    }
    return render(request, "content/story_edit.html", context)
