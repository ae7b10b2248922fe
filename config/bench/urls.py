"""The addresses of the product, and the bare page that all pages are compared with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    """The empty base template for a person who is logged in: session, user and frame, nothing else."""
    return render(request, "base.html")


urlpatterns = [path("bare/", bare), path("", include("config.urls"))]
