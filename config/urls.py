"""The addresses of the product. Each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("people.urls")),
    path("", include("reviews.urls")),
    path("", include("visits.urls")),
    path("", include("reports.urls")),
]
