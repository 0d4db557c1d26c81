from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.people.models import Member


class Lesson(models.Model):
    """The organisation's own wording of a lesson, in place of the package's."""

    HELD = Held(_("so that a lesson has somebody to ask"), timedelta(0), "unname")

    course = models.CharField(max_length=20)
    lesson = models.CharField(max_length=40)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField(max_length=20_000)  # Markdown
    base = models.CharField(max_length=64, blank=True)  # edition of the package's text
    changed_at = models.DateTimeField()
    by = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "lesson", "language"], name="one_wording_of_a_lesson"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course}/{self.lesson}.{self.language}"


class Attempt(models.Model):
    """A lesson finished, or a question tried. The member's own; nobody else's."""

    HELD = Held(_("so that you can go on where you were"), timedelta(0), "erase")

    member = models.ForeignKey(Member, models.CASCADE, related_name="attempts")
    course = models.CharField(max_length=20)
    lesson = models.CharField(max_length=40)
    question = models.CharField(max_length=40, blank=True)  # empty: lesson finished
    right = models.BooleanField(default=True)
    at = models.DateTimeField()
    once = models.CharField(max_length=80)  # made where it was tried, perhaps offline

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "once"], name="an_attempt_is_kept_once"
            )
        ]
        indexes = [models.Index(fields=["member", "course"], name="attempts_of")]

    def __str__(self) -> str:
        return f"{self.course}/{self.lesson} {self.question}"


class Certificate(models.Model):
    """That a member has been through a course; shown only by the member's wish."""

    HELD = Held(_("so that you can show that you took it"), timedelta(0), "erase")

    member = models.ForeignKey(Member, models.CASCADE, related_name="certificates")
    course = models.CharField(max_length=20)
    code = models.CharField(max_length=32, unique=True)  # of its public address
    at = models.DateTimeField()
    public = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "course"], name="one_certificate_of_a_course"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.code}"
