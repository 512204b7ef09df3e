"""Looks that stand out, for those who watch over looking: who, in what way, and the looks behind each number."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.cases.seeing import DeskRequest, names_seen
from evenhand.looks.glass import may_look_into
from evenhand.looks.models import Look
from evenhand.looks.noting import REFUSED, look
from evenhand.looks.reading import day_typed
from evenhand.looks.unusual import OF_FILES, SIGNS, Looking, StandsOut, span_of
from evenhand.web.lists.exporting import lines_of
from evenhand.web.pages import page

SHOWN = 50
"""Looks on one page."""
KINDS = {
    "case": "Case",
    "flag": "Flag",
    "inquiry": "Inquiry",
    "incident": "Report",
    "person": "Customer",
    "search": "Searched for",
    "export": "Exported",
    "glass": "Opened although closed",
    "looks": "Who looked",
    REFUSED: "Asked for, not shown",
}


@require_safe
def unusual(request: DeskRequest) -> HttpResponse:
    """Everybody whose looks stand out, over some days."""
    looking = _looking(request)
    return page(
        request,
        "web/looks/unusual.html",
        found=looking.standing_out(),
        signs=SIGNS,
        heads=[(title, "numeric") for title in SIGNS.values()],
        span=looking.span,
        query=_query(looking),
        settled=looking.settled,
    )


def _looking(request: DeskRequest) -> Looking:
    """The days asked about. Raises `Http404` for those who do not watch over looking."""
    viewer = request.viewer
    if not may_look_into(viewer):
        raise Http404
    since, until = (day_typed(request.GET.get(name)) for name in ("since", "until"))
    return Looking(viewer, span_of(since, until, viewer.day))


def _query(looking: Looking, **more: str) -> str:
    return urlencode({"since": looking.span.since.isoformat(), "until": looking.span.until.isoformat(), **more})


@require_safe
def behind(request: DeskRequest, who: str, sign: str) -> HttpResponse:
    """The looks behind a number."""
    looking = _looking(request)
    if sign not in SIGNS or who not in request.viewer.registers.staff or who == request.viewer.id:
        raise Http404
    looks, before = looking.behind(who, sign), request.GET.get("before", "")
    shown = list((looks.filter(id__lt=int(before)) if before.isdecimal() else looks)[: SHOWN + 1])
    look(request, "looks", who)
    return page(
        request,
        "web/looks/behind.html",
        who=who,
        title=SIGNS[sign],
        looks=shown[:SHOWN],
        seen=_seen(request, shown),
        kinds=KINDS,
        back=_query(looking),
        older=_query(looking, before=str(shown[SHOWN - 1].pk)) if len(shown) > SHOWN else "",
    )


def _seen(request: DeskRequest, looks: list[Look]) -> frozenset[str]:
    """The files among them that the viewer may be told of, and open."""
    files = {one.file for one in looks if one.kind in OF_FILES and one.kind != "person"}
    return names_seen(request.viewer, files) | {one.file for one in looks if one.kind == "person"}


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: DeskRequest) -> HttpResponseBase:
    """Asks what an export is for, notes it, and sends the table (clause 3.2)."""
    looking, reason = _looking(request), request.POST.get("reason", "").strip()
    if not reason:
        errors = [("Say what the export is for.", "#reason")] if request.method == "POST" else []
        given = {"span": looking.span, "back": _query(looking), "errors": errors}
        return page(request, "web/looks/export.html", 422 if errors else 200, **given)
    look(request, "export", "looks", purpose=reason[:500])
    name = f'attachment; filename="looks-{looking.span.since}-{looking.span.until}.csv"'
    lines = lines_of(_table(looking))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


def _table(looking: Looking) -> Iterator[list[str]]:
    yield ["Colleague", "Usual for the role", *SIGNS.values(), "Stands out for"]
    for one in looking.standing_out():
        yield [looking.viewer.registers.name(one.staff), str(one.usual), *_numbers(one), _why(one)]


def _numbers(one: StandsOut) -> list[str]:
    return [str(one.numbers[sign]) for sign in SIGNS]


def _why(one: StandsOut) -> str:
    return ", ".join(title for sign, title in SIGNS.items() if sign in one.signs)


urls = [
    path("looks/unusual/", unusual, name="looks_unusual"),
    path("looks/unusual/export/", export, name="looks_export"),
    path("looks/unusual/<str:who>/<slug:sign>/", behind, name="looks_behind"),
]
