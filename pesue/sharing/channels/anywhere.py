"""Any other place: the device's share sheet, or copy."""

from django.utils.translation import gettext_lazy as _

from pesue.sharing.channels import base

SHARE = "https://developer.mozilla.org/en-US/docs/Web/API/Navigator/share"


class Anywhere(base.Channel):
    key = "anywhere"
    name = _("Anywhere")
    ways = (base.Way.SHEET, base.Way.COPY)
    terms = (
        base.Term(
            base.About.PREFILL,
            True,
            "The app that receives decides; many drop the text when a link or a "
            "picture comes along, so the text is copied as well.",
            SHARE,
        ),
    )
    takes_text = False
