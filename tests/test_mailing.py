"""Where mail goes and when, from the environment."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from evenhand.mailing import MailServer, mail_server, remind_hour


def of(url: str) -> MailServer:
    return mail_server({"EVENHAND_MAIL_URL": url})


def test_without_an_address_there_is_no_server():
    assert mail_server({}) == MailServer()
    assert mail_server({}).is_tls is False


def test_a_server_elsewhere_is_always_reached_encrypted():
    found = of("smtp://desk%40a.example:p%2Fw@mail.a.example")
    assert found == MailServer("mail.a.example", 587, "desk@a.example", "p/w")
    assert (found.is_tls, found.is_ssl) == (True, False)
    found = of("smtps://mail.a.example:4650")
    assert (found.port, found.is_tls, found.is_ssl) == (4650, False, True)


def test_a_server_on_this_machine_may_be_plain():
    assert (of("smtp://localhost:25").is_tls, of("smtp://localhost:25").port) == (False, 25)


@pytest.mark.parametrize(
    "url", ["mail.a.example", "http://a.example", "smtp://", "smtp://a.example/x", "smtp://a.example:many"]
)
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="EVENHAND_MAIL_URL must look like smtp://name:password@mail"):
        of(url)


def test_reminders_have_an_hour_or_never_go():
    assert [remind_hour(word) for word in ("0", "7", "23", "never")] == [0, 7, 23, None]
    with pytest.raises(ImproperlyConfigured, match="it must be an hour from 0 to 23, or never"):
        remind_hour("24")
