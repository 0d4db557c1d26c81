"""X: its web intent. Its API costs $0.20 for each post with an address."""

from pesue.sharing.channels import base, counting

INTENT = "https://docs.x.com/x-for-websites/post-button/guides/web-intent"
POLICY = "https://docs.x.com/developer-terms/policy"


class X(base.Channel):
    key = "x"
    name = "X"
    ways = (base.Way.INTENT, base.Way.SHEET, base.Way.COPY)
    text_limit = base.Limit(
        280,
        "weighted characters",
        "https://docs.x.com/fundamentals/counting-characters",
    )
    pictures_limit = base.Limit(
        4, "pictures", "https://docs.x.com/x-api/media/introduction", common=True
    )
    home = "https://x.com/compose/post"
    intent_source = INTENT
    terms = (
        base.Term(
            base.About.PREFILL,
            True,
            "The intent takes text and link; the person can change both.",
            INTENT,
        ),
        base.Term(
            base.About.REWARD,
            False,
            "Nobody may be compensated, in money or virtually, for acts on X.",
            POLICY,
        ),
        base.Term(
            base.About.SAME_TEXT,
            False,
            "Identical or substantially similar content across accounts is forbidden.",
            POLICY,
        ),
    )

    def length(self, text: str) -> int:
        return counting.x_weight(text)

    def intent(self, post: base.Post, server: str = "") -> str | None:
        return self.filled("https://x.com/intent/tweet", text=self.says(post))
