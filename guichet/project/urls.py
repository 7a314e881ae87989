"""Which door answers at which address."""

from django.urls import URLPattern, URLResolver, path

from guichet.project import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive),
    path("readyz", health.ready),
]
