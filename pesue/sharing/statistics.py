"""The numbers of this room."""

from django.utils.translation import gettext_lazy as _

from pesue.foundation.counts import Statistic

_AUTHORS = _("those who posted")
_FOLLOWED = _("those whose links were followed")

TELLERS = Statistic(
    "shares.people",
    _("People who told"),
    _("people"),
    "measured",
    _(
        "How many different people posted something, by Pesue or with their own hands. "
        "However many posts one makes, one is one."
    ),
    _AUTHORS,
)
PUBLISHED = Statistic(
    "shares.published",
    _("Posts by Pesue"),
    _("posts"),
    "measured",
    _(
        "Posts that Pesue published when their author pressed Publish, and the network "
        "confirmed. Posts deleted later are counted, too."
    ),
    _AUTHORS,
)
CONFIRMED = Statistic(
    "shares.confirmed",
    _("Posts by hand"),
    _("posts"),
    "measured",
    _(
        "Texts handed over to their author, who then told us “I posted it”. Those who "
        "posted and did not tell are not in this."
    ),
    _AUTHORS,
)
READERS = Statistic(
    "visits.people",
    _("People who came to read"),
    _("people"),
    "estimated",
    _(
        "People who followed the links of the posts, each counted once a day and link. "
        "One who comes by phone and computer, or on two days, is counted twice; two "
        "behind one address with the same browser are counted once. Robots are left "
        "out as far as they can be told."
    ),
    _FOLLOWED,
)
VISITS = Statistic(
    "visits.hits",
    _("Visits"),
    _("visits"),
    "measured",
    _(
        "How many times the links of the posts were followed. Known robots, previews "
        "and prefetches are left out."
    ),
    _FOLLOWED,
)
SEEN = Statistic(
    "posts.seen",
    _("Seen on the networks"),
    _("people"),
    "unknown",
    _(
        "How many saw the posts without following a link. The networks do not tell it "
        "of a person's own posts, and we do not guess."
    ),
)

STATISTICS = [TELLERS, PUBLISHED, CONFIRMED, READERS, VISITS, SEEN]
