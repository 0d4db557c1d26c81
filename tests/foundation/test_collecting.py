import gc

import pytest

from pesue.foundation.collecting import uncollected


@pytest.mark.parametrize("fails", [False, True])
def test_it_begins_again_whatever_happens(fails: bool):
    class Broken(Exception):
        pass

    try:
        with uncollected():
            assert not gc.isenabled()
            if fails:
                raise Broken
    except Broken:
        pass
    assert gc.isenabled()


def test_within_another_it_stays_off():
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
