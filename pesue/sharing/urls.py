from django.urls import path, re_path

from pesue.sharing.views import accounts, compose, links, questions, shares, voices

ACTS = "edit|not-now|again|absent|withdraw|remove|delete"

urlpatterns = [
    path("compose/<int:item_id>", compose.compose, name="compose"),
    path("compose/<int:item_id>/look", compose.look, name="compose-look"),
    path(
        "compose/<int:item_id>/questions", questions.question, name="compose-questions"
    ),
    path(
        "compose/<int:item_id>/questions/<int:number>",
        questions.question,
        name="compose-question",
    ),
    path("compose/<int:item_id>/voice", voices.of_share, name="compose-voice"),
    path("stories/<int:story_id>/voice", voices.of_story, name="story-voice"),
    path("voices/<int:voice_id>", voices.hear, name="voice"),
    path("voices/<int:voice_id>/let-go", voices.let_go, name="voice-let-go"),
    path("shares", shares.shares, name="my-shares"),
    path("shares/<int:share_id>", shares.share, name="share"),
    path("shares/<int:share_id>/posted", shares.posted, name="share-posted"),
    re_path(
        rf"^shares/(?P<share_id>\d{{1,18}})/(?P<what>{ACTS})$",
        shares.act,
        name="share-act",
    ),
    path("shares/<int:share_id>/qr.svg", links.qr_svg, name="qr-svg"),
    path("shares/<int:share_id>/qr.png", links.qr_png, name="qr-png"),
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
