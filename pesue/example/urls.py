from django.urls import path

from pesue.example import views

urlpatterns = [
    path("examples/", views.examples, name="examples"),
    path("examples/suggest", views.nominate, name="nominate"),
    path("examples/<int:showcase_id>", views.showcase, name="showcase"),
    path("examples/<int:showcase_id>/thanks", views.thank, name="thank"),
    path("shares/<int:share_id>/example", views.offer, name="offer-example"),
]
