"""What the database itself enforces of the ledger, in SQLite's words and PostgreSQL's.

By induction every balance is the sum of its transfers: an account begins with nothing
(ACCOUNTS_BEGIN_EMPTY); its balance moves only to what its newest transfer says
(BALANCES_FOLLOW_TRANSFERS); a transfer comes in only as the next of both its accounts,
in their unit, with the balances that follow (TRANSFERS_LAND); and what stands is not
changed (TRANSFERS_STAND) nor taken out (TRANSFERS_STAY).

Each statement stands in a migration word by word: a change here is a new migration.
"""

Guard = dict[str, list[str]]


def _guard(name: str, when: str, condition: str, says: str) -> Guard:
    """A trigger that refuses where `condition` holds, on both databases."""
    begins = f"CREATE TRIGGER {name} {when} ON %(table)s FOR EACH ROW"
    refuses = f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'ledger: {says}' USING ERRCODE = 'integrity_constraint_violation';
END $$ LANGUAGE plpgsql"""
    return {
        "sqlite": [
            f"{begins} WHEN {condition}\n"
            f"BEGIN SELECT RAISE(ABORT, 'ledger: {says}'); END"
        ],
        "postgresql": [
            refuses,
            f"{begins} WHEN ({condition}) EXECUTE FUNCTION {name}()",
        ],
    }


ACCOUNTS_BEGIN_EMPTY = _guard(
    "accounts_begin_empty",
    "BEFORE INSERT",
    "NEW.balance <> 0 OR NEW.moves <> 0",
    "an account begins with nothing",
)

# PostgreSQL asks no other table in WHEN, so there the function does.
_LAST = """EXISTS (
        SELECT 1 FROM pesue_transfer
        WHERE debit_id = NEW.id AND debit_nr = NEW.moves AND debit_after = NEW.balance
        UNION ALL
        SELECT 1 FROM pesue_transfer
        WHERE credit_id = NEW.id AND credit_nr = NEW.moves
            AND credit_after = NEW.balance)"""
_NEXT = f"""NEW.id = OLD.id AND NEW.unit = OLD.unit AND NEW.moves = OLD.moves + 1
    AND {_LAST}"""
_MOVED = (
    "NEW.balance <> OLD.balance OR NEW.moves <> OLD.moves OR NEW.unit <> OLD.unit"
    " OR NEW.id <> OLD.id"
)
_BY_TRANSFERS = "ledger: transfers alone move a balance"
BALANCES_FOLLOW_TRANSFERS: Guard = {
    "sqlite": [
        f"""CREATE TRIGGER balances_follow_transfers
BEFORE UPDATE OF id, unit, balance, moves ON %(table)s FOR EACH ROW
WHEN ({_MOVED}) AND NOT ({_NEXT})
BEGIN SELECT RAISE(ABORT, '{_BY_TRANSFERS}'); END"""
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION balances_follow_transfers() RETURNS trigger AS $$
BEGIN
    IF NOT ({_NEXT}) THEN
        RAISE EXCEPTION '{_BY_TRANSFERS}'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql""",
        f"""CREATE TRIGGER balances_follow_transfers
BEFORE UPDATE OF id, unit, balance, moves ON %(table)s FOR EACH ROW
WHEN ({_MOVED}) EXECUTE FUNCTION balances_follow_transfers()""",
    ],
}


def _lands(side: str, sign: str) -> str:
    """The account takes the next balance, if that follows from the one it has."""
    return f"""UPDATE pesue_purse
    SET balance = NEW.{side}_after, moves = NEW.{side}_nr
    WHERE id = NEW.{side}_id AND unit = NEW.unit AND moves = NEW.{side}_nr - 1
        AND balance = NEW.{side}_after {sign} NEW.amount;"""


_LANDS = _lands("debit", "+"), _lands("credit", "-")
_NOT_NEXT = "ledger: this does not follow from what stands"
_OR_NOT = f"SELECT RAISE(ABORT, '{_NOT_NEXT}') WHERE changes() <> 1;"
_OR_FAIL = f"""IF NOT FOUND THEN
        RAISE EXCEPTION '{_NOT_NEXT}'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;"""
TRANSFERS_LAND: Guard = {
    "sqlite": [
        f"""CREATE TRIGGER transfers_land AFTER INSERT ON %(table)s FOR EACH ROW
BEGIN
    {_LANDS[0]}
    {_OR_NOT}
    {_LANDS[1]}
    {_OR_NOT}
END"""
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION transfers_land() RETURNS trigger AS $$
BEGIN
    {_LANDS[0]}
    {_OR_FAIL}
    {_LANDS[1]}
    {_OR_FAIL}
    RETURN NULL;
END $$ LANGUAGE plpgsql""",
        """CREATE TRIGGER transfers_land AFTER INSERT ON %(table)s FOR EACH ROW
EXECUTE FUNCTION transfers_land()""",
    ],
}

_FIXED = (
    *("id", "debit_id", "credit_id", "amount", "unit", "debit_nr", "debit_after"),
    *("credit_nr", "credit_after", "reason", "fact", "row", "happened_at", "rule_id"),
    *("reverses_id", "at", "once"),
)  # all but by_id, which loses its name when the member is erased
TRANSFERS_STAND = _guard(
    "transfers_stand",
    "BEFORE UPDATE OF " + ", ".join(f'"{column}"' for column in _FIXED),
    "TRUE",
    "what stands is not changed",
)
TRANSFERS_STAY = _guard(
    "transfers_stay",
    "BEFORE DELETE",
    "TRUE",
    "what stands is not taken out",
)
