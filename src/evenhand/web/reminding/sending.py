"""That each colleague gets one mail a day at most, whoever runs this, how many at once, and however often.

A row for the colleague and the day is taken before anything is sent, and settled once the mail server took the mail,
or nothing was owed. A row that was taken and not settled, because the server was down or the process was killed, may
be taken again after a while. So a mail is lost only where the whole day goes by; the next day's says all that is owed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.timezone import localtime

from evenhand.accounts.models import Account
from evenhand.accounts.viewing import viewer_of
from evenhand.cases.editions import in_force
from evenhand.policy.clock import london_day
from evenhand.web.models import Reminder
from evenhand.web.reminding.owing import owing
from evenhand.web.reminding.wording import body, subject

AGAIN_AFTER = timedelta(minutes=10)
"""Longer than sending one mail may take."""
KEPT_FOR = timedelta(days=31)
NO_MAIL = "No mail server is configured: mail is written to {}, and nobody gets it. Set EVENHAND_MAIL_URL."
NO_REMINDERS = "No reminders go out: EVENHAND_REMIND_AT says never."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mail:
    """What somebody is going to be sent."""

    staff: str
    to: str
    subject: str
    body: str


def cautions() -> Iterator[str]:
    """What whoever runs this service should know of its mail, a sentence each."""
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        yield NO_MAIL.format(settings.EMAIL_FILE_PATH)
    if settings.REMIND_AT is None:
        yield NO_REMINDERS


def is_time(at: datetime) -> bool:
    """Whether reminders go out by themselves at an instant: on working days, from the hour that was set."""
    hour = settings.REMIND_AT
    return hour is not None and localtime(at).hour >= hour and in_force().calendar.is_working_day(london_day(at))


def mail_for(account: Account, at: datetime) -> Mail | None:
    """The mail of a day to a colleague; None where nothing is owed."""
    viewer = viewer_of(account, at)
    parts = owing(viewer)
    return Mail(viewer.id, account.email, subject(parts), body(viewer.name, parts)) if parts else None


def reminded() -> list[Account]:
    """Everybody who can sign in, at an address that somebody vouched for."""
    return list(Account.objects.filter(is_active=True, is_address_sure=True).order_by("staff_id"))


def remind(at: datetime) -> int:
    """Sends what has not been sent today; stops at the first that the mail server does not take. How many went."""
    day, sent = london_day(at), 0
    Reminder.objects.filter(day__lt=day - KEPT_FOR).delete()
    settled = set(Reminder.objects.filter(day=day).exclude(settled_at=None).values_list("staff", flat=True))
    for account in reminded():
        if account.staff_id in settled or not _claimed(account.staff_id, day, at):
            continue
        mail = mail_for(account, at)
        if mail and not _is_sent(mail):
            break
        Reminder.objects.filter(staff=account.staff_id, day=day).update(settled_at=at)
        sent += mail is not None
    return sent


def _claimed(staff: str, day: date, at: datetime) -> bool:
    """Whether this process is the one to send a colleague's mail of a day."""
    row, is_new = Reminder.objects.get_or_create(staff=staff, day=day, defaults={"claimed_at": at})
    dropped = Reminder.objects.filter(pk=row.pk, settled_at=None, claimed_at__lte=at - AGAIN_AFTER)
    return is_new or dropped.update(claimed_at=at) == 1


def _is_sent(mail: Mail) -> bool:
    try:
        EmailMessage(mail.subject, mail.body, None, [mail.to], headers={"Auto-Submitted": "auto-generated"}).send()
    except (OSError, SMTPException) as error:
        log.error("No reminder could be sent (%s). It is tried again in %s.", error, AGAIN_AFTER)
        return False
    return True
