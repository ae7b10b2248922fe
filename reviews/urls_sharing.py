"""Addresses of the host's own work on a self-assessment, below `cases/<slug>/self-assessment/`."""

from django.urls import path

from reviews.views import assignments, checking, signing

urlpatterns = [
    path("who-writes/", assignments.people, name="who_writes"),
    path("who-writes/<int:pk>/", assignments.due, name="assignment_due"),
    path("who-writes/<int:pk>/remove/", assignments.remove, name="assignment_remove"),
    path("check/", checking.check, name="self_assessment_check"),
    path("check/aside/", checking.aside, name="check_aside"),
    path("sections/<int:position>/sign/", signing.section, name="section_sign"),
    path("sign/", signing.sponsor, name="self_assessment_sign"),
    path("decline/", signing.decline, name="self_assessment_decline"),
]
