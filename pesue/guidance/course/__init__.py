"""Lessons as texts: the package's files, and how they are read. No Django."""
