"""Slack: copied, and the program opened; there is no share address."""

from pesue.sharing.channels import base


class Slack(base.Channel):
    key = "slack"
    name = "Slack"
    ways = (base.Way.COPY, base.Way.SHEET)
    home = "slack://open"
    takes_text = False
    terms = (
        base.Term(
            base.About.PREFILL,
            False,
            "Slack has no share address; the text is copied.",
            "https://api.slack.com/reference/deep-linking",
            common=True,
        ),
    )
