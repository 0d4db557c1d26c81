"""Pesue's settings with tables straight from the models."""

from pesue.settings import *  # noqa: F403

MIGRATION_MODULES = {"pesue": None}
