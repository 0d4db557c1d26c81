from django.urls import path

from pesue.measurement import views
from pesue.measurement.views import exchange, outside, reports, senders

urlpatterns = [
    path("results", views.results, name="results"),
    path("results.csv", views.results_csv, name="results-csv"),
    path("results/outside", outside.outside, name="outside"),
    path("results/outside/file/<int:file_id>", outside.file, name="outside-file"),
    path(
        "results/outside/file/<int:file_id>/answer",
        outside.answer,
        name="outside-answer",
    ),
    path("results/outside/system", senders.let_in, name="sender-let-in"),
    path("results/outside/system/<int:sender_id>/end", senders.end, name="sender-end"),
    path("results/outside/<str:what>.csv", outside.sample_csv, name="outside-sample"),
    path("results/outside/<str:what>", outside.bring, name="outside-bring"),
    path("outcomes", senders.outcomes, name="outcomes"),
    path("results/report", reports.report, name="report"),
    path("results/report.pdf", reports.report_pdf, name="report-pdf"),
    path("results/report/costs", reports.report_costs, name="report-costs"),
    path("results/report/opening", reports.report_opening, name="report-opening"),
    path(
        "results/report/<slug:key>.png", reports.report_picture, name="report-picture"
    ),
    path("results/report/of/<str:token>", reports.report_open, name="report-open"),
    path("results/others", exchange.others, name="trials-others"),
    path("results/others/files/<int:file_id>", exchange.download, name="trials-told"),
    path("results/others/<int:house_id>/remove", exchange.remove, name="trials-remove"),
    path("results/advice", reports.put_aside, name="put-aside"),
    path("trials/<int:trial_id>/reading", views.reading, name="trial-reading"),
    path("trials/<int:trial_id>/reading.zip", views.reading_file, name="trial-file"),
]
