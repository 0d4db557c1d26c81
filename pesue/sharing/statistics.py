"""The numbers of this room."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pesue.foundation.counts import Counted, Statistic
from pesue.sharing.channels.base import Way
from pesue.sharing.models import Link, LinkDay, Share, Visit

if TYPE_CHECKING:
    from ibis.expr.types import Column, Table

    from pesue.foundation.rows import Rows

POSTED = (Share.State.SHARED, Share.State.DELETED)


def by_links(rows: "Rows", happened: "Table") -> "Table":
    """What happened by links on a day, with where their posts are counted."""
    days, links, posts = rows.days, rows.of(Link), rows.of(Share)
    joined = (
        happened.join(days, happened.day == days.day)
        .join(links, happened.link_id == links.id)
        .join(posts, links.share_id == posts.id)
    )
    known = {"id", "link_id", "day"}
    own = {name: happened[name] for name in happened.columns if name not in known}
    return joined.select(**own, **_place(days, posts))


def _place(days: "Table", posts: "Table") -> "dict[str, Column]":
    return {
        "day": days.number,
        "member": posts.member_id,
        "item": posts.item_id,
        "channel": posts.channel,
        "team": posts.team_id,
        "topic": posts.topic_id,
    }


def _posts(rows: "Rows") -> "Table":
    """Posts on the day they became public; also those deleted later."""
    days, shares = rows.days, rows.of(Share)
    posts = shares.filter(shares.state.isin(POSTED))
    its_day = [posts.shared_at >= days.begins, posts.shared_at < days.ends]
    return posts.join(days, its_day).select(way=posts.way, **_place(days, posts))


def _visits(rows: "Rows") -> "Table":
    tallies = rows.of(LinkDay)
    return by_links(rows, tallies.filter(tallies.hits > 0))


def _followings(rows: "Rows") -> "Table":
    """Each visit by itself: they are kept for some weeks."""
    visits = rows.of(Visit)
    return by_links(rows, visits.filter(visits.robot == Visit.Kind.PERSON))


_AUTHORS = _("those who posted")
_FOLLOWED = _("those whose links were followed")

TELLERS = Statistic(
    "shares.people",
    _("People who told"),
    _("people"),
    "measured",
    _("How many different people posted something, by Pesue or with their own hands."),
    _AUTHORS,
    Counted(_posts, lambda posts: posts.member.nunique(), "once"),
    beware=_("However many posts one makes, one is one."),
    one=pgettext_lazy("one", "person"),
)
PUBLISHED = Statistic(
    "shares.published",
    _("Posts by Pesue"),
    _("posts"),
    "measured",
    _(
        "Posts that Pesue published when their author pressed Publish, and the "
        "network confirmed."
    ),
    _AUTHORS,
    Counted(_posts, lambda posts: posts.count(where=posts.way == Way.API)),
    beware=_("Posts deleted later are counted, too."),
    one=pgettext_lazy("one", "post"),
)
CONFIRMED = Statistic(
    "shares.confirmed",
    _("Posts by hand"),
    _("posts"),
    "measured",
    _("Texts handed over to their author, who then told us “I posted it”."),
    _AUTHORS,
    Counted(_posts, lambda posts: posts.count(where=posts.way != Way.API)),
    beware=_("Those who posted and did not tell are not in this."),
    one=pgettext_lazy("one", "post"),
)
READERS = Statistic(
    "visits.people",
    _("People who came to read"),
    _("people"),
    "estimated",
    _("People who followed the links of the posts, each counted once a day and link."),
    _FOLLOWED,
    Counted(_visits, lambda visits: visits.people.sum()),
    beware=_(
        "One who comes by phone and computer, or on two days, is counted twice; two "
        "behind one address with the same browser are counted once. Robots are left "
        "out as far as they can be told."
    ),
    one=pgettext_lazy("one", "person"),
)
VISITS = Statistic(
    "visits.hits",
    _("Visits"),
    _("visits"),
    "measured",
    _("How many times the links of the posts were followed."),
    _FOLLOWED,
    Counted(_visits, lambda visits: visits.hits.sum()),
    beware=_("Known robots, previews and prefetches are left out."),
    one=pgettext_lazy("one", "visit"),
)
VISITORS = Statistic(
    "visits.visitors",
    _("Different visitors of the day"),
    _("people"),
    "estimated",
    _(
        "People who followed any links of ours on the day, each counted once, by "
        "however many colleagues' links they came."
    ),
    _FOLLOWED,
    Counted(_followings, lambda visits: visits.visitor.nunique(), "never"),
    cuts=None,
    beware=_(
        "Days cannot be added up: who came again on another day is not known to "
        "anybody. Robots are left out as far as they can be told."
    ),
    one=pgettext_lazy("one", "person"),
)
SEEN = Statistic(
    "posts.seen",
    _("Seen on the networks"),
    _("people"),
    "unknown",
    _("How many saw the posts without following a link."),
    beware=_(
        "The networks do not tell it of a person's own posts, and we do not guess."
    ),
)

STATISTICS = [TELLERS, PUBLISHED, CONFIRMED, READERS, VISITS, SEEN]
BY_DAY = [VISITORS]  # no other numbers than those of days
