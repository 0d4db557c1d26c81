"""The pages, for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from pesue.foundation.parent_death import die_with_server

die_with_server()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pesue.settings")
pages = get_wsgi_application()

from pesue.sharing.clicks.wsgi import WithLinks  # noqa: E402

application = WithLinks(pages)
# now, and not when the first visitor waits
get_resolver().url_patterns  # noqa: B018
