"""Reddit: the submit page; each community has rules of its own."""

from pesue.sharing.channels import base

SUBMIT = "https://www.reddit.com/dev/api/#POST_api_submit"


class Reddit(base.Channel):
    key = "reddit"
    name = "Reddit"
    ways = (base.Way.INTENT, base.Way.COPY)
    text_limit = base.Limit(40_000, "characters", SUBMIT, common=True)
    home = "https://www.reddit.com/submit"
    intent_source = SUBMIT
    terms = (
        base.Term(
            base.About.PREFILL,
            True,
            "The submit page takes a title with a link or a text. Read the "
            "community's rule on self-promotion first.",
            SUBMIT,
            common=True,
        ),
    )

    def intent(self, post: base.Post, server: str = "") -> str | None:
        text = self.says(post)
        title = (post.title or text.partition("\n")[0])[:300]
        return self.filled(
            "https://www.reddit.com/submit",
            selftext="true",
            title=title,
            text=text,
        )
