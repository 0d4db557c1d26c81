"""Keys are dear to make, and any will do: each test takes the next of a few."""

from functools import cache
from itertools import cycle

import pytest

from pesue.doors import signatures

make = signatures.new_keys


@cache
def pair(number: int) -> tuple[str, str]:
    return make()


@pytest.fixture(autouse=True)
def few_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = cycle(range(6))
    monkeypatch.setattr(signatures, "new_keys", lambda: pair(next(numbers)))
