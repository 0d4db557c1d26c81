"""A process that does not outlive the one that started it (Linux). No Django."""

import ctypes
import os
import signal
import sys

SUPERVISED = "PESUE_SUPERVISED"  # set in every process under `pesue run`
PR_SET_PDEATHSIG = 1  # prctl(2)


def die_with_parent(parent: int, sign: int) -> None:
    """Ask the kernel to send us `sign` when the process `parent` ends.

    If it ended before we could ask, we end here.
    """
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sign)
    if os.getppid() != parent:
        os._exit(1)


def die_with_server() -> None:
    """For the processes that a web server under `pesue run` starts.

    The server leads a session of its own, so its id is known even if it is gone
    already and we have been given to another parent.
    """
    if SUPERVISED in os.environ:
        die_with_parent(os.getsid(0), signal.SIGKILL)
