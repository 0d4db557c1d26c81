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
    path("stories", views.stories, name="stories"),
    path("stories/new", views.story_new, name="story-new"),
    path("stories/<int:story_id>", views.story, name="story"),
    path("stories/<int:story_id>/edit", views.story_edit, name="story-edit"),
    path("stories/<int:story_id>/send", views.story_send, name="story-send"),
    path("stories/<int:story_id>/back", views.story_take_back, name="story-back"),
    path("stories/<int:story_id>/leave", views.story_withdraw, name="story-withdraw"),
    path("stories/<int:story_id>/show", views.story_show, name="story-show"),
    path("stories/<int:story_id>/accept", views.story_accept, name="story-accept"),
    path("stories/<int:story_id>/return", views.story_return, name="story-return"),
    path("s/<slug:slug>", views.story_public, name="story-public"),
    path("media/<str:name>", views.media, name="media"),
]
