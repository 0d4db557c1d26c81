"""What waits for those who look after the library."""

from django.db.models import Count, Q, QuerySet

from pesue.content.models import Item, Source


def waiting(items: "QuerySet[Item]") -> "QuerySet[Item]":
    """The inbox, newest first."""
    return (
        items.filter(state=Item.State.INBOX)
        .select_related("picture", "source", "suggested_by", "reading")
        .defer("text")
        .order_by("-pk")
    )


def with_counts(sources: "QuerySet[Source]") -> "QuerySet[Source]":
    """Sources with how many items each brought: `brought`, and `waiting` ones."""
    return sources.annotate(
        brought=Count("items"),
        waiting=Count("items", filter=Q(items__state=Item.State.INBOX)),
    ).order_by("title", "pk")
