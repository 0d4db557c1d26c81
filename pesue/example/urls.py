from django.urls import path

from pesue.example import views

urlpatterns = [
    path("examples/", views.examples, name="examples"),
    path("examples/suggest", views.nominate, name="nominate"),
    path("examples/followed", views.followed, name="followed"),
    path("examples/<int:showcase_id>", views.showcase, name="showcase"),
    path("examples/<int:showcase_id>/shape", views.shape, name="showcase-shape"),
    path("examples/<int:showcase_id>/thanks", views.thank, name="thank"),
    path("examples/cases", views.cases, name="cases"),
    path("examples/cases/new", views.case_add, name="case-add"),
    path("examples/cases/<int:case_id>/drop", views.case_drop, name="case-drop"),
    path("examples/people", views.role_models, name="role-models"),
    path("examples/people/offer", views.role_model_offer, name="role-model-offer"),
    path("examples/people/thank", views.role_model_propose, name="role-model-propose"),
    path(
        "examples/people/<int:role_id>",
        views.role_model_answer,
        name="role-answer",
    ),
    path("examples/people/<int:role_id>/ask", views.pair_ask, name="pair-ask"),
    path("examples/pairs", views.pairing, name="pairing"),
    path("examples/pairs/<int:pair_id>/accept", views.pair_accept, name="pair-accept"),
    path("examples/pairs/<int:pair_id>/end", views.pair_end, name="pair-end"),
    path("examples/pairs/<int:pair_id>/tick", views.pair_tick, name="pair-tick"),
    path("examples/leading", views.leading, name="leading"),
    path("examples/leading/plan", views.leading_plan, name="leading-plan"),
    path("examples/leading/assistant", views.assistant, name="assistant"),
    path(
        "examples/leading/assistants/<int:named_id>/end",
        views.assistant_end,
        name="assistant-end",
    ),
    path("examples/leading/drafts/<int:share_id>", views.hand, name="hand"),
    path("examples/leading/handed/<int:handed_id>", views.handover, name="handover"),
    path("examples/leading/inside", views.inside, name="inside"),
    path(
        "examples/leading/inside/<int:inside_id>",
        views.inside_told,
        name="inside-told",
    ),
    path(
        "examples/leading/inside/<int:inside_id>/drop",
        views.inside_drop,
        name="inside-drop",
    ),
    path("examples/preparing", views.preparing, name="preparing"),
    path("examples/preparing/<int:handed_id>", views.prepare, name="prepare"),
    path(
        "examples/preparing/<int:handed_id>/voices/<int:voice_id>",
        views.handed_voice,
        name="handed-voice",
    ),
    path("takeovers", views.takeovers, name="takeovers"),
    path("takeovers.ics", views.takeovers_ics, name="takeovers-ics"),
    path("takeovers/offer", views.takeover_offer, name="takeover-offer"),
    path("takeovers/ask", views.takeover_ask, name="takeover-ask"),
    path("takeovers/<int:takeover_id>", views.takeover, name="takeover"),
    path(
        "takeovers/<int:takeover_id>/answer",
        views.takeover_answer,
        name="takeover-answer",
    ),
    path(
        "takeovers/<int:takeover_id>/grant", views.takeover_grant, name="takeover-grant"
    ),
    path("takeovers/<int:takeover_id>/film", views.takeover_film, name="takeover-film"),
    path(
        "takeovers/<int:takeover_id>/captions.vtt",
        views.takeover_captions,
        name="takeover-captions",
    ),
    path("examples/pictured/<int:pictured_id>", views.pictured, name="pictured"),
    path("settings/page", views.own_page, name="own-page"),
    path("shares/<int:share_id>/example", views.offer, name="offer-example"),
    path("stories/<int:story_id>/example", views.offer_story, name="offer-story"),
]
