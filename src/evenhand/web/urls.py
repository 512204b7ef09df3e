"""Every address of the desk."""

from __future__ import annotations

from django.urls import include, path

from evenhand.web.registers import urls as registers
from evenhand.web.views import (
    accessibility,
    brand,
    differences,
    evidence,
    files,
    gallery,
    health,
    home,
    lists,
    looks,
    policy,
    reporting,
    reports,
    triage,
    unusual,
)

urlpatterns = [
    path("", home.home, name="home"),
    # lists, search, the manager's view
    *lists.urls,
    # people, homes and roles; about me
    *registers.urlpatterns,
    # reporting an incident, my reports, deciding what becomes of reports
    *reporting.urls,
    *reports.urls,
    *triage.urls,
    # why somebody looks, who has looked, opening what is closed
    *unusual.urls,
    *looks.urls,
    # files and the steps taken on them
    *files.urls,
    # the policy, the landlord's brand, every component
    *policy.urls,
    *differences.urls,
    *brand.urls,
    path("gallery/", gallery.gallery, name="gallery"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
    # evidence files
    *evidence.urls,
    # signing in
    path("account/", include("evenhand.accounts.urls")),
    path("health/", health.health, name="health"),
]

handler400 = "evenhand.web.views.errors.bad_request"
handler403 = "evenhand.web.views.errors.not_allowed_here"
handler404 = "evenhand.web.views.errors.not_found"
handler500 = "evenhand.web.views.errors.broken"
handler429 = "evenhand.accounts.views.too_many"
