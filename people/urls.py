"""Addresses of people: log in, account, invitations, notifications."""

from django.urls import URLPattern

app_name = "people"
urlpatterns: list[URLPattern] = []
