"""What a page is, in the words of Schema.org."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from pesue.content.models import Picture, Story
from pesue.example.models import OwnPage
from pesue.foundation.site import whole
from pesue.pages.public.queries import Shelf, Told, page_of
from pesue.people.models import Organisation

Thing = dict[str, Any]
# A "</script>" within a title must not end the script, nor "<!--" begin a comment.
ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def script(thing: Thing) -> SafeString:
    """The thing as the content of a script of type application/ld+json."""
    text = json.dumps({"@context": "https://schema.org", **thing}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPED))


def described(page: Shelf | Told) -> Thing:
    if isinstance(page, Told):
        return _story(page)
    if page.person:
        return _profile(page, page.person)
    return _collection(page)


def of_people(ours: Organisation, found: list[OwnPage], title: str, path: str) -> Thing:
    return {
        "@type": "CollectionPage",
        "name": title,
        "url": whole(path),
        "inLanguage": ours.language,
        "isPartOf": _site(ours),
        "mainEntity": _list([_person(page) for page in found]),
    }


def _story(page: Told) -> Thing:
    story = page.story
    thing = {
        **_posting(story),
        "mainEntityOfPage": whole(page.path),
        "publisher": _organisation(page.house),
        "image": [_image(picture) for picture in page.pictures],
    }
    video = getattr(story, "video", None)
    if video and video.state == "ready":
        thing["video"] = {
            "@type": "VideoObject",
            "name": story.title,
            "description": video.alt,
            "contentUrl": whole(video.url),
            "uploadDate": _day(story),
            "duration": f"PT{video.seconds}S",
        }
        if video.poster:
            thing["video"]["thumbnailUrl"] = whole(video.poster.url)
    if page.story.concept:
        thing["about"] = {"@type": "Thing", "name": page.story.concept.name}
    return {key: value for key, value in thing.items() if value}


def _profile(page: Shelf, person: OwnPage) -> Thing:
    return {
        "@type": "ProfilePage",
        "url": whole(page.path),
        "inLanguage": page.language,
        "isPartOf": _site(page.house),
        "mainEntity": {**_person(person), "worksFor": _organisation(page.house)},
        "hasPart": [_posting(story) for story in page.stories],
    }


def _collection(page: Shelf) -> Thing:
    return {
        "@type": "CollectionPage",
        "name": page.title,
        "description": page.words,
        "url": whole(page.path),
        "inLanguage": page.language,
        "isPartOf": _site(page.house),
        "mainEntity": _list([_posting(story) for story in page.stories]),
    }


def _posting(story: Story) -> Thing:
    picture, page = story.cover, page_of(story)
    name = story.author.name if story.author else ""
    author = _person(page) if page else {"@type": "Person", "name": name}
    thing = {
        "@type": "BlogPosting",
        "headline": story.title,
        "url": whole(f"/s/{story.slug}"),
        "datePublished": _day(story),
        "inLanguage": story.language,
        "author": author,
    }
    if picture:
        thing["image"] = _image(picture)
    return thing


def _person(page: OwnPage) -> Thing:
    thing = {
        "@type": "Person",
        "name": page.member.name,
        "url": whole(page.get_absolute_url()),
        "jobTitle": page.member.title if page.titled else "",
        "description": page.about,
    }
    return {key: value for key, value in thing.items() if value}


def _organisation(ours: Organisation) -> Thing:
    return {"@type": "Organization", "name": ours.name, "url": whole("/s/")}


def _site(ours: Organisation) -> Thing:
    return {"@type": "WebSite", "name": ours.name, "url": whole("/s/")}


def _list(things: list[Thing]) -> Thing:
    entries = [
        {"@type": "ListItem", "position": place, "item": thing}
        for place, thing in enumerate(things, start=1)
    ]
    return {"@type": "ItemList", "itemListElement": entries}


def _image(picture: Picture) -> Thing:
    return {
        "@type": "ImageObject",
        "url": whole(picture.url),
        "width": picture.width,
        "height": picture.height,
        "caption": picture.alt,
    }


def _day(story: Story) -> str:
    assert story.accepted_at
    return story.accepted_at.isoformat()
