"""Addresses of the words for pieces of a report, the live preview, and the pages as pictures."""

from django.urls import path

from reports.views import pages, photos, pieces, preview

_REPORT = "cases/<slug:slug>/report/"
_SECTION = f"{_REPORT}sections/<slug:key>/"

urlpatterns = [
    path(f"{_SECTION}preview/", preview.preview, name="section_preview"),
    path(f"{_SECTION}pieces/<str:piece>/", pieces.piece, name="piece"),
    path(f"{_SECTION}pieces/<str:piece>/decide/", pieces.decide, name="decide_piece"),
    path(f"{_SECTION}pages/", pages.request_pages, name="request_pages"),
    path(f"{_SECTION}pages/<int:pk>/", pages.pages, name="section_pages"),
    path(f"{_REPORT}photos/<slug:digest>.jpg", photos.report_photo, name="report_photo"),
    path(f"{_REPORT}pages/<int:pk>/<int:number>.jpg", pages.page_picture, name="page_picture"),
]
