"""Addresses of the way to publication, and of what was published."""

from django.urls import path

from reports.views import approval, photos, publications

_REPORT = "cases/<slug:slug>/report/"
_PUBLISHED = "library/<slug:slug>/"

urlpatterns = [
    path(_PUBLISHED, publications.publication, name="publication"),
    path(f"{_PUBLISHED}pdf/", publications.publication_pdf, name="publication_pdf"),
    path(f"{_PUBLISHED}photos/<slug:digest>.jpg", photos.publication_photo, name="publication_photo"),
    path(f"{_PUBLISHED}text/", publications.publication_text, name="publication_text"),
    path(f"{_PUBLISHED}cite.bib", publications.publication_citation, {"form": "bib"}, name="publication_bibtex"),
    path(f"{_PUBLISHED}cite.ris", publications.publication_citation, {"form": "ris"}, name="publication_ris"),
    path(f"{_REPORT}consent/", approval.consent, name="consent"),
    path(f"{_REPORT}confirm/", approval.confirm, name="confirm_report"),
    path(f"{_REPORT}objection/", approval.objection, name="objection"),
    path(f"{_REPORT}go-ahead/", approval.go_ahead, name="go_ahead"),
    path(f"{_REPORT}sponsor/", approval.sponsor, name="inform_sponsor"),
    path(f"{_REPORT}erratum/", approval.erratum, name="erratum"),
    path(f"{_REPORT}versions/<int:version>/withdraw/", approval.withdraw, name="withdraw_publication"),
]
