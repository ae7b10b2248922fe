"""Addresses of reports, documents and the library."""

from django.urls import URLPattern

app_name = "reports"
urlpatterns: list[URLPattern] = []
