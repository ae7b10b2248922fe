"""Addresses of the library beside its reports: cities, feed, open data, pictures."""

from django.urls import path

from reports.views import feeds, library, open_data, social

urlpatterns = [
    path("feed.atom", feeds.feed, name="library_feed"),
    path("cities/<slug:slug>/", library.city, name="library_city"),
    path("data/", open_data.page, name="open_data"),
    path("data/<slug:what>.json", open_data.as_json, name="open_data_json"),
    path("data/<slug:what>.csv", open_data.as_csv, name="open_data_csv"),
    path("data/reports/<slug:slug>.json", open_data.one, name="open_data_report"),
    path("<slug:slug>/picture.png", social.picture, name="publication_picture"),
]
