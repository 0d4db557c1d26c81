"""What was here for everybody, and is no more."""


class Gone(Exception):
    """It is answered with 410: whoever kept a copy is to let go of it."""
