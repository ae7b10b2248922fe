"""Addresses of cases."""

from django.urls import path

from reviews.views import deadlines, overview, scope, steps, team, timeline

app_name = "reviews"
urlpatterns = [
    # --- One case ---------------------------------------------------------------------------------
    path("cases/<slug:slug>/", overview.overview, name="case"),
    path("cases/<slug:slug>/scope/", scope.scope, name="scope"),
    path("cases/<slug:slug>/team/", team.team, name="team"),
    path("cases/<slug:slug>/deadlines/", deadlines.deadlines, name="deadlines"),
    path("cases/<slug:slug>/timeline/", timeline.timeline, name="timeline"),
    path("cases/<slug:slug>/steps/<slug:step>/", steps.step, name="step"),
]
