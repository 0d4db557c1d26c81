from django.urls import path, register_converter
from django.urls.converters import StringConverter

from pesue.guidance import views
from pesue.guidance.forms import FORMS
from pesue.guidance.views import certificates, course


class NounConverter(StringConverter):
    regex = "|".join(FORMS)


register_converter(NounConverter, "guidance")

urlpatterns = [
    path("guidance", views.guidance, name="guidance"),
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
    path("guidance/follow", views.follow, name="follow-topics"),
    path("guidance/<guidance:noun>/new", views.write, name="guidance-new"),
    path("guidance/<guidance:noun>/<int:row_id>", views.write, name="guidance-edit"),
    path(
        "guidance/<guidance:noun>/<int:row_id>/drop", views.drop, name="guidance-drop"
    ),
]
