from django.urls import path, re_path

from pesue.surveys.views import asked, benchmarks, outside, panels

PANEL = r"^surveys/panels/(?P<panel_id>\d{1,18})/"

urlpatterns = [
    path("surveys", asked.surveys, name="surveys"),
    path("surveys/<int:survey_id>", asked.survey, name="survey"),
    path("surveys/<int:survey_id>/results", asked.results, name="survey-results"),
    path("surveys/<int:survey_id>/close", asked.close, name="survey-close"),
    path("surveys/<int:survey_id>/export", benchmarks.export, name="survey-export"),
    path("surveys/others", benchmarks.others, name="benchmark"),
    path(
        "surveys/others/files/<int:export_id>",
        benchmarks.download,
        name="benchmark-file",
    ),
    path(
        "surveys/others/<int:neighbour_id>/remove",
        benchmarks.remove,
        name="benchmark-remove",
    ),
    path("surveys/others/<slug:name>", benchmarks.compared, name="benchmark-compared"),
    path("surveys/panels", panels.listed, name="panels"),
    path("surveys/panels/<int:panel_id>", panels.panel, name="panel"),
    re_path(
        PANEL + r"(?P<act>list|rank|close|publish|off|drop)$",
        panels.act,
        name="panel-act",
    ),
    re_path(
        PANEL + r"experts/(?P<expert_id>\d{1,18})/(?P<act>again|erase|unquote)$",
        panels.expert,
        name="panel-expert-act",
    ),
    re_path(
        PANEL + r"trends/(?P<trend_id>\d{1,18})/(?P<act>word|merge|leave-out)$",
        panels.trend,
        name="panel-trend-act",
    ),
    path(
        "surveys/panels/<int:panel_id>/ideas/<int:idea_id>/put-back",
        panels.put_back,
        name="panel-put-back",
    ),
    path("panel", outside.enter, name="panel-in"),
    path("panel/<int:expert_id>", outside.expert, name="panel-expert"),
    re_path(
        r"^panel/(?P<expert_id>\d{1,18})/(?P<act>unquote|leave)$",
        outside.leave,
        name="panel-leave",
    ),
    path("trends/<slug:slug>", outside.published, name="panel-published"),
    re_path(
        r"^trends/(?P<slug>[-\w]+)/(?P<language>fi|sv|en)$",
        outside.published,
        name="panel-published-in",
    ),
]
