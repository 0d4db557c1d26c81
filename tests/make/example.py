from typing import Any

from pesue.example.models import Showcase
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.told import a_told


def a_showcase(*, share: Share | None = None, **fields: Any) -> Showcase:
    share = share or a_told()
    return Showcase.objects.create(
        share=share,
        author=share.member,
        **{"state": Showcase.State.AGREED, "state_since": NOON, **fields},
    )
