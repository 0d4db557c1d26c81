"""A mark of all that decides how a trial will be read. No Django.

It is made when the trial starts. Whoever reads the outcome makes it again: if the two
differ, something has been changed by hand, and the reading says so.
"""

import json
from collections.abc import Mapping
from hashlib import sha256


def seal(decides: Mapping[str, object]) -> str:
    written = json.dumps(decides, sort_keys=True, default=str, ensure_ascii=False)
    return sha256(written.encode()).hexdigest()
