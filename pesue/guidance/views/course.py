"""The organisation's own wording of the lessons; for leads."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pesue.guidance import access
from pesue.guidance.actions import course as actions
from pesue.guidance.course import files
from pesue.guidance.course.names import NAMES
from pesue.guidance.differences import by_lines
from pesue.guidance.forms.course import WordingForm
from pesue.guidance.queries import course as queries
from pesue.guidance.queries.material import filled, material
from pesue.people.access import MemberRequest


@require_safe
@access.writers
def wordings(request: MemberRequest) -> HttpResponse:
    """All lessons, and which have words of our own."""
    grouped = groupby(queries.worded(), key=lambda row: row.course)
    context = {"courses": [(NAMES[course], list(rows)) for course, rows in grouped]}
    return render(request, "guidance/course/wordings.html", context)


@access.writers
def wording(
    request: MemberRequest, course: str, lesson: str, language: str
) -> HttpResponse:
    """Write a lesson anew, look at it, keep it, or go back to the package's."""
    own = access.lesson_to_word(course, lesson, language)
    package = files.text(course, lesson, language)
    if "back" in request.POST:
        actions.unword(course, lesson, language)
        messages.success(request, _("The package's words are read again."))
        return redirect("course-wordings")
    form = WordingForm(
        request.POST or None, initial={"text": own.text if own else package}
    )
    text = own.text if own else package
    if form.is_valid():
        text = form.cleaned_data["text"]
        if "keep" in request.POST:
            actions.word(request.user, course, lesson, language, text, now=now())
            messages.success(request, _("Kept. It is read so from now on."))
            return redirect("course-wordings")
    around = material(request.user, now=now())
    preview = None if form.errors else filled(queries.read_or(text, package), around)
    context = {
        "form": form,
        "language": language,
        "name": NAMES[course],
        "wording": own,
        "behind": bool(own and own.base != files.edition(package)),
        "changes": by_lines(package, text),
        "text": preview,
        "own": around,
    }
    status = 422 if form.errors else 200
    return render(request, "guidance/course/wording.html", context, status=status)
