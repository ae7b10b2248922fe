"""Addresses of the study visit, below its case."""

from django.urls import URLPattern

app_name = "visits"
urlpatterns: list[URLPattern] = []
