"""Forms of allauth's, in our words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm


class AddKey(AddWebAuthnForm):
    """Adds a passkey or a security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, passkey = self.fields["name"], self.fields["passwordless"]
        name.label, name.help_text = "What to call it", "So that you know it from others: 'work phone', 'blue key'."
        passkey.label = "Let it sign me in without my password"
        passkey.help_text = "It is then a passkey: it asks for your finger, your face or your number each time."
        passkey.initial = True


class SetUpApp(ActivateTOTPForm):
    """Sets up an app for codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "The six figures it shows"
