"""Raw rows as Ibis tables, so that what is counted is said once for every database.

Ibis only compiles; the SQL is run on Django's own connection. Importing it takes a
second and 40 MB, so nothing that answers requests may import this file.
"""

from functools import cache

import ibis
from django.db.models import Field, ForeignKey, Model
from ibis.backends.sql.compilers import PostgresCompiler, SQLiteCompiler
from ibis.expr.types import Table

COMPILERS = {"sqlite": SQLiteCompiler(), "postgresql": PostgresCompiler()}
"""By Django's name of the database."""

KINDS = {
    "BigAutoField": "int64",
    "BigIntegerField": "int64",
    "PositiveIntegerField": "int32",
    "BooleanField": "boolean",
    "CharField": "string",
    "TextField": "string",
    "URLField": "string",
    "DateField": "date",
    "DateTimeField": "timestamp",
    "JSONField": "json",
}


class Rows:
    """The rows that statistics are made of."""

    days = ibis.table(
        {"number": "int64", "day": "date", "begins": "timestamp", "ends": "timestamp"},
        name="days",
    )
    """The days asked about, and when each begins and ends by the organisation's clock.

    It is no table of the database but stands before the question: so no database
    needs to know the time zone, and a day of 23 or 25 hours is one like others.
    """

    @staticmethod
    @cache
    def of(model: type[Model]) -> Table:
        """The model's table, as the database has it."""
        columns = {field.column: _kind(field) for field in model._meta.concrete_fields}
        return ibis.table(columns, name=model._meta.db_table)


def _kind(field: "Field[object, object]") -> str:
    key = field.target_field if isinstance(field, ForeignKey) else field
    return KINDS[key.get_internal_type()]


def compiled(asked: Table, database: str) -> str:
    """The SQL of a question to Rows."""
    compiler = COMPILERS[database]
    return str(compiler.to_sqlglot(asked).sql(compiler.dialect, pretty=True))
