"""How alike two texts are, and how to find near copies among very many. No Django.

A text is the set of its runs of five letters ("shingles"), without what does not make
it one's own: case, links, tags, punctuation. Likeness is Jaccard's: shingles in
both, divided by shingles in either. Near copies are found by the bands of a MinHash
(Broder 1997): texts as alike as ALIKE share a band with probability 0.998, as 0.9
with 0.9999999; what is found is then compared exactly, so none is warned wrongly.
"""

import unicodedata
from collections.abc import Iterable
from hashlib import blake2b

import regex

ALIKE = 0.8  # from here on one is told
RUN = 5  # letters in a shingle
BANDS, ROWS = 21, 6
_LINKS = regex.compile(r"https?://\S+|www\.\S+", regex.IGNORECASE)
_TAGS = regex.compile(r"[#@][\p{L}\p{N}_][\p{L}\p{N}_.@-]*")
_NO_LETTERS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def normal(text: str) -> str:
    """The words alone: small letters, å ä ö kept; no links, tags or punctuation."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = _TAGS.sub(" ", _LINKS.sub(" ", text))
    return _NO_LETTERS.sub(" ", text).strip()


def shingles(text: str) -> frozenset[str]:
    """The runs of five letters of a text; of a shorter one, itself; of none, none."""
    plain = normal(text)
    runs = range(max(1, len(plain) - RUN + 1)) if plain else ()
    return frozenset(plain[at : at + RUN] for at in runs)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """0 to 1: nothing in common, to the same."""
    return len(one & other) / len(one | other) if one and other else 0.0


def keys(text: frozenset[str]) -> list[int]:
    """One signed 64-bit number a band; none for an empty text."""
    if not text:
        return []
    # Brings scipy along: a second that no start of Pesue should take.
    from datasketch import MinHash

    sketch = MinHash(num_perm=BANDS * ROWS, seed=1, scheme="affine32")
    sketch.update_batch([shingle.encode() for shingle in sorted(text)])
    values = sketch.hashvalues
    return [
        _key(band, values[band * ROWS : (band + 1) * ROWS].astype("<u8").tobytes())
        for band in range(BANDS)
    ]


def most_alike(text: frozenset[str], others: Iterable[str]) -> float:
    """How alike the text is to the one of `others` that is most so."""
    return max((likeness(text, shingles(other)) for other in others), default=0.0)


def _key(band: int, values: bytes) -> int:
    digest = blake2b(values, digest_size=8, salt=bytes([band])).digest()
    return int.from_bytes(digest, "little", signed=True)
