"""SQLite as Django has it, but that a test's end may empty the ledger.

Nothing else may: its guard is taken away for that moment and put back. PostgreSQL
empties tables by TRUNCATE, for which the guard is not asked.
"""

from typing import Any

from django.db.backends.sqlite3 import base, operations

GUARD = "transfers_stay"


class DatabaseOperations(operations.DatabaseOperations):
    def execute_sql_flush(self, sql_list: Any) -> Any:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [GUARD])
            [made] = cursor.fetchone()
        around = [f"DROP TRIGGER {GUARD}", *sql_list, made]
        return super().execute_sql_flush(around)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
