from django.urls import path

from pesue.sharing.views import accounts

urlpatterns = [
    path("settings/accounts", accounts.accounts, name="accounts"),
    path("settings/accounts/<slug:key>", accounts.connect, name="account-connect"),
    path("settings/accounts/<slug:key>/back", accounts.back, name="account-back"),
    path(
        "settings/accounts/<int:account_id>/disconnect",
        accounts.disconnect,
        name="account-disconnect",
    ),
    path("oauth/client-metadata.json", accounts.metadata, name="client-metadata"),
]
