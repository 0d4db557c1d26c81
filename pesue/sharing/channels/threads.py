"""Threads: its web intent, with text and link."""

from pesue.sharing.channels import base, counting

INTENT = "https://developers.facebook.com/docs/threads/threads-web-intents"
OVERVIEW = "https://developers.facebook.com/docs/threads/overview/"


class Threads(base.Channel):
    key = "threads"
    name = "Threads"
    ways = (base.Way.INTENT, base.Way.SHEET, base.Way.COPY)
    text_limit = base.Limit(500, "characters", OVERVIEW)
    home = "https://www.threads.net/"
    intent_source = INTENT
    terms = (
        base.Term(base.About.PREFILL, True, "The intent takes text and link.", INTENT),
        base.Term(
            base.About.NUMBERS,
            False,
            "What the API tells may be shown only to the person who posted.",
            OVERVIEW,
        ),
    )

    def length(self, text: str) -> int:
        """Characters; an emoji counts its bytes in UTF-8."""
        return counting.threads_length(text)

    def intent(self, post: base.Post, server: str = "") -> str | None:
        return self.filled("https://www.threads.net/intent/post", text=self.says(post))
