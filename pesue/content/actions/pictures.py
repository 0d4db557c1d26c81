from django.conf import settings

from pesue.content.actions.refusals import CannotUse
from pesue.content.keeping import NoRoom, keep
from pesue.content.models import Picture, Story
from pesue.content.pictures import TYPES, BadPicture, redrawn
from pesue.foundation.http import MEGABYTE, fetch
from pesue.guidance.models import Concept
from pesue.people.models import Member

MOST_BYTES = 20 * MEGABYTE


def store_picture(
    source: bytes,
    *,
    alt: str = "",
    by: Member | None = None,
    story: Story | None = None,
    concept: Concept | None = None,
    people: str = "",
) -> Picture:
    """Keep a picture, drawn anew, and the row that names it. Raises CannotUse."""
    try:
        drawn = redrawn(source)
        keep(settings.MEDIA_ROOT, drawn.files)
    except BadPicture as error:
        raise CannotUse(error.reason) from error
    except NoRoom as error:
        raise CannotUse("full disk") from error
    return Picture.objects.create(
        file=drawn.name,
        alt=alt[:500],
        width=drawn.width,
        height=drawn.height,
        by=by,
        story=story,
        concept=concept,
        people=people,
    )


def fetch_picture(url: str, *, alt: str = "") -> Picture:
    """Keep the picture at an address. Raises Unfetchable, CannotUse."""
    found = fetch(url, accept=TYPES, most_bytes=MOST_BYTES)
    return store_picture(found.body, alt=alt)


def describe(picture: Picture, alt: str, people: str) -> None:
    """What it shows, and whether those who can be recognised in it agreed."""
    if (picture.alt, picture.people) != (alt, people):
        picture.alt, picture.people = alt, people
        picture.save(update_fields=["alt", "people"])
