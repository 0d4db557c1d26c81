from django.urls import include, path, re_path

from pesue.pages import views
from pesue.pages.concepts import views as concepts
from pesue.pages.course import views as course
from pesue.pages.coverage import views as coverage
from pesue.pages.desk.views import desk
from pesue.pages.meaning.views import my_impact

urlpatterns = [
    path("", include("pesue.pages.public.urls")),
    path("desk", desk, name="desk"),
    path("concepts", concepts.concepts, name="concepts"),
    path("concepts/<int:concept_id>", concepts.concept, name="concept"),
    path("concepts/<int:concept_id>/sheet", concepts.sheet, name="concept-sheet"),
    path("concepts/<int:concept_id>/example", concepts.example, name="concept-example"),
    path("coverage", coverage.coverage, name="coverage"),
    path("coverage/values/<int:value_id>", coverage.of_value, name="coverage-value"),
    path("course", course.course, name="course"),
    path("course/answers", course.answers, name="course-answers"),
    path("course/first-post", course.first_post, name="first-post"),
    path("course/<slug:course>/certificate", course.certify, name="certify"),
    path("course/<slug:course>/<slug:lesson>", course.lesson, name="lesson"),
    path("encouragement/impact", my_impact, name="my-impact"),
    path("", views.home, name="today"),
    path("demo", views.demo, name="demo"),
    path("rest", views.rest, name="rest"),
    path("language", views.language, name="language"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("service-worker.js", views.service_worker, name="service-worker"),
    path("offline", views.offline, name="offline"),
    path("accessibility", views.accessibility, name="accessibility"),
    re_path(r"^look/(?P<colour>[0-9a-f]{6})\.css$", views.accent, name="accent"),
    path("docs/", views.docs, name="docs"),
    re_path(r"^docs/(?P<name>(?:stats/)?[a-z_-]+)$", views.doc, name="doc"),
    re_path(
        r"^docs/(?P<name>[a-z_-]+\.(?:png|webp|svg))$",
        views.doc_picture,
        name="doc-picture",
    ),
]
