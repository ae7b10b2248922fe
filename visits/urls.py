"""Addresses of the study visit, below its case."""

from django.urls import path

from visits.views import agendas, places, practical, programme, slots

app_name = "visits"
_P = "cases/<slug:slug>/programme/"
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
]
