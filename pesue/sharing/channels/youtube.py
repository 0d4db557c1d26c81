"""YouTube: the video goes by the share sheet, the words are copied."""

from pesue.sharing.channels import base

VIDEOS = "https://developers.google.com/youtube/v3/docs/videos"


class YouTube(base.Channel):
    key = "youtube"
    name = "YouTube"
    ways = (base.Way.SHEET, base.Way.COPY)
    text_limit = base.Limit(5000, "characters", VIDEOS)
    home = "https://www.youtube.com/upload"
    takes_text = False
    terms = (
        base.Term(
            base.About.SCHEDULE,
            False,
            "Uploads of a project that Google has not audited stay private.",
            "https://developers.google.com/youtube/v3/docs/videos/insert",
        ),
        base.Term(
            base.About.CAPTIONS,
            True,
            "A WebVTT file is added to the video under Subtitles.",
            "https://support.google.com/youtube/answer/2734698",
        ),
    )

    def says(self, post: base.Post) -> str:
        """A description holds no angle brackets."""
        return super().says(post).replace("<", "").replace(">", "")
