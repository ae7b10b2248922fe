"""Addresses of writing the report together."""

from django.urls import include, path

from reports.views import sections

_REPORT = "cases/<slug:slug>/report/"
_SECTION = f"{_REPORT}sections/<slug:key>/"

urlpatterns = [
    path("", include("reports.urls_pieces")),
    path(f"{_REPORT}share/", sections.share, name="share"),
    path(f"{_SECTION}desk/", sections.desk, name="section_desk"),
    path(f"{_SECTION}status/", sections.status, name="section_status"),
    path(f"{_SECTION}presence/", sections.presence, name="section_presence"),
    path(f"{_SECTION}take-over/", sections.take, name="take_over"),
    path(f"{_SECTION}comments/", sections.comments, name="section_comments"),
    path(f"{_REPORT}comments/<int:pk>/settle/", sections.settle_comment, name="section_comment_settle"),
    path(f"{_REPORT}comments/<int:pk>/reopen/", sections.reopen_comment, name="section_comment_reopen"),
    path(f"{_SECTION}versions/", sections.versions, name="section_versions"),
    path(f"{_SECTION}versions/<int:number>/restore/", sections.restore_version, name="section_restore"),
]
