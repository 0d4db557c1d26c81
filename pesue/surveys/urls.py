from django.urls import path

from pesue.surveys import views

urlpatterns = [
    path("surveys/<int:survey_id>", views.survey, name="survey"),
    path("surveys/<int:survey_id>/results", views.results, name="survey-results"),
]
