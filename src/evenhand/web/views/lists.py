"""Work lists, the search page and the manager's view; filters kept, and lists exported."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand.cases.seeing import DeskRequest
from evenhand.looks.noting import look
from evenhand.web.lists import team
from evenhand.web.lists.cases import CASES
from evenhand.web.lists.customers import CUSTOMERS
from evenhand.web.lists.drawing import drawn, filters
from evenhand.web.lists.duties import AGES, DUTIES
from evenhand.web.lists.exporting import csv_of, file_name
from evenhand.web.lists.filters import Chosen, read_filters
from evenhand.web.lists.flags import FLAGS
from evenhand.web.lists.inquiries import INQUIRIES
from evenhand.web.lists.keeping import forget, keep, kept_for
from evenhand.web.lists.listing import Listing, labelled
from evenhand.web.lists.sanctions import SANCTIONS
from evenhand.web.lists.searching import KINDS, results_of
from evenhand.web.lists.today import waiting
from evenhand.web.pages import page

LISTINGS: Mapping[str, Listing] = {one.name: one for one in (CASES, DUTIES, CUSTOMERS, FLAGS, SANCTIONS, INQUIRIES)}

BESIDE = (CASES, SANCTIONS, FLAGS, INQUIRIES)
"""Lists that lead to each other."""


@require_safe
def show(request: DeskRequest, listing: str) -> HttpResponse:
    """One page of a list."""
    what, viewer = LISTINGS[listing], request.viewer
    chosen = _chosen(what, request)
    found = what.page(chosen, viewer, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    return page(
        request,
        "web/lists/list.html",
        listing=what,
        beside=BESIDE if what in BESIDE else (),
        chosen=chosen,
        errors=chosen.errors,
        filters=filters(what, chosen),
        lines=drawn(labelled(what.columns, what.lines(found.rows, viewer))),
        newer=_to(what, chosen.query(before=found.before)) if found.before else None,
        older=_to(what, chosen.query(after=found.after)) if found.after else None,
        kept=kept_for(viewer, listing),
    )


def _chosen(listing: Listing, request: DeskRequest) -> Chosen:
    said = request.POST.get("query") if request.method == "POST" else None
    query = request.GET if said is None else QueryDict(said)
    return read_filters(listing.filters, query.dict(), request.viewer, listing.sorts)


def _to(listing: Listing, query: str) -> str:
    return f"{reverse(listing.name)}?{query}" if query else reverse(listing.name)


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: DeskRequest, listing: str) -> HttpResponseBase:
    """Asks what an export is for, notes it, and sends the list as filtered (clause 3.2)."""
    what = _listing(listing)
    if not what.is_exported:
        raise Http404
    chosen, reason = _chosen(what, request), request.POST.get("reason", "").strip()
    if not reason:
        errors = [("Say what the export is for.", "#reason")] if request.method == "POST" else []
        status = 422 if errors else 200
        return page(request, "web/lists/export.html", status, listing=what, chosen=chosen, errors=errors, to=_to)
    look(request, "export", listing, purpose=reason[:500])
    lines = csv_of(what, chosen, request.viewer)
    name = f'attachment; filename="{file_name(what, request.viewer)}"'
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


def _listing(name: str) -> Listing:
    if name not in LISTINGS:
        raise Http404
    return LISTINGS[name]


@require_POST
def save(request: DeskRequest, listing: str) -> HttpResponse:
    """Keeps a list as it is filtered now under a name of the viewer's own."""
    what = _listing(listing)
    query, title = _chosen(what, request).query(), request.POST.get("title", "").strip()
    if title:
        keep(request.viewer, listing, title, query)
        messages.success(request, f"'{title}' is saved on top of this list.")
    else:
        messages.warning(request, "The filter was not saved: give it a name first.")
    return redirect(_to(what, query))


@require_POST
def drop(request: DeskRequest, number: int) -> HttpResponse:
    """Forgets a saved filter; 404 where it is not the viewer's own."""
    gone = forget(request.viewer, number)
    messages.success(request, f"'{gone.title}' is no longer saved.")
    return redirect(reverse(gone.page))


@require_safe
def manager(request: DeskRequest) -> HttpResponse:
    """What the colleagues whose work the viewer sees owe and carry."""
    viewer = request.viewer
    if viewer.sees == "own":
        raise Http404
    return page(
        request,
        "web/lists/team.html",
        ages=[AGES[age] for age in team.COLUMNS],
        numeric=lambda heads: [(head, "numeric") for head in heads],
        duties=team.duties_by_person(viewer),
        caseloads=team.caseloads(viewer),
        waiting=waiting(viewer),
        past=team.past_their_day(viewer),
    )


@require_safe
def search(request: DeskRequest) -> HttpResponse:
    """What is found for some words, by kind; an exact reference leads straight to its file."""
    words = request.GET.get("q", "").strip()
    found = results_of(request.viewer, words, request.GET.get("kind", ""), request.GET.get("after", ""))
    if found.straight_to:
        return redirect("file", *found.straight_to)
    if words:
        look(request, "search", words[:200])
    query = {"q": words, "kind": found.kind, "after": found.more}
    older = f"{reverse('search')}?{urlencode(query)}" if found.more else None
    return page(request, "web/lists/search.html", words=words, found=found, older=older, kinds=KINDS)


urls = [
    *(path(f"{name}/", show, {"listing": name}, name=name) for name in LISTINGS),
    path("lists/<str:listing>/export/", export, name="export"),
    path("lists/<str:listing>/save/", save, name="filter_save"),
    path("lists/saved/<int:number>/delete/", drop, name="filter_delete"),
    path("team/", manager, name="team"),
    path("search/", search, name="search"),
]
