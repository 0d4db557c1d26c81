from typing import Any

from pesue.encouragement.models import Thanks
from pesue.people.models import Member
from pesue.sharing.models import Share
from tests.make import NOON
from tests.make.people import a_member
from tests.make.told import a_told


def some_thanks(
    *, giver: Member | None = None, share: Share | None = None, **fields: Any
) -> Thanks:
    share = share or a_told()
    return Thanks.objects.create(
        giver=giver or a_member("Kaj Kollega"),
        share=share,
        receiver=share.member,
        **{"at": NOON, **fields},
    )
