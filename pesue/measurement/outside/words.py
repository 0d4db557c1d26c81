"""Why a file or a line was not understood, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "workbook": _(
        "This is a workbook or a packed file, not a CSV file. Unpack it, or open it, "
        "choose Save as, and then CSV."
    ),
    "packed": _(
        "This is a packed file that holds no server log. Unpack it, and bring what is "
        "in it."
    ),
    "broken": _("The packed file is damaged. Bring it once more."),
    "encoding": _(
        "We cannot tell which letters the file is written in. Save it as CSV UTF-8."
    ),
    "nul": _(
        "The file holds bytes that are not text. Save it again as CSV UTF-8 from the "
        "program that made it."
    ),
    "line": _("Line {about} is longer than any line of numbers. Is it the right file?"),
    "quote": _("A quotation mark is not closed before line {about}. Close it."),
    "header": _(
        "We did not find a line that names the columns we need. The file begins with: "
        "{about}"
    ),
    "empty": _("There is nothing in this file that we could keep."),
    "ambiguous": _(
        "We cannot tell which number is the month in {about}. Write days as 2026-03-04."
    ),
    "mixed": _(
        "Some days begin with the day and others with the month, as in {about}. Write "
        "days as 2026-03-04."
    ),
    "no day": _(
        "The file does not say of which day it is. Fill in the day, or export day by "
        "day with a column for it."
    ),
    "no site": _(
        "The file names pages without their site. Fill in the site's address."
    ),
    "no channel": _(
        "The file does not name the channel. Fill it in, or add a column for it."
    ),
    "no browser": _(
        "This log does not tell which browser came, so robots cannot be left out. "
        "Write the log in the “combined” format."
    ),
    "edges": _(
        "The log has only a first and a last day, which may not be whole. Put several "
        "logs together, or say that it begins and ends at midnight."
    ),
    "large": _(
        "Unpacked, this is too much for a page. On the server, use: pesue visits "
        "import FILE"
    ),
    "personal column": _(
        "The column “{about}” seems to hold something about people. We keep counts "
        "only: take such columns out, and bring the file again."
    ),
    "personal": _(
        "Line {about} holds an e-mail or network address. We keep counts only: take "
        "such columns out, and bring the file again."
    ),
    "gone": _("The file is gone from this computer. Bring it once more."),
}
PROBLEMS = {
    "day": _("not a day: {about}"),
    "future": _("this day has not been yet: {about}"),
    "number": _("not a whole number: {about}"),
    "address": _("not an address of a page: {about}"),
    "twice": _("the same stands on line {about}"),
    "kind": _(
        "we do not know this kind: {about}. Write application, lead, ticket or "
        "purchase."
    ),
    "id": _("no id of a link: {about}"),
    "channel": _("no channel, or too long a name: {about}"),
    "shape": _("not a line of a server log: {about}"),
    "personal": _("the address holds an e-mail address; it was left out"),
    "nothing": _("no number at all"),
    "unknown link": _("none of our links has this id: {about}"),
    "early": _("our link was made after that day: {about}"),
    "key": _("give it an idempotency_key of its own, of 1 to 100 characters"),
    "other": _(
        "this idempotency_key came before with something else; it was not counted again"
    ),
}
CALLS = {
    "token": _("No system has this access key, or it has been ended."),
    "often": _("Too many calls. Wait a minute; put several outcomes into one."),
    "large": _("The call is too large. Send at most 100 outcomes in it."),
    "length": _("Say how long the call is: send it with a Content-Length."),
    "json": _("The body is not JSON."),
    "shape": _(
        "The body must be an object with a list “outcomes”, and each outcome an object."
    ),
    "many": _("Send from 1 to 100 outcomes in a call. There are {about}."),
    "field": _(
        "We do not ask for “{about}”. We keep counts only, and nothing was kept of "
        "this call."
    ),
    "missing": _("Something is missing in outcome {about}. Nothing was kept."),
    "personal": _(
        "Outcome {about} holds an e-mail or network address. We keep counts only, and "
        "nothing was kept of this call."
    ),
}
LEFT_OUT = {
    "robots": _("requests by robots"),
    "others": _("requests that were not for a page, or did not find one"),
    "totals": _("lines with totals"),
    "headings": _("headings that stand again"),
    "groups": _("lines for folders or “others”, which are no page"),
    "edges": _("visits on the first or last day of the log"),
    "unknown links": _("lines whose id is none of our links"),
    "early": _("lines of a day before the link was made"),
}
