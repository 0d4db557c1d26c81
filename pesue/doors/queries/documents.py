"""Our actors and what they tell, in the words of ActivityStreams 2.0.

https://www.w3.org/TR/activitypub/, and what Mastodon makes of it:
https://docs.joinmastodon.org/spec/activitypub/.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, linebreaks

from pesue.content.actions.stories import public_address
from pesue.content.models import Picture, Story
from pesue.content.plain import seen
from pesue.doors.models import Actor, Post
from pesue.foundation.site import whole
from pesue.people.models import Organisation

STREAMS = "https://www.w3.org/ns/activitystreams"
SECURITY = "https://w3id.org/security/v1"
PUBLIC = f"{STREAMS}#Public"
WORDS = {  # what Mastodon adds to the words of the standard
    "toot": "http://joinmastodon.org/ns#",
    "discoverable": "toot:discoverable",
    "Hashtag": "as:Hashtag",
    "sensitive": "as:sensitive",
    "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
}

Document = dict[str, Any]


def text(document: Document) -> str:
    """As it is sent and shown."""
    return json.dumps({"@context": [STREAMS, SECURITY, WORDS], **document})


def shared_inbox() -> str:
    return whole(reverse("fediverse-inbox"))


def actor(one: Actor, ours: Organisation) -> Document:
    """Who can be followed: the house as an organisation, or a person."""
    page = getattr(one.member, "own_page", None)
    about = page.about if page else ""
    if page and page.titled and one.member and one.member.title:
        about = "\n\n".join(filter(None, (f"{one.member.title}, {ours.name}", about)))
    return {
        "id": one.id_,
        "type": "Organization" if one.house else "Person",
        "preferredUsername": one.name,
        "name": seen(str(one.member or ours.name)),
        "summary": linebreaks(seen(about), autoescape=True) if about else "",
        "url": whole(page.get_absolute_url() if page else reverse("public-stories")),
        "inbox": f"{one.id_}/inbox",
        "outbox": f"{one.id_}/outbox",
        "followers": followers(one),
        "endpoints": {"sharedInbox": shared_inbox()},
        "publicKey": {
            "id": one.key_id,
            "owner": one.id_,
            "publicKeyPem": one.public_key,
        },
        "manuallyApprovesFollowers": False,
        "discoverable": not ours.demo,
        "published": _at(one.made_at),
    }


def followers(one: Actor) -> str:
    return f"{one.id_}/followers"


def shown(post: Post) -> Document:
    """What stands at a post's address: a note, or the echo of one."""
    return echo(post) if post.note else note(post)


def note(post: Post) -> Document:
    """A story, whole, with its pictures and video, and the way to its page."""
    story = post.story
    assert story
    assert story.accepted_at
    content = _content(story, by=str(story.author) if post.actor.house else "")
    return {
        "id": post.id_,
        "type": "Note",
        "attributedTo": post.actor.id_,
        "url": public_address(story),
        "published": _at(story.accepted_at),
        "content": content,
        "contentMap": {story.language: content},
        "sensitive": False,
        "to": [PUBLIC],
        "cc": [followers(post.actor)],
        "attachment": [*_video(story), *map(_picture, story.pictures.all())],
        "tag": _tags(story),
    }


def create(post: Post) -> Document:
    return {
        "id": f"{post.id_}#create",
        "type": "Create",
        "actor": post.actor.id_,
        "published": _at(post.at),
        "to": [PUBLIC],
        "cc": [followers(post.actor)],
        "object": note(post),
    }


def echo(post: Post) -> Document:
    assert post.note
    return {
        "id": post.id_,
        "type": "Announce",
        "actor": post.actor.id_,
        "published": _at(post.at),
        "to": [PUBLIC],
        "cc": [followers(post.actor), post.note.actor.id_],
        "object": post.note.id_,
    }


def told(post: Post) -> Document:
    """The activity by which others learn of a post."""
    return echo(post) if post.note else create(post)


def untold(post: Post) -> Document:
    """The activity by which others let go of it."""
    if post.note:
        what: Document = {"type": "Undo", "object": echo(post)}
    else:
        what = {"type": "Delete", "object": {"id": post.id_, "type": "Tombstone"}}
    return {
        "id": f"{post.id_}#gone",
        "actor": post.actor.id_,
        "to": [PUBLIC],
        **what,
    }


def closed(one: Actor) -> Document:
    """The activity by which an actor goes, with all it told."""
    return {
        "id": f"{one.id_}#gone-{one.pk}",
        "type": "Delete",
        "actor": one.id_,
        "to": [PUBLIC],
        "object": one.id_,
    }


def changed(one: Actor, ours: Organisation, mark: str) -> Document:
    """The activity by which others learn of a new name, word or key."""
    return {
        "id": f"{one.id_}#changed-{mark[:16]}",
        "type": "Update",
        "actor": one.id_,
        "to": [PUBLIC],
        "object": actor(one, ours),
    }


def accepted(one: Actor, follow: Document, mark: str) -> Document:
    return {
        "id": f"{one.id_}#accepted-{mark}",
        "type": "Accept",
        "actor": one.id_,
        "object": follow,
    }


def collection(at: str, total: int) -> Document:
    return {"id": at, "type": "OrderedCollection", "totalItems": total}


def outbox_page(one: Actor, at: str, posts: Iterable[Post], older: str) -> Document:
    page = {
        "id": at,
        "type": "OrderedCollectionPage",
        "partOf": f"{one.id_}/outbox",
        "orderedItems": [told(post) for post in posts],
    }
    return page | ({"next": older} if older else {})


def _at(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _content(story: Story, *, by: str) -> str:
    """Mastodon shows no title: it stands in bold, and who wrote it below."""
    page = public_address(story)
    return seen(
        format_html("<p><strong>{}</strong></p>", story.title)
        + (format_html("<p>{}</p>", by) if by else "")
        + linebreaks(story.text, autoescape=True)
        + format_html('<p><a href="{}">{}</a></p>', page, page)
    )


def _picture(picture: Picture) -> Document:
    kind = "webp" if picture.file.endswith(".webp") else "jpeg"
    return {
        "type": "Image",
        "mediaType": f"image/{kind}",
        "url": whole(picture.url),
        "name": picture.alt,
        "width": picture.width,
        "height": picture.height,
    }


def _video(story: Story) -> list[Document]:
    video = getattr(story, "video", None)
    if video is None or video.state != "ready":
        return []
    at = whole(video.url)
    return [{"type": "Video", "mediaType": video.type, "url": at, "name": video.alt}]


def _tags(story: Story) -> list[Document]:
    word = story.concept.hashtag if story.concept else ""
    if not word:
        return []
    return [{"type": "Hashtag", "name": f"#{word}", "href": public_address(story)}]
