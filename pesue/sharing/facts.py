"""What this room tells the rest of the world."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pesue.foundation.facts import Fact
from pesue.sharing.models import Account, Reply, Share, Voice

State = Share.State

FACTS = [
    Fact(
        "share.published",
        Share,
        at="shared_at",
        by="member",
        what=_("A post went out, by Pesue or by its author's own hands."),
    ),
    Fact(
        "share.handed",
        Share,
        at="state_since",
        by="member",
        what=_("A text was handed over for its author to post."),
        where=Q(state=State.HANDED),
    ),
    Fact(
        "share.scheduled",
        Share,
        at="state_since",
        by="member",
        what=_("A text waits for the time its author chose."),
        where=Q(state=State.SCHEDULED),
    ),
    Fact(
        "share.delayed",
        Share,
        at="pressed_at",
        by="member",
        what=_("A post waits up to three days before it goes out, by lot."),
        where=Q(pressed_at__isnull=False),
    ),
    Fact(
        "share.uncertain",
        Share,
        at="state_since",
        by="member",
        what=_("The network never answered: its author is asked."),
        where=Q(state=State.UNKNOWN),
    ),
    Fact(
        "share.deleted",
        Share,
        at="state_since",
        by="member",
        what=_("A post was deleted from its network."),
        where=Q(state=State.DELETED),
    ),
    Fact(
        "account.connected",
        Account,
        at="state_since",
        by="member",
        what=_("A network account was connected."),
        where=Q(state=Account.State.CONNECTED),
    ),
    Fact(
        "question.answered",
        Reply,
        at="at",
        by="member",
        what=_("A member answered one of an item's questions in a draft."),
    ),
    Fact(
        "voice.kept",
        Voice,
        at="at",
        by="member",
        what=_("A member kept a voice note beside a draft."),
    ),
]
