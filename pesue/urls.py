"""Every address of the house, room by room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pesue.health")),
    path("", include("pesue.people.urls")),
    path("account/", include("allauth.urls")),
    path("", include("pesue.reach.urls")),
    path("", include("pesue.surveys.urls")),
    path("", include("pesue.trials.urls")),
    path("", include("pesue.guidance.urls")),
    path("", include("pesue.content.urls")),
    path("", include("pesue.sharing.urls")),
    path("", include("pesue.encouragement.urls")),
    path("", include("pesue.example.urls")),
    path("", include("pesue.measurement.urls")),
    path("", include("pesue.privacy.urls")),
    path("", include("pesue.doors.urls")),
    path("", include("pesue.pages.urls")),
]

handler500 = "pesue.foundation.broken.broken"
