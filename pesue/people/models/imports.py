from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from pesue.foundation.held import Held
from pesue.foundation.moves import Stateful
from pesue.people.models.members import Member

REFUSALS = {
    "workbook": _(
        "This is a workbook, not a CSV file. Open it, choose Save as, and then CSV."
    ),
    "encoding": _(
        "We cannot tell which letters the file is written in. Save it as CSV UTF-8."
    ),
    "nul": _(
        "The file holds bytes that are not text. Save it again as CSV UTF-8 from the "
        "program that made it."
    ),
    "line": _(
        "Line {about} is longer than any list of people needs. Is this the right file?"
    ),
    "quote": _("A quotation mark is not closed before line {about}. Close it."),
    "header": _(
        "The first line must name the columns, among them the e-mail address. It is: "
        "{about}"
    ),
    "empty": _("There is nobody in this file."),
    "gone": _("The file is gone from this computer. Bring it once more."),
}
PROBLEMS = {
    "no email": _("no e-mail address"),
    "bad email": _("{about} is not an e-mail address"),
    "no name": _("no name"),
    "long": _("too long: {about}"),
    "language": _("we do not know the language {about}; write fi, sv or en"),
    "twice": _("the same address is on line {about}"),
    "left": _("has left; bring them back on their own page"),
}


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

    @property
    def why(self) -> str:
        """Why it was refused and what to do; empty when it was not."""
        words = REFUSALS.get(self.reason)
        return str(words).format(about=self.about) if words else ""

    @property
    def state_words(self) -> str:
        return str(self.State(self.state).label)

    @property
    def is_at_work(self) -> bool:
        return self.state in (self.State.UPLOADED, self.State.CONFIRMED)

    @property
    def good(self) -> int:
        return self.rows - self.bad


class ImportRow(models.Model):
    """One line of an import, read and judged; gone when the import is over."""

    HELD = Held(_("to show what a list would do"), timedelta(0), "erase")

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

    @property
    def why(self) -> str:
        """What is wrong with the line; empty when nothing is."""
        words = PROBLEMS.get(self.problem)
        return str(words).format(about=self.about) if words else ""
