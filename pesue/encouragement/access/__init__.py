"""Who may do what in this room, and the only way from a request to a row."""
