"""Whether the desk is up: for a load balancer, which learns nothing else."""

from __future__ import annotations

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse


def health(_request: HttpRequest) -> HttpResponse:
    """200 where the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("down", "text/plain", 503)
    return HttpResponse("ok", "text/plain")
