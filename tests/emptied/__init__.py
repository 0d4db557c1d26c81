"""A database for tests that need real transactions, which are then emptied."""
