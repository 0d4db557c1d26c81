"""E-mail: a letter in the person's own mail program."""

from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from pesue.sharing.channels import base

MAILTO = "https://www.rfc-editor.org/rfc/rfc6068"


class Email(base.Channel):
    key = "email"
    name = _("E-mail")
    ways = (base.Way.INTENT, base.Way.COPY)
    intent_source = MAILTO
    intent_most = 1900  # Windows and Outlook cut longer addresses
    terms = (
        base.Term(
            base.About.PREFILL, True, "The address takes subject and text.", MAILTO
        ),
    )

    def intent(self, post: base.Post, server: str = "") -> str | None:
        """RFC 6068: lines end with CRLF."""
        text = self.says(post)
        body = "\r\n".join(text.splitlines())
        title = post.title or text.partition("\n")[0][:100]
        url = f"mailto:?subject={quote(title, safe='')}&body={quote(body, safe='')}"
        return url if len(url) <= self.intent_most else None
