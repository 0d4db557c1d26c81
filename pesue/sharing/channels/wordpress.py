"""WordPress: one's own blog, by its Press This page."""

from pesue.sharing.channels import base

PRESS_THIS = "https://wordpress.org/plugins/press-this/"


class WordPress(base.Channel):
    key = "wordpress"
    name = "WordPress"
    ways = (base.Way.INTENT, base.Way.COPY)
    intent_source = PRESS_THIS
    needs_server = True
    takes_text = False
    terms = (
        base.Term(
            base.About.PREFILL,
            True,
            "Press This takes title and link; the text is copied.",
            PRESS_THIS,
            common=True,
        ),
    )

    def intent(self, post: base.Post, server: str = "") -> str | None:
        if not (server and post.link):
            return None
        title = post.title or post.text.partition("\n")[0][:200]
        return self.filled(f"{server}/wp-admin/press-this.php", u=post.link, t=title)

    def opens(self, server: str = "") -> str:
        return f"{server}/wp-admin/post-new.php" if server else ""
