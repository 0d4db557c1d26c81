"""The pages, for any WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from pesue.foundation.parent_death import die_with_server

die_with_server()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pesue.settings")
application = get_wsgi_application()
