"""The daily mail to whoever owes something."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from evenhand.accounts.models import Account
from evenhand.accounts.viewing import viewer_of
from evenhand.cases.editions import in_force
from evenhand.cases.models import OpenDuty
from evenhand.people.models import Connection
from evenhand.people.writing import mark_changed
from evenhand.web.lists.chased import is_told_to
from evenhand.web.lists.owed import standing
from evenhand.web.models import Reminder
from evenhand.web.reminding.sending import AGAIN_AFTER, cautions, is_time, mail_for, remind
from tests.desk import CUSTOMERS, NOW
from tests.web.lists.conftest import open_case, put_allegation, report

WEEK = timedelta(days=7)


def on(day: date, hour: int = 9) -> datetime:
    """An hour of London's day."""
    return datetime.combine(day, time(hour), ZoneInfo("Europe/London"))


def due(duty: str) -> date:
    return OpenDuty.objects.get(duty=duty).due_on


def text(who: str, at: datetime) -> str:
    """The mail of a colleague, subject and all; '' where there is none."""
    made = mail_for(Account.objects.get(staff_id=who), at)
    return f"{made.subject}\n{made.body}" if made else ""


def told(who: str, at: datetime) -> set[str]:
    """The overdue duties of others that a colleague is told of."""
    viewer = viewer_of(Account.objects.get(staff_id=who), at)
    return set(standing(viewer).filter(is_told_to(viewer)).values_list("duty", flat=True))


@pytest.fixture
def owed(desk):
    """A case of Olu's, on which the customer is to be heard."""
    report(desk)
    open_case(desk)
    put_allegation(desk)
    return desk


def test_nothing_goes_out_where_nothing_is_owed(desk):
    assert (remind(NOW), mail.outbox) == (0, [])
    assert Reminder.objects.filter(day=NOW.date()).exclude(settled_at=None).count() == Account.objects.count()


def test_mail_says_what_is_due_by_when_under_which_clause_and_where_to_do_it(owed, settings):
    settings.DESK_URL = "https://conduct.example.org"
    said = text("olu", on(due("hear_customer") - timedelta(days=1)))
    assert "1 due soon" in said.splitlines()[0]
    assert "- Record the customer's account, UC-1: tomorrow (clause 1.5)" in said
    assert "  https://conduct.example.org/case/UC-1/do/record_account/" in said


def test_what_is_due_is_told_of_from_the_day_that_the_edition_names_and_not_before(owed):
    first = due("hear_customer") - timedelta(days=max(in_force().duties["hear_customer"].remind_days_before))
    days = [first - timedelta(days=1), first, due("hear_customer")]
    assert ["DUE SOON" in text("olu", on(day)) for day in days] == [False, True, True]


def test_what_is_overdue_comes_first(owed):
    said = text("olu", on(due("hear_customer") + timedelta(days=2)))
    assert said.startswith("2 overdue\nOlu Lamb,\n\n2 overdue.\n\nOVERDUE\n\n")
    assert "- Record the customer's account, UC-1: 2 days overdue (clause 1.5)" in said


def test_decisions_that_wait_stand_in_the_mail_of_whoever_decides(owed):
    said = text("mina", NOW)
    assert "WAITING FOR YOUR DECISION" in said
    assert "/case/UC-1/do/endorse_case/" in said


def test_h15_mail_names_no_customer_and_tells_nothing_of_a_case(owed):
    day = max(OpenDuty.objects.values_list("due_on", flat=True)) + timedelta(days=30)
    every = [text(account.staff_id, on(day)) for account in Account.objects.all()]
    names = {word for one in CUSTOMERS for word in one.name.split()} | {"Quarry", "Shout", "threat"}
    assert sum(bool(said) for said in every) > 1
    assert [said for said in every for word in names if word.lower() in said.lower()] == []


def test_h8_overdue_duty_is_told_to_the_roles_that_the_edition_names_one_after_the_other(owed):
    day = due("hear_customer")
    OpenDuty.objects.filter(duty="hear_customer").update(duty="review_sanction")
    first, later = on(day + timedelta(days=1)), on(day + timedelta(days=1) + WEEK)
    assert ["review_sanction" in told(who, on(day)) for who in ("mina", "sam")] == [False, False]
    assert ["review_sanction" in told(who, first) for who in ("olu", "mina", "nils", "sam", "fay")] == [
        False, True, False, False, False,
    ]  # fmt: skip
    assert ["review_sanction" in told(who, later) for who in ("mina", "sam", "sia")] == [True, True, True]
    assert "OVERDUE WITH OTHERS" in text("mina", first)


def test_h8_on_every_day_that_something_is_overdue_somebody_is_mailed(owed):
    last = max(OpenDuty.objects.values_list("due_on", flat=True))
    for week in range(1, 60):
        at = on(last + WEEK * week)
        mailed = " ".join(text(account.staff_id, at) for account in Account.objects.all())
        for duty in OpenDuty.objects.owed_on(at.date()):
            assert duty.file in mailed


def test_h1_nobody_is_mailed_of_what_is_kept_from_them(owed):
    late = on(due("hear_customer") + timedelta(days=30))
    assert "UC-1" in text("mina", late)
    Connection.objects.create(staff_id="mina", to="carol")
    mark_changed()
    assert "UC-1" not in text("mina", late)


def test_one_mail_a_person_and_day_however_often_it_runs(owed):
    late = on(due("hear_customer") + timedelta(days=1))
    assert remind(late) == len(mail.outbox) > 1
    assert len({one.to[0] for one in mail.outbox}) == len(mail.outbox)
    assert remind(late + timedelta(hours=1)) == 0
    assert "olu@example.org" in {one.to[0] for one in mail.outbox}


def test_next_day_says_all_that_is_owed_also_after_days_without_any(owed):
    late = on(due("hear_customer") + timedelta(days=1))
    went = remind(late)
    assert remind(late + timedelta(days=5)) >= went
    assert "6 days overdue" in [one.body for one in mail.outbox if one.to == ["olu@example.org"]][-1]


def test_mail_that_another_worker_is_sending_is_left_to_it_until_it_was_dropped(owed):
    late = on(due("hear_customer") + timedelta(days=1))
    for account in Account.objects.all():
        Reminder.objects.create(staff=account.staff_id, day=late.date(), claimed_at=late)
    assert remind(late + timedelta(minutes=1)) == 0
    assert remind(late + AGAIN_AFTER) == len(mail.outbox) > 1


def test_h21_mail_that_no_server_takes_is_tried_again(owed, settings, caplog):
    late = on(due("hear_customer") + timedelta(days=1))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert remind(late) == 0
    assert "No reminder could be sent" in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert remind(late + AGAIN_AFTER) == len(mail.outbox) > 1


def test_nobody_is_mailed_who_cannot_sign_in_or_whose_address_nobody_vouched_for(owed):
    late = on(due("hear_customer") + timedelta(days=30))
    Account.objects.filter(staff_id="olu").update(is_active=False)
    Account.objects.filter(staff_id="sam").update(is_address_sure=False)
    remind(late)
    assert {"olu@example.org", "sam@example.org"}.isdisjoint(one.to[0] for one in mail.outbox)


def test_reminders_go_on_working_days_from_the_hour_that_was_set(settings):
    monday, sunday, bank_holiday = date(2026, 8, 3), date(2026, 8, 2), date(2026, 8, 31)
    settings.REMIND_AT = 7
    at = [on(monday, 6), on(monday, 7), on(monday, 23), on(sunday), on(bank_holiday)]
    assert [is_time(one) for one in at] == [False, True, True, False, False]
    settings.REMIND_AT = None
    assert is_time(on(monday)) is False


def test_whoever_keeps_the_machine_is_told_where_no_mail_goes_out(settings, tmp_path):
    settings.REMIND_AT = 7
    assert list(cautions()) == []
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", tmp_path
    settings.REMIND_AT = None
    assert list(cautions()) == [
        f"No mail server is configured: mail is written to {tmp_path}, and nobody gets it. Set EVENHAND_MAIL_URL.",
        "No reminders go out: EVENHAND_REMIND_AT says never.",
    ]
