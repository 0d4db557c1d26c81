"""What is sealed, and what is called by a name that tells nothing."""

from pesue.foundation.secrets import new_ring


def test_a_handle_is_of_its_row_and_key_alone_and_the_newest_comes_first():
    ring = new_ring()
    [own] = ring.handles("profile:1")
    assert own == ring.handles("profile:1")[0]
    assert own not in ring.handles("profile:2")
    assert own not in new_ring().handles("profile:1")
    newest, older = ring.with_new_key().handles("profile:1")
    assert older == own != newest
    assert len(own) == 64
