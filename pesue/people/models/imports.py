from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.people.models.members import Member


class PeopleImport(Stateful):
    """A list of people that somebody brought; worked through in batches."""

    HELD = Held(_("to know who imported which list"), timedelta(days=30), "unname")

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("being read")
        CHECKED = "checked", _("waiting for your yes")
        CONFIRMED = "confirmed", _("being imported")
        DONE = "done", _("imported")
        REFUSED = "refused", _("could not be read")
        WITHDRAWN = "withdrawn", _("not imported")

    MOVES = {
        State.UPLOADED: frozenset({State.CHECKED, State.REFUSED, State.WITHDRAWN}),
        State.CHECKED: frozenset({State.CONFIRMED, State.WITHDRAWN}),
        State.CONFIRMED: frozenset({State.DONE}),
        State.DONE: frozenset[str](),
        State.REFUSED: frozenset[str](),
        State.WITHDRAWN: frozenset[str](),
    }

    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)  # of the file, as it was called
    file = models.CharField(max_length=100)  # under DATA/uploads
    size = models.PositiveBigIntegerField()  # bytes
    read = models.PositiveBigIntegerField(default=0)  # bytes of it, about
    rows = models.PositiveIntegerField(default=0)  # checked so far
    bad = models.PositiveIntegerField(default=0)  # of them cannot be imported
    imported = models.PositiveIntegerField(default=0)  # number of the last row taken
    added = models.PositiveIntegerField(default=0)  # new members
    changed = models.PositiveIntegerField(default=0)  # known members
    invite = models.BooleanField(
        _("send each new person an invitation by e-mail"), default=False
    )
    encoding = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=20, blank=True)  # key of tables.REFUSALS
    about = models.CharField(max_length=200, blank=True)  # fills its sentence
    # A worker holds it until then; if the worker dies, another goes on.
    taken_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "id"], name="imports_by_state")]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """One line of an import, read and judged; gone when the import is over."""

    class Kind(models.TextChoices):
        NEW = "new", _("new")
        KNOWN = "known", _("already a member")
        BAD = "bad", _("cannot be imported")

    batch = models.ForeignKey(PeopleImport, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()  # of the row, the header not counted
    line = models.PositiveIntegerField()  # in the file, as an editor shows it
    kind = models.CharField(max_length=8, choices=Kind)
    email = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=100, blank=True)
    team = models.CharField(max_length=500, blank=True)  # "Parent / Child"
    language = models.CharField(max_length=2, blank=True)
    problem = models.CharField(max_length=20, blank=True)  # key of tables.PROBLEMS
    about = models.CharField(max_length=200, blank=True)  # fills its sentence

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "number"], name="a_line_is_read_once"
            )
        ]
        indexes = [
            models.Index(fields=["batch", "email"], name="import_rows_by_email"),
            models.Index(fields=["batch", "kind", "number"], name="import_rows_shown"),
        ]

    def __str__(self) -> str:
        return f"line {self.line} of import {self.batch_id}"
