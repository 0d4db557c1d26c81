"""TikTok: the device's share sheet with the video, the words copied first."""

from pesue.sharing.channels import base, counting

GUIDELINES = "https://developers.tiktok.com/doc/content-sharing-guidelines/"


class TikTok(base.Channel):
    key = "tiktok"
    name = "TikTok"
    ways = (base.Way.SHEET, base.Way.COPY)
    text_limit = base.Limit(2200, "UTF-16 units", GUIDELINES, common=True)
    home = "https://www.tiktok.com/upload"
    takes_text = False
    terms = (
        base.Term(
            base.About.SCHEDULE,
            False,
            "Posts of an app that TikTok has not audited stay private.",
            GUIDELINES,
        ),
        base.Term(
            base.About.CAPTIONS,
            False,
            "The app makes captions of its own; the person turns them on and corrects "
            "them.",
            GUIDELINES,
            common=True,
        ),
    )

    def says(self, post: base.Post) -> str:
        """No link: it could not be followed in a caption."""
        return post.text

    def length(self, text: str) -> int:
        return counting.utf16(text)
