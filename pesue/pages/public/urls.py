from django.urls import path

from pesue.pages.public import views

HOUSE, PERSON, CONCEPT, STORY = (
    {"kind": kind} for kind in ("house", "person", "concept", "story")
)

# Each begins with one of middleware.PLACES; sharing.clicks.wsgi counts /s/<slug>.
urlpatterns = [
    path("s/", views.shelf, HOUSE, name="public-stories"),
    path("s/feed.<str:form>", views.feed, HOUSE, name="public-feed"),
    path("s/card.png", views.card, HOUSE, name="public-card"),
    path("s/<slug:slug>", views.story, name="story-public"),
    path("s/<slug:slug>.vtt", views.captions, name="captions-public"),
    path("s/<slug:slug>/card.png", views.card, STORY, name="story-card"),
    path("p/", views.people, name="public-people"),
    path("p/<slug:slug>", views.shelf, PERSON, name="public-person"),
    path("p/<slug:slug>/feed.<str:form>", views.feed, PERSON, name="person-feed"),
    path("p/<slug:slug>/card.png", views.card, PERSON, name="person-card"),
    path("c/<slug:slug>", views.shelf, CONCEPT, name="public-concept"),
    path("c/<slug:slug>/feed.<str:form>", views.feed, CONCEPT, name="concept-feed"),
    path("c/<slug:slug>/card.png", views.card, CONCEPT, name="concept-card"),
    path("embed/s/", views.embed, HOUSE, name="embed-stories"),
    path("embed/s/<slug:slug>", views.embed, STORY, name="embed-story"),
    path("embed/p/<slug:slug>", views.embed, PERSON, name="embed-person"),
    path("embed/c/<slug:slug>", views.embed, CONCEPT, name="embed-concept"),
    path("oembed", views.oembed, name="oembed"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
