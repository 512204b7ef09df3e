"""Customers and homes as the registers know them: for administrators, and for those who work with the customer."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.cases.editions import in_force
from evenhand.cases.seeing import DeskRequest, Viewer
from evenhand.looks.noting import open_person
from evenhand.people import changing
from evenhand.people.changing import changes_of
from evenhand.people.models import Customer, Home
from evenhand.web.pages import page
from evenhand.web.registers import forms
from evenhand.web.registers.acting import added, asked, ended, relation_named, typed
from evenhand.web.registers.relations import OF_CUSTOMER, rows_of
from evenhand.web.views.colleagues import for_administrators, hand

SHOWN = 50
"""Homes on one page of the list."""
KEEPERS = ("case_officer", "administrator")
"""Who keeps a customer's details; roles that include one of these may too."""
DETAILS = ("name", "born_on", "tenure", "home", "phone", "email", "language", "format")


def may_keep(viewer: Viewer) -> bool:
    """Whether somebody may change a customer's details."""
    return in_force().held(viewer.roles, KEEPERS) is not None


def _opened(request: DeskRequest, who: str) -> Customer:
    if not may_keep(request.viewer):
        raise PermissionDenied("A customer's details are kept by case officers, managers and administrators.")
    return open_person(request, who)


@require_safe
def details(request: DeskRequest, who: str) -> HttpResponse:
    """How a customer is reached, where they live and with whom, with all that was changed of late."""
    customer = _opened(request, who)
    ties = [(relation, rows_of(relation, who, request.viewer.day), True) for relation in OF_CUSTOMER]
    changes = changes_of("customer", who)
    formats = in_force().codes.get("formats", {})
    return page(request, "web/settings/customer.html", customer=customer, ties=ties, changes=changes, formats=formats)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: DeskRequest, who: str) -> HttpResponse:
    """Changes a customer's own details."""
    customer = _opened(request, who)
    given = {**model_to_dict(customer, DETAILS), "home": customer.home_id or ""}
    form = forms.CustomerForm(typed(request), viewer=request.viewer, about=who, initial=given)

    def save(data: Any) -> Any:
        values = {**data, "home_id": data["home"] or None}
        del values["home"]
        return changing.alter(hand(request, "customer", who), customer, values)

    return asked(request, form, f"Details of {customer.name}", reverse("details", args=[who]), save)


@require_http_methods(["GET", "HEAD", "POST"])
def add_tie(request: DeskRequest, who: str, relation: str) -> HttpResponse:
    """Adds a tenancy, somebody in the household, or a rule for safe contact."""
    customer, tie = _opened(request, who), relation_named(OF_CUSTOMER, relation)
    return added(request, hand(request, "customer", who), tie, customer.name, reverse("details", args=[who]))


@require_http_methods(["GET", "HEAD", "POST"])
def end_tie(request: DeskRequest, who: str, relation: str, row: int) -> HttpResponse:
    """Ends one of these."""
    _opened(request, who)
    tie = relation_named(OF_CUSTOMER, relation)
    return ended(request, hand(request, "customer", who), tie, row, reverse("details", args=[who]))


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def new_customer(request: DeskRequest) -> HttpResponse:
    """Adds a customer."""
    form = forms.NewCustomerForm(typed(request), viewer=request.viewer)

    def add(data: Any) -> Any:
        row = Customer(id=data["id"], name=data["name"])
        return changing.add(hand(request, "customer", data["id"]), row, f"{data['name']} added")

    who = request.POST.get("id", "").strip()
    back = reverse("details", args=[who]) if form.is_bound and form.is_valid() else reverse("settings")
    return asked(request, form, "Add a customer", back, add, button="Add")


@require_safe
@for_administrators
def homes(request: DeskRequest) -> HttpResponse:
    """Homes by their number, or those whose address holds some words."""
    words, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    found = Home.objects.filter(uprn__gt=after).order_by("uprn")
    if words:
        found = found.filter(uprn=words) if words.isdigit() else found.filter(address__icontains=words)
    rows = list(found[: SHOWN + 1])
    more = rows[SHOWN - 1].uprn if len(rows) > SHOWN else ""
    return page(request, "web/settings/homes.html", rows=rows[:SHOWN], words=words, more=more)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def new_home(request: DeskRequest) -> HttpResponse:
    """Adds a home."""
    form = forms.NewHomeForm(typed(request), viewer=request.viewer)

    def add(data: Any) -> Any:
        return changing.add(hand(request, "home", data["uprn"]), Home(**data), f"{data['address']} added")

    return asked(request, form, "Add a home", reverse("homes"), add, button="Add")


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def home(request: DeskRequest, uprn: str) -> HttpResponse:
    """Corrects the address of a home."""
    found = get_object_or_404(Home, uprn=uprn)
    form = forms.HomeForm(typed(request), viewer=request.viewer, initial={"address": found.address})
    change = partial(changing.alter, hand(request, "home", uprn), found)
    return asked(request, form, f"Home {uprn}", reverse("homes"), change)
