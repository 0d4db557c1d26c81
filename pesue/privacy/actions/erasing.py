"""Letting go of what Pesue holds about a person."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from time import monotonic

import httpx
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pesue.content.actions.files import let_go_of
from pesue.content.actions.stories import show_to_all
from pesue.content.actions.videos import waiting_room
from pesue.content.models import Story, Video
from pesue.people.actions.grants import keep_an_admin
from pesue.people.actions.members import end_sessions
from pesue.people.actions.refusals import Refused
from pesue.people.models import Member
from pesue.privacy.actions.export import media
from pesue.privacy.queries import ADDRESSES, HIDDEN, Holding, holdings
from pesue.reach.actions import outbox
from pesue.reach.models import Message
from pesue.sharing.actions.accounts import disconnect
from pesue.sharing.actions.settling import NotDone, delete
from pesue.sharing.actions.voices import place_of as place_of_voice
from pesue.sharing.models import Account, Share, Voice

LONGEST = 20.0  # seconds that one press may take with the networks
SEEN_BY_OTHERS = Story.State.ACCEPTED


def erase(member: Member, *, posts: bool, now: datetime, http: httpx.Client) -> None:
    """All at once: tokens, rows, files, and with `posts` what stands on networks.

    What has to stay for others stays without the name. Raises Refused, and erases
    nothing, for the last administrator, while asked-for posts still stand, and while
    one is on its way, which nothing could call back.
    """
    with transaction.atomic():
        keep_an_admin(without=member)
    if Share.objects.filter(member=member, state=Share.State.SENDING).exists():
        raise Refused(_("A post of yours is just on its way. Try again in a minute."))
    if posts:
        _delete_posts(member, now=now, http=http)
    let_go_of_accounts(Account.objects.filter(member=member), now=now, http=http)
    files, unchecked, written_to = media(member), uploads(member), addresses(member)
    with transaction.atomic():
        keep_an_admin(without=member)
        end_sessions(member)
        drafts(member)
        for holding in holdings():
            let_go(holding, [member.pk])
        empty(member, now=now)
    remove_files(files, unchecked)
    outbox.forget(written_to)


def _delete_posts(member: Member, *, now: datetime, http: httpx.Client) -> None:
    """Take posts off the networks that let us. Raises Refused while some stand."""
    begun, left = monotonic(), 0
    standing = Share.objects.filter(member=member, state=Share.State.SHARED)
    for share in standing.exclude(ref="").select_related("account"):
        if monotonic() - begun > LONGEST:
            left += 1
            continue
        try:
            delete(share, now=now, http=http)
        except NotDone:
            left += 1
    if left:
        raise Refused(
            ngettext(
                "%(left)d post could not be deleted yet, so nothing was erased. Try "
                "again, or erase without deleting posts.",
                "%(left)d posts could not be deleted yet, so nothing was erased. Try "
                "again, or erase without deleting posts.",
                left,
            )
            % {"left": left}
        )


def let_go_of_accounts(
    accounts: Iterable[Account], *, now: datetime, http: httpx.Client
) -> None:
    """Forget the tokens and tell the networks, as far as they listen."""
    for account in accounts:
        disconnect(account, now=now, http=http)


def uploads(member: Member) -> list[Path]:
    """Files of the member's videos that nobody has checked yet, and voice notes."""
    videos = Video.objects.filter(story__author=member).exclude(upload="")
    names = videos.values_list("upload", flat=True)
    said = Voice.objects.filter(member=member)
    return [*(waiting_room() / name for name in names), *map(place_of_voice, said)]


def addresses(member: Member) -> set[str]:
    """Where we have written to the member."""
    mails = Message.objects.filter(member=member)
    return {member.email, *mails.values_list("to", flat=True)}


def drafts(member: Member) -> None:
    """What nobody else has seen goes whole, and no page on the web stays, nor does
    the library lead to one."""
    stories = Story.objects.filter(author=member)
    stories.exclude(state=SEEN_BY_OTHERS).delete()
    for story in stories.filter(public=True).select_related("item"):
        show_to_all(story, public=False)


def let_go(holding: Holding, members: list[int]) -> int:
    """Erase or unname the rows of one table that are about `members`."""
    if holding.model is Member:
        return 0
    done = 0
    rows = holding.model._default_manager
    if holding.held.then == "erase":
        for name in holding.mine:
            done += rows.filter(**{f"{name}__in": members}).delete()[0]
    for name in holding.named:
        done += rows.filter(**{f"{name}__in": members}).update(**{name: None})
    if holding.model in HIDDEN:
        done += rows.filter(holding.hidden(members)).delete()[0]
    return done


def empty(member: Member, *, now: datetime) -> None:
    """Leave a shell without a name, for unnamed rows to point to."""
    for model, name in ADDRESSES.items():
        model._default_manager.filter(**{name: member.email}).delete()
    member.move(
        Member.State.ERASED,
        now=now,
        name="",
        email=f"erased-{member.pk}@erased.invalid",
        title="",
        team=None,
        leader=False,
        part=Member.Part.READER,
        password=make_password(None),
        last_login=None,
        joined_at=None,
        paused_until=None,
    )


def remove_files(names: Iterable[str], unchecked: Iterable[Path]) -> None:
    """Delete files that no picture and no video needs any more, and uploads."""
    for upload in unchecked:
        upload.unlink(missing_ok=True)
    let_go_of(names)
