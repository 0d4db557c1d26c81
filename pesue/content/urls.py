from django.urls import path

from pesue.content import views

urlpatterns = [
    path("library", views.library, name="library"),
    path("library/<int:item_id>", views.item, name="item"),
    path("library/<int:item_id>/edit", views.item_edit, name="item-edit"),
    path("library/<int:item_id>/accept", views.item_accept, name="item-accept"),
    path("library/<int:item_id>/drop", views.item_drop, name="item-drop"),
    path("library/new", views.item_new, name="item-new"),
    path("calendar", views.calendar, name="calendar"),
    path("inbox", views.inbox, name="inbox"),
    path("sources", views.sources, name="sources"),
    path("sources/<int:source_id>", views.source, name="source"),
    path("sources/<int:source_id>/stop", views.source_stop, name="source-stop"),
    path("sources/<int:source_id>/read", views.source_read, name="source-read"),
    path("suggest", views.suggest, name="suggest"),
    path("bookmarklet", views.bookmarklet, name="bookmarklet"),
    path("media/<str:name>", views.media, name="media"),
]
