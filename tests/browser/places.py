"""Every place of the demonstration landlord worth a look: at least one for each address that is a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.urls import reverse

from evenhand.accounts.models import Account, WayIn
from evenhand.accounts.viewing import viewer_of
from evenhand.accounts.ways_in import answer, ask
from evenhand.cases.models import FileIndex, FileStaff
from evenhand.casework.steps import STEPS
from evenhand.evidence.keeping import keep
from evenhand.evidence.models import Blob
from evenhand.evidence.sweeping import settle_held
from evenhand.looks.models import Grant
from evenhand.people import models as people
from evenhand.people.changing import Hand
from evenhand.people.writing import mark_changed
from evenhand.web.models import SavedFilter
from evenhand.web.reporting.asked import PAGES, TICKS
from tests.desk import Desk
from tests.evidence.making import picture, upload

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

ROLES = ("priya", "tom", "mina", "sam", "audra", "dara", "paul", "ada")
"""One of each role; the first three are of one team."""

NO_PAGE = {
    "filter_save", "filter_delete", "report_again", "my_report_support", "evidence_remove", "evidence_original",
    "evidence_picture", "evidence_thumbnail", "brand_file", "health", "mfa_download_recovery_codes",
    "mfa_login_webauthn", "account_signup", "account_set_password",
}  # fmt: skip
"""Addresses that are posted to only, give a file, or lead elsewhere always."""

ALONE = (
    "home", "cases", "duties", "customers", "flags", "sanctions", "inquiries", "team", "search", "settings",
    "colleagues", "new_colleague", "teams", "new_team", "roles", "homes", "new_home", "new_customer", "me", "report",
    "report_check", "my_reports", "triage_pot", "glass_ask", "glass_mine", "glass_alerts", "policy", "policy_diff",
    "guidance", "looks_unusual", "looks_export", "organisation", "numbers",
    "settings_brand", "gallery", "accessibility", "mfa_index", "usersessions_list", "account_change_password",
    "account_logout", "account_reauthenticate", "second_factor_needed", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
)  # fmt: skip
"""Addresses without arguments, for somebody signed in."""

BEFORE = (
    "account_login", "account_inactive", "account_reset_password", "account_reset_password_done", "accessibility",
    "account_reset_password_from_key_done", "account_use_code", "mfa_authenticate",
)  # fmt: skip
"""Addresses without arguments, for somebody not signed in."""


def furnish(desk: Desk) -> None:
    """What the stories lack: files of evidence, a rule of contact, a connection, a deputy, a filter, a report begun."""
    keep(upload(picture(), "door.jpg"), kind="case", file=last("case", officer="tom"), by="tom", at=NOW)
    keep(upload(picture(), "hall.jpg"), kind="draft", file="priya", by="priya", at=NOW)
    settle_held()
    subject = FileIndex.objects.get(name=last("case", officer="tom")).subject
    people.SafeContact.objects.create(customer_id=subject, channel="phone", rule="never", note="Her brother answers.")
    people.Connection.objects.create(staff_id="priya", to="C20999")
    people.Deputy.objects.create(staff_id="mina", deputy_id="sam", since=NOW.date())
    SavedFilter.objects.create(staff="tom", page="cases", title="Opened", query="state=opened")
    mark_changed()
    _ask_for_ways_in()
    _begin_report(desk, subject)


def _ask_for_ways_in() -> None:
    """A code for Priya, which Mina has yet to confirm, and one for Tom, which she has."""
    asked = {who: ask(Account.objects.get(staff_id=who), Hand("ada", NOW, "staff", who)) for who in ("priya", "tom")}
    answer(asked["tom"], viewer_of(Account.objects.get(staff_id="mina"), NOW), True)


def _begin_report(desk: Desk, subject: str) -> None:
    browser = desk.client("priya")
    browser.post("/report/who/", {"act": f"person {subject}"})
    browser.post("/report/what/", {"what_happened": "She shouted at the counter.", "when": "today"})
    browser.post("/report/kind/", {"behaviours": ["abusive"]})
    browser.post("/report/more/", {"ticks": [*TICKS]})


def last(kind: str, **about: object) -> str:
    """The file of a kind on which something was done last, not one that is kept to a few."""
    found = FileIndex.objects.filter(kind=kind, is_restricted=False, **about)
    return str(found.order_by("-last_on", "name").values_list("name", flat=True)[0])


def places() -> Iterator[tuple[str, str]]:
    """Each address's name with a path of it, for somebody signed in."""
    yield from ((name, reverse(name)) for name in ALONE)
    for name, every in _with_arguments().items():
        yield from ((name, reverse(name, args=arguments)) for arguments in every)
    for name, paths in SAID.items():
        yield from ((name, path) for path in paths)
    case, person = last("case", officer="tom"), FileIndex.objects.get(name=last("case", officer="tom")).subject
    examples = {"case": case, "person": person, "incident": last("incident", state="reported"), "flag": last("flag")}
    examples["inquiry"] = _inquiry("open")
    for step, model in sorted(STEPS.items()):
        for kind in () if model.follows else model.files:
            yield "step", reverse("step", args=(kind, examples[kind], step))


SAID = {
    "cases": ["/cases/?state=closed", "/cases/?subject=nobody"],
    "search": ["/search/?q=Maple", "/search/?q=zzzzqq", "/search/?q=harras"],
    "duties": ["/duties/?age=overdue"],
}
"""Pages that show something else when something is asked of them."""


def _with_arguments() -> dict[str, list[tuple[object, ...]]]:
    """Arguments for each address that takes some."""
    mine = [last("case", officer="tom"), *_one_of_each_state("case")]
    subject, report = FileIndex.objects.get(name=mine[0]).subject, _report_of("priya")
    tie = people.Connection.objects.filter(staff_id="priya")[0].pk
    rule, role = (
        people.SafeContact.objects.filter(customer_id=subject)[0].pk,
        people.StaffRole.objects.get(staff_id="priya"),
    )
    files: list[tuple[object, ...]] = [
        *(("case", name) for name in mine),
        *(("incident", name) for name in [report, *_one_of_each_state("incident")]),
        *(("flag", name) for name in _one_of_each_state("flag")),
        ("person", subject),
        *(("inquiry", _inquiry(state)) for state in ("open", "concluded")),
    ]
    ties = ("role", "team", "manager", "deputy", "post", "training", "connection")
    return {
        "file": [*files, ("case", "UC-NOSUCH")],
        "new_file": [
            *((kind,) for kind in ("case", "flag", "inquiry")),
            *(("incident", step) for step in STEPS if "incident" in STEPS[step].starts),
        ],
        "looks": [("case", mine[0])],
        "purpose": [("case", mine[0])],
        "glass_close": [(Grant.objects.get().pk,)],
        "export": [("cases",)],
        "report_page": [(one.name,) for one in PAGES],
        "my_report": [(report,)],
        "report_sent": [(report,)],
        "triage": [(last("incident", state="reported"),)],
        "evidence_new": [("case", mine[0]), ("draft", "priya")],
        "evidence_describe": [("case", mine[0])],
        "evidence": [(Blob.objects.get(kind="case").pk,)],
        "policy_edition": [("stonewater-2020-05",)],
        "colleague": [("priya",)],
        "colleague_name": [("priya",)],
        "colleague_code": [("priya",)],
        "colleague_address": [("priya",)],
        "way_in": [(way.pk,) for way in WayIn.objects.order_by("pk")],
        "looks_behind": [("tom", "many")],
        "colleague_switch": [("priya",)],
        "colleague_second_factor": [("priya",)],
        "colleague_drop": [("priya", tie)],
        "colleague_add": [("priya", one) for one in ties],
        "colleague_end": [("priya", "role", role.pk)],
        "role": [("manager",)],
        "home_register": [(people.Home.objects.order_by("uprn")[0].pk,)],
        "details": [(subject,)],
        "details_edit": [(subject,)],
        "details_add": [(subject, one) for one in ("safe-contact", "tenancy", "household")],
        "details_end": [(subject, "safe-contact", rule)],
        "me_add": [("deputy",), ("connection",)],
        "me_end": [(people.Deputy.objects.get(staff_id="mina").pk,)],
    }


def _inquiry(state: str) -> str:
    """One that the data-protection officer is let in to see, and few others."""
    return str(FileIndex.objects.filter(kind="inquiry", state=state).values_list("name", flat=True)[0])


def _one_of_each_state(kind: str) -> list[str]:
    states = FileIndex.objects.filter(kind=kind).values_list("state", flat=True).distinct()
    return [last(kind, state=state) for state in sorted(states)]


def _report_of(who: str) -> str:
    """A report that somebody made."""
    named = FileStaff.objects.filter(staff=who).values("file")
    return last("incident", name__in=named)
