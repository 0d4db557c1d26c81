"""Files that nothing needs any more."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from pesue.content.keeping import place_of
from pesue.content.models import Picture, Video
from pesue.content.models.pictures import THUMBNAILS


def let_go_of(names: Iterable[str]) -> None:
    """Delete the files that no picture and no video shows any more, however small."""
    for name in names:
        shown = Video.objects.filter(file=name).exclude(state=Video.State.OFF)
        if not name or Picture.objects.filter(file=name).exists() or shown.exists():
            continue
        path = place_of(Path(settings.MEDIA_ROOT), name)
        small = [path.with_stem(f"{path.stem}-{width}") for width in THUMBNAILS]
        for one in [path, *small]:
            one.unlink(missing_ok=True)
