"""Forms of allauth's, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from evenhand.accounts.models import Account


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


class AskForLink(ResetPasswordForm):
    """Sends a link to choose another password, to an address that somebody has vouched for (H24)."""

    users: list[Account]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.is_address_sure]
        return email


class UseCode(forms.Form):
    """Chooses a password by a code in two halves."""

    email = forms.EmailField(label="E-mail you sign in with")
    first = forms.CharField(label="First half of the code", help_text="From the administrator.", max_length=20)
    second = forms.CharField(
        label="Second half of the code", help_text="From the colleague who confirmed it.", max_length=20
    )
    password = forms.CharField(
        label="Password of your choice",
        help_text="At least 12 signs. Three or four words that do not belong together are easy to keep in mind.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
    )

    def clean_password(self) -> str:
        typed: str = self.cleaned_data["password"]
        validate_password(typed)
        return typed
