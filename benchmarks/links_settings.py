"""Pesue's settings with tables straight from the models and almost no middleware."""

from pesue.settings import *  # noqa: F403

MIGRATION_MODULES = {"pesue": None}
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # it insists
ROOT_URLCONF = "benchmarks.links_apps"
