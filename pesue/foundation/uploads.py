"""A bound for what people upload, while it arrives."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class Bounded(FileUploadHandler):
    """Leaves out a file past PESUE_MOST_UPLOAD_MB, and remembers its field.

    The rest of the form arrives as usual, so that nothing typed is lost.
    """

    chunk_size = 64 * 1024

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.MOST_UPLOAD_BYTES:
            if self.request is not None:
                self.request.META.setdefault("pesue.too_large", set()).add(
                    self.field_name
                )
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        return None


def too_large(request: HttpRequest) -> set[str]:
    """Names of the file fields that were left out for their size."""
    request.FILES  # noqa: B018 - reading the request is what fills the set
    found: set[str] = request.META.get("pesue.too_large", set())
    return found
