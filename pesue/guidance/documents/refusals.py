from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "empty": _("There is no text in this file. Choose another, or paste the text."),
    "large": _("This file is larger than 30 MB. Bring the part that guides people."),
    "binary": _(
        "This is not a text. Bring a PDF, a Word file (docx), a web page or plain text."
    ),
    "old office": _(
        "This is an old Word file (doc). Open it in Word or LibreOffice, choose Save "
        "as, and the type Word document (docx)."
    ),
    "locked office": _(
        "This file has a password. Save it as docx without one, or paste the text."
    ),
    "rtf": _(
        "This is a rich text file (rtf). Open it in Word or LibreOffice, choose Save "
        "as, and the type Word document (docx)."
    ),
    "odt": _(
        "This is a file of LibreOffice (odt). Open it there, choose Save as, and the "
        "type Word document (docx)."
    ),
    "broken": _("This file is broken. Save it anew, or paste the text."),
    "broken docx": _(
        "This Word file is broken. Open it in your word processor, save it anew, or "
        "paste the text."
    ),
    "bomb": _(
        "This file unpacks to far more than a guideline holds, so it was not opened. "
        "Save it anew, or paste the text."
    ),
    "not docx": _("This is a packed file, but no Word file (docx). Bring the text."),
    "broken pdf": _(
        "This PDF is broken. Print it to a new PDF, bring the original file, or paste "
        "the text."
    ),
    "locked pdf": _("This PDF has a password. Save it without one, or paste the text."),
    "scanned": _(
        "This PDF is a picture of text: there are no words in it to read. Bring the "
        "original file, or paste the text."
    ),
    "long pdf": _(
        "This PDF has %(pages)d pages; we read at most %(most)d. Bring the part that "
        "guides people."
    ),
    "slow": _("This file took too long to read. Save it anew, or paste the text."),
}


class Unreadable(Exception):
    """The document cannot be read. The text says why, and what to do."""

    def __init__(self, reason: str, **about: int) -> None:
        super().__init__(reason)
        self.reason, self.about = reason, about

    def __str__(self) -> str:
        return str(REASONS[self.reason]) % self.about
