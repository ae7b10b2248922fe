"""Addresses of cases."""

from django.urls import include, path

from reviews.views import (
    calendar,
    cases,
    deadlines,
    evidence,
    evidence_one,
    follow_up,
    home,
    interests,
    overview,
    reader,
    scope,
    self_assessment_reading,
    self_assessments,
    steps,
    team,
    timeline,
    uploads,
)

app_name = "reviews"
urlpatterns = [
    # --- All cases --------------------------------------------------------------------------------
    path("tasks/", home.tasks, name="tasks"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("question-sets/", include("reviews.urls_question_sets")),
    path("cases/", cases.cases, name="list"),
    path("cases/new/", cases.new_case, name="new"),
    # --- One case ---------------------------------------------------------------------------------
    path("cases/<slug:slug>/", overview.overview, name="case"),
    path("cases/<slug:slug>/scope/", scope.scope, name="scope"),
    path("cases/<slug:slug>/scope/dates/", scope.scope_dates, name="scope_dates"),
    path("cases/<slug:slug>/confirm/scope/", scope.confirm, {"what": "scope"}, name="confirm_scope"),
    path("cases/<slug:slug>/confirm/team/", scope.confirm, {"what": "team"}, name="confirm_team"),
    path("cases/<slug:slug>/team/", team.team, name="team"),
    path("cases/<slug:slug>/team/<int:membership>/remove/", team.remove, name="remove_person"),
    path("cases/<slug:slug>/interests/", interests.interests, name="interests"),
    path("cases/<slug:slug>/interests/<int:declaration>/", interests.decide, name="decide_interest"),
    path("cases/<slug:slug>/objections/to/<int:user>/", interests.objection, name="object"),
    path("cases/<slug:slug>/objections/<int:objection>/", interests.answer_objection, name="decide_objection"),
    path("cases/<slug:slug>/deadlines/", deadlines.deadlines, name="deadlines"),
    path("cases/<slug:slug>/deadlines/<slug:kind>/", deadlines.change, name="change_deadline"),
    path("cases/<slug:slug>/timeline/", timeline.timeline, name="timeline"),
    path("cases/<slug:slug>/steps/<slug:step>/", steps.step, name="step"),
    # --- Self-assessment --------------------------------------------------------------------------
    path("cases/<slug:slug>/self-assessment/", self_assessments.overview, name="self_assessment"),
    path(
        "cases/<slug:slug>/self-assessment/sections/<int:position>/",
        self_assessments.section,
        name="self_assessment_section",
    ),
    path("cases/<slug:slug>/self-assessment/", include("reviews.urls_sharing")),
    path("cases/<slug:slug>/self-assessment/", include("reviews.urls_offline")),
    path("cases/<slug:slug>/self-assessment/answers/<int:question>/", self_assessments.answer, name="answer"),
    path("cases/<slug:slug>/self-assessment/read/", self_assessment_reading.reading, name="self_assessment_reading"),
    path("cases/<slug:slug>/self-assessment/review/", self_assessment_reading.review, name="self_assessment_review"),
    path("cases/<slug:slug>/self-assessment/review/<int:position>/", self_assessment_reading.verdict, name="verdict"),
    path(
        "cases/<slug:slug>/self-assessment/versions/",
        self_assessment_reading.versions,
        name="self_assessment_versions",
    ),
    path(
        "cases/<slug:slug>/self-assessment/versions/<int:number>/",
        self_assessment_reading.reading,
        name="self_assessment_version",
    ),
    path("cases/<slug:slug>/self-assessment/evidence/", evidence.evidence, name="evidence"),
    path("cases/<slug:slug>/self-assessment/evidence/announce/", evidence.announce, name="evidence_announce"),
    path("cases/<slug:slug>/self-assessment/evidence/uploads/", uploads.begin, name="uploads"),
    path("cases/<slug:slug>/self-assessment/evidence/uploads/<uuid:pk>/", uploads.upload, name="upload"),
    path(
        "cases/<slug:slug>/self-assessment/evidence/uploads/<uuid:pk>/give-up/", uploads.discard, name="upload_discard"
    ),
    path("cases/<slug:slug>/self-assessment/evidence/<int:pk>/", evidence_one.edit, name="evidence_edit"),
    path("cases/<slug:slug>/self-assessment/evidence/<int:pk>/file/", evidence_one.download, name="evidence_download"),
    path("cases/<slug:slug>/self-assessment/evidence/<int:pk>/bring/", evidence_one.bring, name="evidence_bring"),
    path("cases/<slug:slug>/self-assessment/evidence/<int:pk>/questions/", evidence_one.link, name="evidence_link"),
    path(
        "cases/<slug:slug>/self-assessment/evidence/<int:pk>/versions/<int:number>/",
        evidence_one.download_version,
        name="evidence_version",
    ),
    path("cases/<slug:slug>/self-assessment/evidence/<int:pk>/remove/", evidence.remove, name="evidence_remove"),
    path("cases/<slug:slug>/self-assessment/evidence/<int:pk>/restore/", evidence.restore, name="evidence_restore"),
    path("cases/<slug:slug>/self-assessment/files/", reader.files, name="reader"),
    path("cases/<slug:slug>/self-assessment/files/<int:pk>/", reader.file, name="reader_file"),
    path("cases/<slug:slug>/self-assessment/files/<int:pk>/again/", reader.again, name="read_again"),
    path("cases/<slug:slug>/self-assessment/files/<int:pk>/quote/", reader.quote, name="quote"),
    path("cases/<slug:slug>/self-assessment/files/<int:pk>/pages/<int:number>/", reader.picture, name="page_picture"),
    # --- Follow-up --------------------------------------------------------------------------------
    path("cases/<slug:slug>/follow-up/", follow_up.follow_up, name="follow_up"),
    path("cases/<slug:slug>/follow-up/<int:pk>/", follow_up.one, name="follow_up_one"),
    path("cases/<slug:slug>/follow-up/<int:pk>/response/", follow_up.response, name="respond"),
    path("cases/<slug:slug>/follow-up/<int:pk>/actions/", follow_up.new_action, name="new_action"),
    path("cases/<slug:slug>/follow-up/actions/<int:pk>/", follow_up.action, name="action"),
    path("cases/<slug:slug>/follow-up/actions/<int:pk>/remove/", follow_up.remove, name="action_remove"),
    path("cases/<slug:slug>/follow-up/actions/<int:pk>/restore/", follow_up.restore, name="action_restore"),
]
