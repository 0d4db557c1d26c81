"""WhatsApp: click to chat; the person chooses to whom."""

from pesue.sharing.channels import base, counting

CHAT = "https://faq.whatsapp.com/5913398998672934"


class WhatsApp(base.Channel):
    key = "whatsapp"
    name = "WhatsApp"
    ways = (base.Way.INTENT, base.Way.SHEET, base.Way.COPY)
    text_limit = base.Limit(65_000, "UTF-16 units", CHAT, common=True)
    home = "https://web.whatsapp.com/"
    intent_source = CHAT
    intent_most = 2000
    terms = (
        base.Term(
            base.About.PREFILL,
            True,
            "The address takes the text; it travels up to about 2,000 characters.",
            CHAT,
            common=True,
        ),
    )

    def length(self, text: str) -> int:
        return counting.utf16(text)

    def intent(self, post: base.Post, server: str = "") -> str | None:
        return self.filled("https://wa.me/", text=self.says(post))
