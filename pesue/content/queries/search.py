"""The index of words, and which items have them: the same on both databases.

The table is the database's own kind of full-text index, so it is no model: it is
made after each migrate and can be filled again from the items at any time.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from pesue.content.models import Item
from pesue.content.words import asked, kept

TABLE = "pesue_item_words"
BATCH = 500
FEW = 500  # items whose numbers are simply listed

MADE = {
    # The tokenizer only splits at spaces: the words were made by words.py.
    "sqlite": (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(words, "
        "detail=none, prefix='2 3 4', "
        "tokenize=\"ascii tokenchars '_'\")",
    ),
    "postgresql": (
        f"CREATE TABLE IF NOT EXISTS {TABLE} "
        "(item_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        f"CREATE INDEX IF NOT EXISTS {TABLE}_gin ON {TABLE} USING gin (words)",
    ),
}
WRITTEN = {
    "sqlite": f"INSERT INTO {TABLE} (rowid, words) VALUES (%s, %s)",
    "postgresql": f"INSERT INTO {TABLE} (item_id, words) VALUES "
    "(%s, array_to_tsvector(%s)) ON CONFLICT (item_id) "
    "DO UPDATE SET words = excluded.words",
}
READ = {
    "sqlite": f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s",
    "postgresql": f"SELECT item_id FROM {TABLE} WHERE words @@ %s::tsquery",
}


def make_index(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Make the index if it is not there. Hung on Django's post_migrate."""
    base = connections[using]
    with base.cursor() as cursor:
        for statement in MADE[base.vendor]:
            cursor.execute(statement)


def index(items: list[Item]) -> None:
    """Keep the words of these items, replacing what was kept of them."""
    rows = [(item.pk, _words(kept(_text(item), item.language))) for item in items]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                f"DELETE FROM {TABLE} WHERE rowid = %s", [(pk,) for pk, _ in rows]
            )
        cursor.executemany(WRITTEN[connection.vendor], rows)


def index_all() -> int:
    """Fill the index again from the items. Returns how many."""
    done, batch = 0, list(Item.objects.order_by("pk")[:BATCH])
    while batch:
        index(batch)
        done += len(batch)
        batch = list(Item.objects.filter(pk__gt=batch[-1].pk).order_by("pk")[:BATCH])
    return done


def having(items: "QuerySet[Item]", question: str) -> "QuerySet[Item]":
    """Those of `items` that have every word of the question, in any form of it.

    A question without a word (only signs) finds all.
    """
    wanted = asked(question)
    if not wanted:
        return items
    say = _for_sqlite if connection.vendor == "sqlite" else _for_postgresql
    read, match = READ[connection.vendor], say(wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"{read} LIMIT {FEW + 1}", [match])
        few = [row[0] for row in cursor.fetchall()]
    # A planner cannot know how rare a word is: for a rare one it may walk the whole
    # library, the newest first, in search of a page's worth.
    return items.filter(pk__in=few if len(few) <= FEW else RawSQL(read, [match]))


def _text(item: Item) -> str:
    return f"{item.title}\n{item.summary}\n{item.text}"


def _words(words: list[str]) -> Any:
    return " ".join(words) if connection.vendor == "sqlite" else words


def _for_sqlite(wanted: list[list[str]]) -> str:
    def one(word: str) -> str:
        return f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"'

    return " AND ".join(f"({' OR '.join(map(one, group))})" for group in wanted)


def _for_postgresql(wanted: list[list[str]]) -> str:
    def one(word: str) -> str:
        return f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'"

    return " & ".join(f"({' | '.join(map(one, group))})" for group in wanted)
