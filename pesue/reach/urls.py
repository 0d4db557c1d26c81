from django.urls import path

from pesue.reach import views

urlpatterns = [
    path("sign-in/link", views.sign_in_link, name="sign-in-link"),
    path("sign-in/link/<str:token>", views.sign_in_by_link, name="sign-in-by-link"),
    path("unsubscribe/<str:token>", views.unsubscribe, name="unsubscribe"),
    path("settings/mail", views.mail, name="mail"),
]
