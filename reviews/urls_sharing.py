"""Addresses of the host's own work on a self-assessment, below `cases/<slug>/self-assessment/`."""

from django.urls import path

from reviews.views import assignments, checking, comments, signing, starting

urlpatterns = [
    path("who-writes/", assignments.people, name="who_writes"),
    path("who-writes/<int:pk>/", assignments.due, name="assignment_due"),
    path("who-writes/<int:pk>/remove/", assignments.remove, name="assignment_remove"),
    path("comments/<int:question>/", comments.comments, name="comments"),
    path("comments/<int:pk>/settle/", comments.resolve, name="comment_settle"),
    path("comments/<int:pk>/reopen/", comments.open_again, name="comment_reopen"),
    path("addenda/", comments.addenda, name="addenda"),
    path("answers/<int:question>/start/", starting.start, name="answer_start"),
    path("check/", checking.check, name="self_assessment_check"),
    path("check/aside/", checking.aside, name="check_aside"),
    path("sections/<int:position>/sign/", signing.section, name="section_sign"),
    path("sign/", signing.sponsor, name="self_assessment_sign"),
    path("decline/", signing.decline, name="self_assessment_decline"),
]
