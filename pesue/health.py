"""Is this process alive, and can it serve? For load balancers and watchmen."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache


@cache
def known_migrations() -> dict[tuple[str, str], Migration]:
    """Those of the code, by app and name. Reading them takes a second, once."""
    return dict(MigrationLoader(None).disk_migrations)


def pending_migrations() -> list[str]:
    """Names of migrations not applied here. Raises DatabaseError."""
    applied = MigrationRecorder(connection).applied_migrations().keys()
    return [
        f"{app}.{name}"
        for (app, name), migration in sorted(known_migrations().items())
        if (app, name) not in applied
        and not (migration.replaces and applied >= set(migration.replaces))
    ]


@never_cache
def live(_request: HttpRequest) -> JsonResponse:
    """Answers as long as the process does; asks nothing of the database."""
    return JsonResponse({"live": True})


@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    """503 until the database answers and is of this version."""
    try:
        pending = pending_migrations()
    except DatabaseError:
        return JsonResponse({"ready": False, "database": "no answer"}, status=503)
    if pending:
        state = {"ready": False, "database": "answers", "migrate": pending}
        return JsonResponse(state, status=503)
    return JsonResponse({"ready": True, "database": "answers"})


urlpatterns = [
    path("health/live", live, name="health_live"),
    path("health/ready", ready, name="health_ready"),
]
