"""What every address answers to everybody: written down here by hand, so that a new address without an answer fails.

For an address about a file the answer hangs on who asks and on what the file is to them; for every other on who asks.
"""

from __future__ import annotations

from dataclasses import dataclass

STAFF = ("fay", "olu", "mina", "sam", "audra", "dara", "pol", "ada")
"""One of each role: colleague, case officer, manager, senior officer, auditor, data protection officer, owner of the
policy, administrator. All but the last four are in, or above, the north team."""
CASES = ("north", "south", "shut", "tied")
"""A case of Olu's, in the north team; one of the south team's; a restricted one of Olu's, open to Mina; one about
somebody whom every one of them has declared that they know."""

OK, WHY, NO, LOST, OUT = 200, 302, 403, 404, 405
"""A page; led elsewhere first (to say why they look, to sign in afresh, to the first page of several); not theirs to
use; not there; no such method."""

SEES: dict[str, tuple[int, int, int, int]] = {
    # who:   north, south, shut, tied
    "fay": (OK, LOST, LOST, LOST),
    "olu": (OK, LOST, OK, LOST),
    "mina": (OK, LOST, OK, LOST),
    "sam": (OK, OK, LOST, LOST),
    "audra": (WHY, WHY, LOST, LOST),
    "dara": (WHY, WHY, LOST, LOST),
    "pol": (LOST, LOST, LOST, LOST),
    "ada": (LOST, LOST, LOST, LOST),
}


@dataclass(frozen=True)
class Answer:
    """What an address answers when it is opened: to everybody signed in, or only to some; `posts` says whether it may
    be posted to, and `reads` whether it may be opened at all. `arguments` are those of the address."""

    arguments: tuple[str, ...] = ()
    to: tuple[str, ...] = STAFF
    otherwise: int = NO
    status: int = OK
    reads: bool = True
    posts: bool = False
    asked_why: tuple[str, ...] = ()
    """Those of the others who see everything, and have to say why before they learn that this is not theirs."""

    def to_whom(self, who: str) -> int:
        """What somebody gets who opens it."""
        if not self.reads:
            return OUT
        return self.status if who in self.to else WHY if who in self.asked_why else self.otherwise


def form(*arguments: str, to: tuple[str, ...] = STAFF, otherwise: int = NO, status: int = OK) -> Answer:
    """An address that is opened and posted to."""
    return Answer(arguments, to, otherwise, status, posts=True, asked_why=_asked_why(arguments, otherwise))


def read(*arguments: str, to: tuple[str, ...] = STAFF, otherwise: int = NO, status: int = OK) -> Answer:
    """An address that is opened only."""
    return Answer(arguments, to, otherwise, status, asked_why=_asked_why(arguments, otherwise))


def _asked_why(arguments: tuple[str, ...], otherwise: int) -> tuple[str, ...]:
    return ("audra", "dara") if arguments == ("IN-FAY",) and otherwise == LOST else ()


def act(*arguments: str) -> Answer:
    """An address that is posted to only."""
    return Answer(arguments, reads=False, posts=True)


ADA, KEEPERS, TRIAGE = ("ada",), ("olu", "mina", "sam", "ada"), ("olu", "mina", "sam")
LOOKERS = ("olu", "mina", "sam", "audra", "dara", "pol")

ANSWERS: dict[str, Answer] = {
    "home": read(),
    "cases": read(),
    "duties": read(),
    "customers": read(),
    "flags": read(),
    "inquiries": read(),
    "sanctions": read(),
    "export": form("cases"),
    "filter_save": act("cases"),
    "filter_delete": act("1"),
    "team": read(to=("olu", "mina", "sam", "audra", "dara"), otherwise=LOST),
    "search": read(),
    "settings": read(to=ADA),
    "colleagues": read(to=ADA),
    "new_colleague": form(to=ADA),
    "colleague": read("fay", to=ADA),
    "colleague_name": form("fay", to=ADA),
    "colleague_code": form("fay", to=ADA),
    "colleague_address": form("fay", to=ADA),
    "way_in": form("1", to=(), otherwise=LOST),
    "organisation": read(to=("pol", "ada")),
    "numbers": form(to=ADA),
    "colleague_switch": form("fay", to=ADA),
    "colleague_second_factor": form("fay", to=ADA),
    "colleague_drop": form("fay", "TIE", to=ADA),
    "colleague_add": form("fay", "role", to=ADA),
    "colleague_end": form("fay", "role", "ROLE", to=ADA),
    "teams": read(to=ADA),
    "new_team": form(to=ADA),
    "roles": read(to=ADA),
    "role": form("manager", to=ADA),
    "homes": read(to=ADA),
    "new_home": form(to=ADA),
    "home_register": form("100001", to=ADA),
    "new_customer": form(to=ADA),
    "details": read("carol", to=KEEPERS),
    "details_edit": form("carol", to=KEEPERS),
    "details_add": form("carol", "safe-contact", to=KEEPERS),
    "details_end": form("carol", "safe-contact", "RULE", to=KEEPERS),
    "me": read(),
    "me_add": form("deputy"),
    "me_end": form("1", to=(), otherwise=LOST),
    "report": read(status=WHY),
    "report_again": act(),
    "report_check": form(status=WHY),
    "report_page": form("who"),
    "my_reports": read(),
    "my_report": form("IN-FAY", to=("fay",), otherwise=LOST),
    "my_report_support": act("IN-FAY"),
    "report_sent": read("IN-FAY", to=("fay",), otherwise=LOST),
    "triage_pot": read(to=TRIAGE, otherwise=NO),
    "triage": form("IN-FAY", to=TRIAGE, otherwise=NO),
    "glass_ask": form(status=WHY),
    "glass_mine": read(),
    "glass_alerts": read(to=("audra", "dara"), otherwise=LOST),
    "glass_close": form("1", to=(), otherwise=LOST),
    "looks_unusual": read(to=("audra", "dara"), otherwise=LOST),
    "looks_behind": read("fay", "many", to=("audra", "dara"), otherwise=LOST),
    "looks_export": form(to=("audra", "dara"), otherwise=LOST),
    "new_file": form("case"),
    "policy": read(),
    "policy_edition": read("stonewater-2020-05"),
    "policy_diff": form(),
    "guidance": read(),
    "brand_file": read("none.css", to=(), otherwise=LOST),
    "settings_brand": form(to=ADA),
    "gallery": read(),
    "accessibility": read(),
    "evidence": read("unknown", to=(), otherwise=LOST),
    "evidence_original": read("unknown", to=(), otherwise=LOST),
    "evidence_picture": read("unknown", to=(), otherwise=LOST),
    "evidence_thumbnail": read("unknown", to=(), otherwise=LOST),
    "evidence_remove": act("unknown"),
}
"""Addresses that are not about one case, by name."""

ABOUT_A_CASE: dict[str, Answer] = {
    "file": read("case", "NAME"),
    "step": form("case", "NAME", "add_note"),
    "looks": read("case", "NAME", to=("olu", "mina", "audra", "dara"), otherwise=LOST),
    "evidence_new": form("case", "NAME"),
    "evidence_describe": form("case", "NAME", status=WHY),
    "purpose": form("case", "NAME"),
}
"""Addresses about one case: `SEES` says what each answers, where nothing else is said in the test."""

OF_THE_LIBRARY = frozenset({
    "account_login", "account_logout", "account_inactive", "account_signup", "account_reauthenticate",
    "account_change_password", "account_set_password", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_use_code",
    "second_factor_needed", "mfa_index",
    "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_login_webauthn",
    "usersessions_list",
})  # fmt: skip
"""Signing in: each is about whoever asks and nobody else, and answers everybody alike."""
OPEN = {
    "health": 200, "accessibility": 200, "account_login": 200, "account_reset_password": 200,
    "account_reset_password_done": 200, "account_use_code": 200,
}  # fmt: skip
"""What somebody who is not signed in is answered with; everything else sends them to sign in."""
