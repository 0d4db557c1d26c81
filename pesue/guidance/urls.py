from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from pesue.guidance import views
from pesue.guidance.forms import FORMS
from pesue.guidance.views import certificates, course


class NounConverter(StringConverter):
    regex = "|".join(FORMS)


register_converter(NounConverter, "guidance")

urlpatterns = [
    path("guidance", views.guidance, name="guidance"),
    path("guidance/export.md", views.export, name="guidance-export"),
    path("values/<int:value_id>", views.value, name="value"),
    path("guidance/values/import", views.values_import, name="values-import"),
    path("guidance/workshop", views.workshop, name="workshop"),
    path("guidance/old", views.old_guidelines, name="old-guidelines"),
    path("guidance/old/<int:old_id>", views.old_guideline, name="old-guideline"),
    path("guidance/old/<int:old_id>/publish", views.old_publish, name="old-publish"),
    re_path(
        r"^guidance/old/(?P<old_id>\d+)/(?P<act>aside|open|forget|model)$",
        views.old_act,
        name="old-act",
    ),
    path("guidance/asks", views.asks, name="asks"),
    path("guidance/asks/<int:ask_id>", views.ask, name="ask"),
    path("guidance/asks/<int:ask_id>/back", views.ask_back, name="ask-back"),
    path("guidance/known/<int:known_id>/drop", views.known_drop, name="known-drop"),
    path("guidance/topics/<int:topic_id>/about", views.topic, name="topic"),
    path("guidance/topics/<int:topic_id>/ask", views.ask_new, name="ask-new"),
    path("concepts/begin", views.concept_begin, name="concept-begin"),
    path(
        "guidance/topics/<int:topic_id>/follow", views.follow_one, name="follow-topic"
    ),
    path("guidance/quiet", views.quiet, name="quiet"),
    path("guidance/changes", views.changes, name="guidance-changes"),
    path(
        "guidance/guidelines/<int:guideline_id>/history",
        views.history,
        name="guideline-history",
    ),
    path(
        "guidance/guidelines/<int:guideline_id>/bring-back",
        views.bring_back,
        name="guideline-back",
    ),
    path("guidance/follow", views.follow, name="follow-topics"),
    path("guidance/<guidance:noun>/new", views.write, name="guidance-new"),
    path("guidance/<guidance:noun>/<int:row_id>", views.write, name="guidance-edit"),
    path(
        "guidance/<guidance:noun>/<int:row_id>/drop", views.drop, name="guidance-drop"
    ),
    path("guidance/course", course.wordings, name="course-wordings"),
    path(
        "guidance/course/<slug:course>/<slug:lesson>/<slug:language>",
        course.wording,
        name="course-wording",
    ),
    path(
        "certificates/<str:code>.pdf",
        certificates.certificate_pdf,
        name="certificate-pdf",
    ),
    path("certificates/<str:code>", certificates.certificate, name="certificate"),
    path(
        "certificates/<str:code>/show",
        certificates.certificate_show,
        name="certificate-show",
    ),
]
