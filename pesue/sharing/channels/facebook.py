"""Facebook: the share dialog takes the link; the words are the person's to paste."""

from pesue.sharing.channels import base

SHARING = "https://developers.facebook.com/docs/sharing/webmasters"


class Facebook(base.Channel):
    key = "facebook"
    name = "Facebook"
    ways = (base.Way.INTENT, base.Way.SHEET, base.Way.COPY)
    text_limit = base.Limit(63_206, "characters", SHARING, common=True)
    home = "https://www.facebook.com/"
    intent_source = (
        "https://mintlify.com/facebook/facebook-ios-sdk/sharing/share-content"
    )
    takes_text = False
    terms = (
        base.Term(
            base.About.PREFILL,
            False,
            "Words must come from the person: pre-filled quotes are against policy.",
            "https://mintlify.com/facebook/facebook-ios-sdk/sharing/share-content",
        ),
    )

    def intent(self, post: base.Post, server: str = "") -> str | None:
        if not post.link:
            return None
        return self.filled("https://www.facebook.com/sharer/sharer.php", u=post.link)
