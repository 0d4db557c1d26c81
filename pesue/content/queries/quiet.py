"""Which items a quiet period touches, for the member who looks at them."""

from collections.abc import Sequence
from datetime import date

from pesue.content.models import Item
from pesue.guidance.check.quiet import touching
from pesue.guidance.queries.quiet import quiet_for
from pesue.people.models import Member


def say_quiet(items: Sequence[Item], member: Member, *, today: date) -> None:
    """Set `quiet` on each item. A fixed number of queries and the items' topics."""
    quiets = quiet_for(member, today=today)
    for item in items if quiets else ():
        topics = {topic.pk for topic in item.topics.all()}
        item.quiet = touching(
            quiets, topics=topics, finance=item.finance, words="", language="en"
        )
