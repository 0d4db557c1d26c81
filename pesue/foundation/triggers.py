"""What a database itself refuses or does when a row comes, changes or goes."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Model
from django.db.models.constraints import BaseConstraint


class Trigger(BaseConstraint):
    """A trigger, declared among a model's constraints and made with its table.

    `sqlite` and `postgresql` are the statements that make it; %(table)s stands for
    the table's quoted name. They name no value, so a migration keeps them as they are.

    SQLite changes a table by making it anew under another name. It would then refuse
    to rename it while triggers of other tables speak of it; so it is told not to look,
    until all stands again.
    """

    def __init__(self, *, name: str, sqlite: list[str], postgresql: list[str]) -> None:
        super().__init__(name=name)
        self.made = {"sqlite": sqlite, "postgresql": postgresql}

    def constraint_sql(
        self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Nothing within CREATE TABLE: it follows when the tables stand."""
        statements, editor = self._statements(model, schema_editor)
        if editor.connection.vendor == "sqlite":
            editor.execute("PRAGMA legacy_alter_table=ON", None)
            editor.deferred_sql.append("PRAGMA legacy_alter_table=OFF")
        editor.deferred_sql += statements
        return ""

    def create_sql(
        self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        """On PostgreSQL, for a table that stands already."""
        (*first, last), editor = self._statements(model, schema_editor)
        for statement in first:
            editor.execute(statement, None)
        return last

    def remove_sql(
        self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> Any:
        drop = f"DROP TRIGGER {self.name} ON %(table)s"
        [statement], _ = self._statements(model, schema_editor, [drop])
        return statement

    def _statements(
        self,
        model: type[Model] | None,
        editor: BaseDatabaseSchemaEditor | None,
        made: list[str] | None = None,
    ) -> tuple[list[Statement], BaseDatabaseSchemaEditor]:
        """What is run on this database, for the table as it is called just now."""
        assert model  # they are optional in Django's own signature only
        assert editor
        table = Table(model._meta.db_table, editor.quote_name)
        chosen = made or self.made[editor.connection.vendor]
        return [Statement(sql, table=table) for sql in chosen], editor

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database alone decides."""

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Trigger):
            return self.name == other.name and self.made == other.made
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, **self.made}
