"""Instagram: the device's share sheet with the picture, the words copied first."""

from pesue.sharing.channels import base

SHARING = "https://developers.facebook.com/docs/instagram-platform/content-publishing"


class Instagram(base.Channel):
    key = "instagram"
    name = "Instagram"
    ways = (base.Way.SHEET, base.Way.COPY)
    text_limit = base.Limit(2200, "characters", SHARING, common=True)
    home = "https://www.instagram.com/"
    takes_text = False
    terms = (
        base.Term(
            base.About.PREFILL,
            False,
            "The app does not take a caption over, and no API posts for a personal "
            "account.",
            SHARING,
            common=True,
        ),
        base.Term(
            base.About.CAPTIONS,
            False,
            "The app makes captions of its own; the person turns them on and corrects "
            "them.",
            SHARING,
            common=True,
        ),
    )

    def says(self, post: base.Post) -> str:
        """No link: it could not be followed in a caption."""
        return post.text
