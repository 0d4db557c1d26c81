"""Why something cannot be done; the text says what to do instead."""


class NotDone(Exception):
    """The message is translated and shown to the person as it is."""
