from django.urls import path
from django.views.generic import RedirectView

from pesue.people.views import invitations, own, welcome

urlpatterns = [
    path("welcome", welcome.welcome, name="welcome"),
    path("demo/sign-in", welcome.demo_sign_in, name="demo-sign-in"),
    path("invitation/<str:token>", invitations.accept, name="invitation"),
    path("settings/", own.settings, name="me"),
    path("settings/", own.settings, name="settings"),
    path("settings/pause", own.pause, name="pause"),
    # Addresses are the organisation's affair: nobody adds a second one.
    path("account/email/", RedirectView.as_view(pattern_name="settings")),
    path(
        "sign-in/", RedirectView.as_view(pattern_name="account_login"), name="sign-in"
    ),
]
