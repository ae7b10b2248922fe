"""Addresses of the self-assessment outside of the browser, below `cases/<slug>/self-assessment/`."""

from django.urls import path

from reviews.views import exports, offline

urlpatterns = [
    path("offline/", offline.offline, name="offline"),
    path("offline/form.<slug:kind>", offline.form_file, name="offline_form"),
    path("offline/<int:pk>/", offline.filled_form, name="filled_form"),
    path("offline/<int:pk>/file/", offline.filled_file, name="filled_form_file"),
    path("offline/<int:pk>/answers/<int:answer>/", offline.decide, name="filled_form_decide"),
    path("offline/<int:pk>/answers/", offline.decide_many, name="filled_form_many"),
    path("offline/<int:pk>/again/", offline.retry, name="filled_form_again"),
    path("offline/<int:pk>/keep/", offline.keep, name="filled_form_keep"),
    path("export.<slug:kind>", exports.export, name="self_assessment_export"),
    path("versions/<int:number>/export.<slug:kind>", exports.export, name="self_assessment_version_export"),
]
