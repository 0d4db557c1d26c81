"""Ghost: one's own blog; the text is copied and the editor opened."""

from pesue.sharing.channels import base


class Ghost(base.Channel):
    key = "ghost"
    name = "Ghost"
    ways = (base.Way.COPY,)
    needs_server = True
    takes_text = False
    terms = (
        base.Term(
            base.About.PREFILL,
            False,
            "Ghost has no share address; the text is copied.",
            "https://docs.ghost.org/admin-api",
            common=True,
        ),
    )

    def opens(self, server: str = "") -> str:
        return f"{server}/ghost/#/editor/post" if server else ""
