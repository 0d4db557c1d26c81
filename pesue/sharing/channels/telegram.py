"""Telegram: the share address; the person chooses to whom."""

from pesue.sharing.channels import base, counting

SHARE = "https://core.telegram.org/widgets/share"


class Telegram(base.Channel):
    key = "telegram"
    name = "Telegram"
    ways = (base.Way.INTENT, base.Way.SHEET, base.Way.COPY)
    text_limit = base.Limit(
        4096, "UTF-16 units", "https://core.telegram.org/bots/api#sendmessage"
    )
    home = "https://web.telegram.org/"
    intent_source = SHARE
    terms = (
        base.Term(
            base.About.PREFILL,
            True,
            "The address takes link and text.",
            SHARE,
            common=True,
        ),
    )

    def length(self, text: str) -> int:
        return counting.utf16(text)

    def intent(self, post: base.Post, server: str = "") -> str | None:
        """The link stands first; the words follow it."""
        if not post.link:
            return None  # the address does not work without one
        words = post.text.replace(post.link, "").strip()
        return self.filled("https://t.me/share/url", url=post.link, text=words)
