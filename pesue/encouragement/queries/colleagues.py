"""Finding a colleague by name."""

from django.db.models import QuerySet

from pesue.people.models import Member

FOUND = 20
SHORTEST = 2  # letters: one would find everybody


def by_name(words: str, *, asker: Member) -> QuerySet[Member]:
    """FOUND colleagues at most whose name has each of the words; never the asker."""
    rows = Member.objects.filter(state=Member.State.ACTIVE).exclude(pk=asker.pk)
    known = [word for word in words.split() if len(word) >= SHORTEST][:5]
    if not known:
        return rows.none()
    for word in known:
        rows = rows.filter(name__icontains=word)
    return rows.select_related("team").order_by("name", "pk")[:FOUND]
