"""Addresses that only machines ask for."""

from django.urls import path

from reports.views import feeds

urlpatterns = [
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
]
