"""Reading in a process of its own: a file can be made to need any time and memory,
and ours are bounded."""

import json
import subprocess
import sys

from pesue.guidance.documents.kinds import Document, read
from pesue.guidance.documents.refusals import Unreadable

SECONDS = 25
MEMORY = 1_500_000_000  # bytes of address space
MODULE = "pesue.guidance.documents.bounded"


def read_apart(name: str, data: bytes) -> Document:
    """As `kinds.read`; what takes too much is Unreadable, too."""
    # Where tests and checkouts run, we are found by the folder we stand in.
    alone = ["-I"] if sys.flags.safe_path else []
    command = [sys.executable, *alone, "-m", MODULE]
    given = json.dumps(name).encode() + b"\n" + data
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable("slow") from error
    if done.returncode < 0:  # stopped for its time
        raise Unreadable("slow")
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise Unreadable("broken") from error
    if "refused" in answer:
        raise Unreadable(answer["refused"], **answer["about"])
    return Document(**answer)


def _answer(given: bytes) -> dict[str, object]:
    name, _, data = given.partition(b"\n")
    try:
        return vars(read(json.loads(name), data))
    except Unreadable as error:
        return {"refused": error.reason, "about": error.about}
    except MemoryError:
        return {"refused": "bomb", "about": {}}


def _bound() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    import logging

    logging.disable()
    _bound()
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read())))
