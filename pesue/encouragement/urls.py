from django.urls import path, re_path

from pesue.encouragement import views
from pesue.encouragement.views import (
    award_runs,
    awards,
    ballots,
    catalogue,
    juries,
    payroll,
    rewards,
    wins,
)

AWARD = "encouragement/awards/<int:round_id>"
SHOWN = "encouragement/awards/shown/<slug:code>"

urlpatterns = [
    path(f"{AWARD}/aside", awards.aside, name="award-aside"),
    path("encouragement", views.encouragement, name="encouragement"),
    path("encouragement/rules", views.rules, name="rules"),
    path("encouragement/rules/<str:fact>", views.rule, name="rule"),
    path("encouragement/laboratory", views.laboratory, name="laboratory"),
    path("encouragement/budgets", views.budgets, name="budgets"),
    path(
        "encouragement/budgets/<int:budget_id>/close",
        views.close_budget,
        name="budget-close",
    ),
    path("encouragement/rewards", rewards.rewards, name="rewards"),
    path("encouragement/rewards/<int:reward_id>", rewards.reward, name="reward"),
    path(
        "encouragement/rewards/asked/<int:redemption_id>/withdraw",
        rewards.redemption_withdraw,
        name="redemption-withdraw",
    ),
    path("encouragement/catalogue", catalogue.catalogue, name="catalogue"),
    path("encouragement/catalogue/new", catalogue.reward_new, name="reward-new"),
    path(
        "encouragement/catalogue/<int:reward_id>",
        catalogue.reward_edit,
        name="reward-edit",
    ),
    path(
        "encouragement/catalogue/<int:reward_id>/retire",
        catalogue.reward_retire,
        name="reward-retire",
    ),
    path("encouragement/redemptions", catalogue.redemptions, name="redemptions"),
    path(
        "encouragement/redemptions/<int:redemption_id>",
        catalogue.redemption_answer,
        name="redemption-answer",
    ),
    path("encouragement/payroll", payroll.payroll, name="payroll"),
    path("encouragement/payroll/month", payroll.payroll_month, name="payroll-month"),
    path("encouragement/weeks", views.my_weeks, name="my-weeks"),
    path("encouragement/steps/<int:offer_id>", views.answer_step, name="step"),
    path("encouragement/motives", views.my_motives, name="my-motives"),
    path("encouragement/motives/say", views.say_motives, name="say-motives"),
    path("encouragement/motives/forget", views.forget_motives, name="forget-motives"),
    path("encouragement/mix", views.mix, name="mix"),
    path("encouragement/mix/try", views.try_mix, name="mix-try"),
    path("encouragement/thanks", views.thanks, name="thanks"),
    path(
        "encouragement/thanks/new/<int:member_id>", views.thanks_new, name="thanks-new"
    ),
    path("encouragement/thanks/<int:thanks_id>", views.thanks_show, name="thanks-show"),
    path("encouragement/honours", views.honours, name="honours"),
    path(
        "encouragement/honours/new/<int:member_id>",
        views.honour_new,
        name="honour-new",
    ),
    path(
        "encouragement/honours/<int:honour_id>", views.honour_show, name="honour-show"
    ),
    path("encouragement/letters", views.letters, name="letters"),
    path("encouragement/letters/new", views.letter_new, name="letter-new"),
    path(
        "encouragement/letters/<int:letter_id>", views.letter_show, name="letter-show"
    ),
    path(
        "encouragement/letters/<int:letter_id>/away",
        views.letter_away,
        name="letter-away",
    ),
    path("encouragement/wall", views.wall, name="wall"),
    path("encouragement/cards/<int:card_id>", views.card, name="card"),
    path(
        "encouragement/cards/<int:card_id>.png", views.card_picture, name="card-picture"
    ),
    path("encouragement/goals", views.goals, name="goals"),
    path("encouragement/goals/board", views.play, name="play"),
    path("encouragement/goals/lead", views.goals_lead, name="goals-lead"),
    path("encouragement/goals/lead/new", views.goal_new, name="goal-new"),
    path(
        "encouragement/goals/lead/<int:goal_id>/withdraw",
        views.goal_withdraw,
        name="goal-withdraw",
    ),
    path("encouragement/goals/lead/boards", views.boards, name="boards"),
    path("encouragement/goals/lead/league", views.league_join, name="league-join"),
    path(
        "encouragement/goals/lead/league/<int:team_id>/leave",
        views.league_leave,
        name="league-leave",
    ),
    path("encouragement/awards", awards.awards, name="awards"),
    path("encouragement/awards/new", award_runs.new, name="award-new"),
    path(
        "encouragement/awards/new/<slug:key>", award_runs.begin_from, name="award-from"
    ),
    path("encouragement/awards/gallery", awards.gallery, name="award-gallery"),
    path(
        "encouragement/awards/nominees/<int:nominee_id>",
        awards.nominee,
        name="award-nominee",
    ),
    path("encouragement/awards/wins/<int:win_id>", wins.win, name="award-win"),
    path(
        "encouragement/awards/wins/<int:win_id>/certificate.pdf",
        wins.certificate,
        name="award-certificate",
    ),
    path(SHOWN, wins.shown, name="award-shown"),
    path(f"{SHOWN}/<slug:shape>.png", wins.card, name="award-card"),
    path(AWARD, awards.award_round, name="award-round"),
    path(f"{AWARD}/nominate", awards.nominate, name="award-nominate"),
    path(f"{AWARD}/vote", ballots.vote, name="award-vote"),
    path(f"{AWARD}/codes", awards.codes, name="award-codes"),
    path(f"{AWARD}/code", awards.code, name="award-code"),
    path(f"{AWARD}/judge", juries.judge, name="award-judge"),
    path(f"{AWARD}/judge/<int:nominee_id>", juries.score, name="award-score"),
    path(
        f"{AWARD}/judge/<int:nominee_id>/keep-out",
        juries.keep_out,
        name="award-keep-out",
    ),
    path(f"{AWARD}/run", award_runs.run, name="award-run"),
    path(f"{AWARD}/dates", award_runs.dates, name="award-dates"),
    path(f"{AWARD}/jurors", award_runs.invite_juror, name="award-jurors"),
    path(
        f"{AWARD}/jurors/<int:juror_id>/excuse",
        award_runs.excuse_juror,
        name="award-excuse",
    ),
    re_path(
        r"^encouragement/awards/(?P<round_id>\d{1,18})/(?P<act>next|off|again)$",
        award_runs.act,
        name="award-act",
    ),
]
