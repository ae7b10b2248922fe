"""The addresses of the product. Each app brings its own."""

from django.urls import include, path

from config import health, icon

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("favicon.ico", icon.icon, name="icon"),
    path("", include("people.urls")),
    path("", include("reviews.urls")),
    path("", include("visits.urls")),
    path("", include("reports.urls")),
]
