from django.urls import path

from pesue.doors import views

urlpatterns = [
    path(".well-known/webfinger", views.webfinger, name="webfinger"),
    path(".well-known/nodeinfo", views.nodeinfo_at, name="nodeinfo-at"),
    path("nodeinfo/2.1", views.nodeinfo, name="nodeinfo"),
    path("fediverse/inbox", views.inbox, name="fediverse-inbox"),
    path("fediverse/by/<slug:name>", views.actor, name="actor"),
    path("fediverse/by/<slug:name>/inbox", views.inbox, name="actor-inbox"),
    path("fediverse/by/<slug:name>/outbox", views.outbox, name="actor-outbox"),
    path("fediverse/by/<slug:name>/followers", views.followers, name="followers"),
    path("fediverse/by/<slug:name>/<int:number>", views.post, name="post"),
    path("organisation/fediverse", views.fediverse, name="fediverse"),
    path("organisation/fediverse/keys", views.new_keys, name="fediverse-keys"),
    path("organisation/fediverse/close", views.close, name="close-fediverse"),
]
