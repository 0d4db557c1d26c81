from django.urls import path

from pesue.trials import views

urlpatterns = [
    path("tried", views.tried, name="tried"),
    path("tried/stay-out", views.stay_out, name="stay-out"),
    path("trials", views.trials, name="trials"),
    path("trials/new/<str:key>", views.new, name="trial-new"),
    path("trials/<int:trial_id>", views.trial, name="trial"),
    path("trials/<int:trial_id>/start", views.start, name="trial-start"),
    path("trials/<int:trial_id>/stop", views.stop, name="trial-stop"),
    path("trials/<int:trial_id>/drop", views.drop, name="trial-drop"),
]
