"""The addresses of the product. Each app brings its own."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("people.urls")),
    path("", include("reviews.urls")),
    path("", include("visits.urls")),
    path("", include("reports.urls")),
]
