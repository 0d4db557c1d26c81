from django.urls import path

from pesue.privacy import views

urlpatterns = [
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/export", views.take_along, name="privacy-export"),
    path("privacy/erase", views.erase, name="privacy-erase"),
    path("privacy/looks", views.looks, name="looks"),
    path("privacy/tables/<str:key>", views.table, name="privacy-table"),
]
