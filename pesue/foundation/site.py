"""The address of this installation, as others write it."""

from django.conf import settings


def whole(path: str) -> str:
    """An address of ours as others use it."""
    return f"{settings.ADDRESS}{path}"


def host() -> str:
    """The name of our host, with its port if it has one of its own."""
    return str(settings.ADDRESS.partition("://")[2])
