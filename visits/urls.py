"""Addresses of the study visit, below its case."""

from django.urls import path

from visits.views import (
    agendas,
    desk_review,
    feedback,
    finding,
    finding_steps,
    findings,
    notes,
    places,
    practical,
    programme,
    recommendations,
    release,
    slots,
)

app_name = "visits"
_P = "cases/<slug:slug>/programme/"
_D = "cases/<slug:slug>/desk-review/"
_N = "cases/<slug:slug>/notes/"
_F = "cases/<slug:slug>/findings/"
_R = "cases/<slug:slug>/recommendations/"
urlpatterns = [
    # --- Programme --------------------------------------------------------------------------------
    path(_P, programme.show, name="programme"),
    path(f"{_P}my-day/", programme.my_day, name="my_day"),
    path(f"{_P}seen/", programme.seen, name="programme_seen"),
    path(f"{_P}move/", programme.move, name="programme_move"),
    path(f"{_P}template/", agendas.choose, name="agendas"),
    path(f"{_P}practical/", practical.practical, name="practical"),
    path(f"{_P}settings/", practical.settings, name="settings"),
    path(f"{_P}slots/new/", slots.new, name="slot_new"),
    path(f"{_P}slots/<int:slot_id>/", slots.edit, name="slot"),
    path(f"{_P}slots/<int:slot_id>/move/", slots.move, name="slot_move"),
    path(f"{_P}slots/<int:slot_id>/remove/", slots.remove, name="slot_remove"),
    path(f"{_P}slots/<int:slot_id>/restore/", slots.restore, name="slot_restore"),
    path(f"{_P}sites/", places.sites, name="sites"),
    path(f"{_P}sites/<int:site_id>/", places.site, name="site"),
    path(f"{_P}sites/<int:site_id>/remove/", places.site_remove, name="site_remove"),
    path(f"{_P}sites/<int:site_id>/restore/", places.site_restore, name="site_restore"),
    path(f"{_P}groups/", places.groups, name="groups"),
    path(f"{_P}groups/<int:group_id>/", places.group, name="group"),
    path(f"{_P}groups/<int:group_id>/remove/", places.group_remove, name="group_remove"),
    path(f"{_P}groups/<int:group_id>/restore/", places.group_restore, name="group_restore"),
    # --- Desk review and notes --------------------------------------------------------------------
    path(_D, desk_review.show, name="desk_review"),
    path(f"{_D}close/", desk_review.close, name="desk_close"),
    path(f"{_D}reopen/", desk_review.reopen, name="desk_reopen"),
    path(f"{_D}items/<int:item_id>/answer/", desk_review.answer, name="desk_answer"),
    path(f"{_D}items/<int:item_id>/remove/", desk_review.remove, name="desk_remove"),
    path(f"{_D}items/<int:item_id>/restore/", desk_review.restore, name="desk_restore"),
    path(_N, notes.show, name="notes"),
    path(f"{_N}write/", notes.write, name="note_write"),
    path(f"{_N}<int:note_id>/", notes.edit, name="note"),
    path(f"{_N}<int:note_id>/remove/", notes.remove, name="note_remove"),
    path(f"{_N}<int:note_id>/restore/", notes.restore, name="note_restore"),
    # --- Findings, recommendations, feedback session ----------------------------------------------
    path(_F, findings.board, name="findings"),
    path(f"{_F}new/", findings.new_finding, name="new_finding"),
    path(f"{_F}add-notes/", findings.add_notes, name="add_notes"),
    path(f"{_F}release/", release.release, name="release"),
    path(f"{_F}release/take-back/", release.withdraw, name="withdraw_release"),
    path(f"{_F}<int:pk>/", finding.finding, name="finding"),
    path(f"{_F}<int:pk>/notes/", finding.add_notes, name="finding_notes"),
    path(f"{_F}<int:pk>/notes/<int:note>/remove/", finding.remove_note, name="finding_note_remove"),
    path(f"{_F}<int:pk>/move/<slug:way>/", finding_steps.move_finding, name="move_finding"),
    path(f"{_F}<int:pk>/steps/<slug:step>/", finding_steps.finding_step, name="finding_step"),
    path(_R, recommendations.recommendations, name="recommendations"),
    path(f"{_R}new/", recommendations.new_recommendation, name="new_recommendation"),
    path(f"{_R}order/", finding_steps.order_recommendations, name="order_recommendations"),
    path(f"{_R}<int:pk>/", recommendations.recommendation, name="recommendation"),
    path(f"{_R}<int:pk>/move/<slug:way>/", finding_steps.move_recommendation, name="move_recommendation"),
    path(f"{_R}<int:pk>/steps/<slug:step>/", finding_steps.recommendation_step, name="recommendation_step"),
    path("cases/<slug:slug>/feedback/", feedback.feedback, name="feedback"),
    path("cases/<slug:slug>/feedback/presentation/", feedback.presentation, name="presentation"),
]
