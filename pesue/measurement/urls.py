from django.urls import path

from pesue.measurement import views

urlpatterns = [
    path("results", views.results, name="results"),
    path("results.csv", views.results_csv, name="results-csv"),
]
