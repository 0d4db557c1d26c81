"""Makers of test rows: plain functions, every argument optional."""

from datetime import UTC, datetime

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
