"""The ledger: what is moved, what is refused, and what the database itself keeps."""

import pytest
from django.db import IntegrityError, connection, transaction

from pesue.encouragement.actions import ledger
from pesue.encouragement.models import Purse, Transfer
from pesue.encouragement.models.ledger import Standing
from tests.make import NOON
from tests.make.people import a_member

BY_HAND = [
    "UPDATE pesue_purse SET balance = balance + 1",
    "UPDATE pesue_purse SET moves = moves + 1",
    "UPDATE pesue_purse SET balance = 0, moves = 0",
    "UPDATE pesue_purse SET balance = balance + 1, moves = moves + 1",
    "UPDATE pesue_purse SET unit = 'EUR'",
    "INSERT INTO pesue_purse (kind, unit, name, may_owe, balance, moves)"
    " VALUES ('points', 'point', '', TRUE, 5, 0)",
    "UPDATE pesue_transfer SET amount = 3",
    "UPDATE pesue_transfer SET reason = 'another'",
    "DELETE FROM pesue_transfer",
    # a second time the same link, and one that leaves a gap
    "INSERT INTO pesue_transfer (debit_id, credit_id, amount, unit, debit_nr,"
    " debit_after, credit_nr, credit_after, reason, fact, happened_at, at, once)"
    " SELECT debit_id, credit_id, amount, unit, debit_nr, debit_after, credit_nr,"
    " credit_after, reason, fact, happened_at, at, 'x' FROM pesue_transfer",
    "INSERT INTO pesue_transfer (debit_id, credit_id, amount, unit, debit_nr,"
    " debit_after, credit_nr, credit_after, reason, fact, happened_at, at, once)"
    " SELECT debit_id, credit_id, amount, unit, debit_nr + 2, debit_after - amount,"
    " credit_nr + 2, credit_after + amount, reason, fact, happened_at, at, 'x'"
    " FROM pesue_transfer",
]


@pytest.fixture
def paid(db):
    """Five points from the house to a member."""
    house, purse = ledger.house("point"), ledger.purse(a_member(), "point")
    made = ledger.transfer(
        debit=house, credit=purse, amount=5, reason="A story", now=NOON, once="a"
    )
    return made, house, purse


def test_what_is_moved_is_there(paid):
    made, house, purse = paid
    assert (house.balance, purse.balance) == (-5, 5)
    purse.refresh_from_db()
    assert (purse.balance, purse.moves) == (5, 1)
    assert (made.debit_after, made.credit_after) == (-5, 5)


def test_what_was_done_is_not_done_again(paid):
    _made, house, purse = paid
    again = ledger.transfer(
        debit=house, credit=purse, amount=5, reason="A story", now=NOON, once="a"
    )
    assert again is None
    assert Transfer.objects.count() == 1


def test_nobody_gives_what_they_have_not(paid):
    _made, house, purse = paid
    with pytest.raises(ledger.NotEnough) as refusal:
        ledger.transfer(debit=purse, credit=house, amount=6, reason="x", now=NOON)
    assert refusal.value.has == 5


def test_a_transfer_is_put_right_by_its_reverse_once(paid):
    made, _house, purse = paid
    back = ledger.reverse(made, reason="Withdrawn", now=NOON)
    assert back.reverses == made
    assert ledger.reverse(made, reason="Withdrawn", now=NOON) is None
    purse.refresh_from_db()
    assert purse.balance == 0


@pytest.mark.parametrize("statement", BY_HAND)
def test_the_database_itself_refuses(paid, statement):
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(statement)
    assert Purse.objects.get(kind="points").balance == 5


def test_the_database_keeps_purses_from_going_below_zero(paid):
    _made, house, purse = paid
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(
            debit=purse,
            credit=house,
            amount=6,
            unit="point",
            debit_nr=2,
            debit_after=-1,
            credit_nr=2,
            credit_after=1,
            reason="x",
            happened_at=NOON,
            at=NOON,
        )


def test_rows_refuse_to_be_changed(paid):
    made, *_ = paid
    made.reason = "another"
    for change in (
        made.save,
        made.delete,
        Transfer.objects.all().delete,
        lambda: Transfer.objects.update(amount=1),
    ):
        with pytest.raises(Standing):
            change()


def test_points_are_not_money(paid):
    _made, _house, purse = paid
    with pytest.raises(ValueError, match="No transfer"):
        ledger.transfer(
            debit=purse, credit=ledger.house("EUR"), amount=1, reason="x", now=NOON
        )


@pytest.mark.django_db(transaction=True)
def test_a_test_with_transactions_leaves_an_empty_ledger():
    ledger.transfer(
        debit=ledger.house("point"),
        credit=ledger.purse(a_member(), "point"),
        amount=5,
        reason="x",
        now=NOON,
    )


@pytest.mark.django_db(transaction=True)
def test_and_the_next_one_begins_with_it_guarded(paid):
    assert Transfer.objects.count() == 1
    with pytest.raises(IntegrityError):
        connection.cursor().execute("DELETE FROM pesue_transfer")


def test_what_was_done_is_found_by_its_key_without_reading_all(db):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # it reads all of a small table gladly
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Transfer.objects.keyed("story.accepted:1").explain()
    assert "transferred_once" in plan
