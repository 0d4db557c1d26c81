class NotDone(Exception):
    """It cannot be done now. The text says why."""
