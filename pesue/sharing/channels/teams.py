"""Microsoft Teams: its share dialog; the person picks the chat."""

from pesue.sharing.channels import base

SHARE = (
    "https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/"
    "build-and-test/share-to-teams-from-web-apps"
)


class Teams(base.Channel):
    key = "teams"
    name = "Microsoft Teams"
    ways = (base.Way.INTENT, base.Way.SHEET, base.Way.COPY)
    home = "https://teams.microsoft.com/"
    intent_source = SHARE
    terms = (
        base.Term(
            base.About.PREFILL,
            True,
            "The dialog takes link and message; not in a phone's browser.",
            SHARE,
            common=True,
        ),
    )

    def intent(self, post: base.Post, server: str = "") -> str | None:
        if not post.link:
            return None
        words = post.text.replace(post.link, "").strip()
        return self.filled(
            "https://teams.microsoft.com/share", href=post.link, msgText=words
        )
