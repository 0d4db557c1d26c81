from django.urls import path
from django.views.generic import RedirectView

from pesue.people.views import invitations, lists, members, own, teams, welcome

urlpatterns = [
    path("welcome", welcome.welcome, name="welcome"),
    path("welcome/demo", welcome.look_around, name="look-around"),
    path("demo/sign-in", welcome.demo_sign_in, name="demo-sign-in"),
    path("members/", members.listed, name="members"),
    path("members/<int:member_id>", members.member, name="member"),
    path("members/<int:member_id>/move", members.move, name="move-member"),
    path("members/<int:member_id>/grants", members.give, name="give-role"),
    path("grants/<int:grant_id>/take", members.take, name="take-role"),
    path("teams/", teams.teams, name="teams"),
    path("teams/<int:team_id>", teams.team, name="team"),
    path("teams/<int:team_id>/remove", teams.remove, name="remove-team"),
    path("organisation", teams.organisation, name="organisation"),
    path("invitations/", invitations.listed, name="invitations"),
    path("invitations/<int:invitation_id>/end", invitations.end, name="end-invitation"),
    path("import/", lists.import_people, name="import-people"),
    path("import/<int:import_id>", lists.people_import, name="people-import"),
    path("import/<int:import_id>/answer", lists.answer_import, name="answer-import"),
    path("import/<int:import_id>/missing", lists.missing, name="missing-people"),
    path("members/export", lists.export_people, name="export-people"),
    path("invitation/<str:token>", invitations.accept, name="invitation"),
    path("settings/", own.settings, name="me"),
    path("settings/", own.settings, name="settings"),
    path("settings/pause", own.pause, name="pause"),
    # Addresses are the organisation's affair: nobody adds a second one.
    path("account/email/", RedirectView.as_view(pattern_name="settings")),
    path(
        "sign-in/", RedirectView.as_view(pattern_name="account_login"), name="sign-in"
    ),
]
