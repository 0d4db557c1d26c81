"""The only way from a request to what is held."""

from django.http import Http404

from pesue.privacy.queries import Holding, holdings


def table_of(key: str) -> Holding:
    """The table of that key; 404 for one that holds nothing about people."""
    for holding in holdings():
        if holding.key == key:
            return holding
    raise Http404
