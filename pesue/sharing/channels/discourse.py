"""Discourse: a forum's new-topic page, filled."""

from pesue.sharing.channels import base

LINK = (
    "https://meta.discourse.org/t/"
    "create-a-link-to-start-a-new-topic-with-pre-filled-information/28074"
)


class Discourse(base.Channel):
    key = "discourse"
    name = "Discourse"
    ways = (base.Way.INTENT, base.Way.COPY)
    text_limit = base.Limit(32_000, "characters", LINK, common=True)
    intent_source = LINK
    needs_server = True
    terms = (
        base.Term(
            base.About.PREFILL,
            True,
            "The page takes title, text, category and tags.",
            LINK,
            common=True,
        ),
    )

    def intent(self, post: base.Post, server: str = "") -> str | None:
        if not server:
            return None
        text = self.says(post)
        title = post.title or text.partition("\n")[0][:255]
        return self.filled(f"{server}/new-topic", title=title, body=text)

    def opens(self, server: str = "") -> str:
        return server
