"""Adding and ending what ties a person to something, for every page of the registers that does so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect

from evenhand.cases.seeing import DeskRequest
from evenhand.casework.wording import plain_day
from evenhand.people import changing
from evenhand.people.changing import Hand
from evenhand.web.pages import page
from evenhand.web.registers.fields import RegisterForm
from evenhand.web.registers.forms import EndForm
from evenhand.web.registers.relations import Relation


def relation_named(relations: Sequence[Relation], name: str) -> Relation:
    """One of several kinds of tie, or 404."""
    found = next((relation for relation in relations if relation.name == name), None)
    if found is None:
        raise Http404(name)
    return found


def typed(request: DeskRequest) -> Any:
    """What was typed, or None where the form is only being opened."""
    return request.POST if request.method == "POST" else None


def asked(
    request: DeskRequest, form: RegisterForm, title: str, back: str, do: Callable[[Any], Any], *, button: str = "Save"
) -> HttpResponse:
    """A page with one form: drawn, drawn again with its errors and all that was typed, or done and back again.

    What `do` says is told there; where it answers with a page of its own, that comes instead.
    """
    if request.method == "POST" and form.is_valid():
        said = do(form.cleaned_data)
        if isinstance(said, HttpResponse):
            return said
        messages.success(request, said if isinstance(said, str) else "Saved.")
        return HttpResponseRedirect(back)
    status = 422 if form.is_bound else 200
    return page(
        request, "web/settings/form.html", status, form=form, title=title, back=back, button=button, errors=form.summary
    )


def added(request: DeskRequest, hand: Hand, relation: Relation, name: str, back: str) -> HttpResponse:
    """The page that adds a tie."""
    form = relation.form(typed(request), viewer=request.viewer, about=hand.about)
    return asked(request, form, f"Add {relation.thing} – {name}", back, lambda data: relation.put(hand, data))


def ended(request: DeskRequest, hand: Hand, relation: Relation, row: int, back: str) -> HttpResponse:
    """The page that ends a tie: it is asked for the last day, and nothing that was true is overwritten."""
    found = relation.rows([hand.about]).filter(pk=row).first() if relation.is_dated else None
    if found is None:
        raise Http404(relation.name)
    says = relation.says(found)
    form = EndForm(typed(request), row=found, initial={"until": request.viewer.day})

    def end(data: Any) -> Any:
        changing.end(hand, found, data["until"], f"{says}: ends {plain_day(data['until'])}")

    return asked(request, form, f"End: {says}", back, end, button="End it")
