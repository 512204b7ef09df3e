"""How far these pages can be used by everybody, and whom to tell where they cannot."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from evenhand.cases.seeing import DeskRequest
from evenhand.web.pages import page


@require_safe
def accessibility(request: DeskRequest) -> HttpResponse:
    """The accessibility statement; nobody has to sign in to read it."""
    return page(request, "web/accessibility.html")
