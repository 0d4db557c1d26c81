"""Python's search for rings of objects that nothing else holds. No Django."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No such search in the meantime, which should be seconds.

    Where hundreds of thousands of rows are read and kept, looking through them again
    and again takes a third of the time, and finds nothing.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
