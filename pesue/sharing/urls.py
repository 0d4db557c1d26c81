from django.urls import path

from pesue.sharing.views import accounts, links

urlpatterns = [
    path("settings/accounts", accounts.accounts, name="accounts"),
    path("settings/accounts/<slug:key>", accounts.connect, name="account-connect"),
    path("settings/accounts/<slug:key>/back", accounts.back, name="account-back"),
    path(
        "settings/accounts/<int:account_id>/disconnect",
        accounts.disconnect,
        name="account-disconnect",
    ),
    path("shares/<int:share_id>/qr.svg", links.qr_svg, name="qr-svg"),
    path("shares/<int:share_id>/qr.png", links.qr_png, name="qr-png"),
    path("oauth/client-metadata.json", accounts.metadata, name="client-metadata"),
]
