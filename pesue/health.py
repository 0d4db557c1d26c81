"""Is this process alive, and can it serve? For load balancers and watchmen."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache


def pending_migrations() -> list[str]:
    """Names of migrations not applied here. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


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
