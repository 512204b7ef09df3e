"""Administration of colleagues, teams and roles. Administrators see registers here, and never a case."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from evenhand.accounts import making, rules
from evenhand.accounts.models import Account
from evenhand.accounts.ways_in import waiting
from evenhand.cases.seeing import DeskRequest
from evenhand.people import changing
from evenhand.people.changing import Hand, changes_of
from evenhand.people.models import Change, Staff, Team
from evenhand.web.pages import page
from evenhand.web.registers import forms
from evenhand.web.registers.acting import added, asked, ended, relation_named, typed
from evenhand.web.registers.relations import OF_STAFF, rows_of

SHOWN = 50
"""Colleagues on one page of the list."""


View = Callable[..., HttpResponse]


def for_administrators(view: View) -> View:
    """Raises `PermissionDenied` for everybody else."""

    @wraps(view)
    def guarded(request: DeskRequest, *parts: Any, **named: Any) -> HttpResponse:
        if "administrator" not in request.viewer.roles:
            raise PermissionDenied("Settings are for administrators of this system.")
        return view(request, *parts, **named)

    return guarded


def hand(request: DeskRequest, kind: str, about: str) -> Hand:
    """The viewer's hand on something of the registers."""
    return Hand(request.viewer.id, request.at, kind, about)


@require_safe
@for_administrators
def index(request: DeskRequest) -> HttpResponse:
    """What can be settled here."""
    return page(request, "web/settings/index.html", changes=Change.objects.order_by("-id")[:10])


@require_safe
@for_administrators
def colleagues(request: DeskRequest) -> HttpResponse:
    """Everybody who works here, by name."""
    words, after = request.GET.get("q", "").strip(), request.GET.get("after", "")
    found = Staff.objects.select_related("account").order_by("name", "id")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(id__iexact=words) | Q(account__email__icontains=words))
    if after:
        name, _, who = after.rpartition("~")
        found = found.filter(Q(name__gt=name) | Q(name=name, id__gt=who))
    rows = list(found[: SHOWN + 1])
    more = f"{rows[SHOWN - 1].name}~{rows[SHOWN - 1].id}" if len(rows) > SHOWN else ""
    return page(request, "web/settings/colleagues.html", rows=rows[:SHOWN], words=words, more=more)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def new_colleague(request: DeskRequest) -> HttpResponse:
    """Adds a colleague with an account that nobody can sign in with yet: ask for a code next."""
    form = forms.ColleagueForm(typed(request), viewer=request.viewer)

    def add(data: Any) -> str:
        by = hand(request, "staff", data["id"])
        changing.add(by, Staff(id=data["id"], name=data["name"]), f"{data['name']} added")
        making.new_account(data["email"], data["id"])
        return f"{data['name']} was added. Next: give them a role and a manager, then ask for a code to sign in."

    back = f"{reverse('colleagues')}?{urlencode({'q': request.POST.get('id', '')})}"
    return asked(request, form, "Add a colleague", back, add, button="Add")


@require_safe
@for_administrators
def colleague(request: DeskRequest, who: str) -> HttpResponse:
    """One colleague: name, account, and everything that ties them to work."""
    staff = get_object_or_404(Staff, id=who)
    account = Account.objects.filter(staff=staff).first()
    ties = [(relation, rows_of(relation, who, request.viewer.day), True) for relation in OF_STAFF]
    return page(
        request,
        "web/settings/colleague.html",
        staff=staff,
        account=account,
        ties=ties,
        waiting=waiting(request.at).filter(account=account),
        changes=changes_of("staff", who),
    )


def _for_somebody_else(request: DeskRequest, who: str) -> None:
    """Nobody gives themselves a role, a manager or training, and so a way to cases that are not theirs (H1)."""
    if who == request.viewer.id:
        raise PermissionDenied("Another administrator settles what you hold and whom you answer to.")


def _back(who: str) -> str:
    return reverse("colleague", args=[who])


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def rename(request: DeskRequest, who: str) -> HttpResponse:
    """Changes how a colleague is called."""
    staff = get_object_or_404(Staff, id=who)
    form = forms.NameForm(typed(request), viewer=request.viewer, initial={"name": staff.name})
    change = partial(changing.alter, hand(request, "staff", who), staff)
    return asked(request, form, f"Change the name of {staff.name}", _back(who), change)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def add_tie(request: DeskRequest, who: str, relation: str) -> HttpResponse:
    """Ties a colleague to something."""
    _for_somebody_else(request, who)
    staff, tie = get_object_or_404(Staff, id=who), relation_named(OF_STAFF, relation)
    return added(request, hand(request, "staff", who), tie, staff.name, _back(who))


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def end_tie(request: DeskRequest, who: str, relation: str, row: int) -> HttpResponse:
    """Ends such a tie."""
    _for_somebody_else(request, who)
    return ended(request, hand(request, "staff", who), relation_named(OF_STAFF, relation), row, _back(who))


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def drop_connection(request: DeskRequest, who: str, row: int) -> HttpResponse:
    """Takes back a declared connection: an administrator's to do, never the colleague's own."""
    found = get_object_or_404(relation_named(OF_STAFF, "connection").rows([who]), pk=row)
    if who == request.viewer.id:
        raise PermissionDenied("Somebody else takes back a connection that you declared.")
    form = forms.StaffForm(typed(request), viewer=request.viewer)

    def drop(_: Any) -> str:
        changing.change(hand(request, "staff", who), "A declared connection was taken back", found.delete)
        return "Taken back."

    return asked(request, form, f"Take back the connection to {found.to}", _back(who), drop, button="Take it back")


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def switch(request: DeskRequest, who: str) -> HttpResponse:
    """Switches an account off, which ends its sessions at once, or on again."""
    account = get_object_or_404(Account, staff_id=who)
    if who == request.viewer.id:
        raise PermissionDenied("Somebody else switches off your own account, so that one administrator is left.")
    word = "off" if account.is_active else "on"
    form = forms.StaffForm(typed(request), viewer=request.viewer)

    def turn(_: Any) -> str:
        (making.switch_off if account.is_active else making.switch_on)(account)
        hand(request, "staff", who).note(f"Their account was switched {word}")
        return f"The account is switched {word}."

    return asked(request, form, f"Switch {account.email} {word}", _back(who), turn, button=f"Switch it {word}")


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def second_factor(request: DeskRequest, who: str) -> HttpResponse:
    """Forgets a colleague's codes and passkeys, where they lost them; they set up new ones when they next sign in."""
    account = get_object_or_404(Account, staff_id=who)
    form = forms.StaffForm(typed(request), viewer=request.viewer)

    def forget(_: Any) -> str:
        making.forget_second_factor(account)
        hand(request, "staff", who).note("Their codes and passkeys were forgotten")
        return "Forgotten. They set up a new one when they next sign in."

    return asked(
        request, form, f"Forget the codes and passkeys of {account.email}", _back(who), forget, button="Forget"
    )


@require_safe
@for_administrators
def teams(request: DeskRequest) -> HttpResponse:
    """The teams, and who is in each today."""
    found = Team.objects.order_by("title").prefetch_related("members__staff")
    day = request.viewer.day
    rows = [
        (team, sorted({m.staff.name for m in team.members.all() if m.until is None or m.until >= day}))
        for team in found
    ]
    return page(request, "web/settings/teams.html", rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def new_team(request: DeskRequest) -> HttpResponse:
    """Adds a team."""
    form = forms.TeamTitleForm(typed(request), viewer=request.viewer)

    def add(data: Any) -> Any:
        return changing.add(hand(request, "team", data["id"]), Team(**data), f"{data['title']} added")

    return asked(request, form, "Add a team", reverse("teams"), add, button="Add")


@require_safe
@for_administrators
def roles(request: DeskRequest) -> HttpResponse:
    """The roles of the policy: how far each sees, and how its holders must sign in."""
    rows = [(code, title, rules.rule_of(code)) for code, title in forms.role_titles().items()]
    return page(request, "web/settings/roles.html", rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def role(request: DeskRequest, code: str) -> HttpResponse:
    """Settles how far a role sees, and what it takes to sign in as its holder."""
    title = forms.role_titles().get(code)
    if title is None:
        raise Http404(code)
    rule = rules.rule_of(code)
    given = {"sees": rule.sees, "needs_second_factor": rule.needs_second_factor}
    form = forms.RoleRuleForm(typed(request), viewer=request.viewer, about=code, initial=given)

    def settle(data: Any) -> None:
        rules.settle(code, data["sees"], data["needs_second_factor"])
        second = "needs" if data["needs_second_factor"] else "does not need"
        hand(request, "role", code).note(f"{title} sees {data['sees']} and {second} a second factor")

    return asked(request, form, title, reverse("roles"), settle)
