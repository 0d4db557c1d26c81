"""LinkedIn: its own composer, the text copied as well."""

from pesue.sharing.channels import base, counting

POSTS = (
    "https://learn.microsoft.com/en-us/linkedin/marketing/community-management/"
    "shares/posts-api"
)


class LinkedIn(base.Channel):
    key = "linkedin"
    name = "LinkedIn"
    ways = (base.Way.INTENT, base.Way.SHEET, base.Way.COPY)
    text_limit = base.Limit(3000, "characters", POSTS, common=True)
    pictures_limit = base.Limit(20, "pictures", POSTS, common=True)
    home = "https://www.linkedin.com/feed/?shareActive=true"
    intent_source = "https://github.com/nygardk/react-share/issues/550"
    takes_text = False  # on phones it often opens without the text
    terms = (
        base.Term(
            base.About.PREFILL,
            True,
            "The composer takes a text by an address that LinkedIn does not document; "
            "share-offsite takes only a link. The text is therefore copied as well.",
            "https://github.com/nygardk/react-share/issues/550",
        ),
        base.Term(
            base.About.NUMBERS,
            False,
            "Figures of one's own posts need a vetted programme; Pesue shows none.",
            "https://learn.microsoft.com/en-us/linkedin/marketing/"
            "community-management-app-review",
        ),
        base.Term(
            base.About.SAME_TEXT,
            False,
            "LinkedIn limits pods and automated engagement.",
            "https://legal.linkedin.com/api-terms-of-use",
            common=True,
        ),
    )

    def length(self, text: str) -> int:
        """UTF-16 units, the larger of the two ways LinkedIn is said to count."""
        return counting.utf16(text)

    def most(self, limits: base.Limits) -> int:
        return self.text_limit.most - 10  # LinkedIn's count is not documented

    def intent(self, post: base.Post, server: str = "") -> str | None:
        return self.filled(
            "https://www.linkedin.com/feed/",
            shareActive="true",
            text=self.says(post),
        )

    def link_only(self, post: base.Post) -> str | None:
        if not post.link:
            return None
        return self.filled(
            "https://www.linkedin.com/sharing/share-offsite/", url=post.link
        )
