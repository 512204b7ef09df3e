"""The addresses of signing in: of allauth's, those a landlord's own colleagues need."""

from __future__ import annotations

from allauth.account import views as allauth_views
from allauth.mfa.recovery_codes import views as recovery_views
from django.urls import include, path, re_path

from evenhand.accounts import views

urlpatterns = [
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("signup/", allauth_views.signup, name="account_signup"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path("password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("code/", views.use_code, name="account_use_code"),
    path("second-factor/", views.second_factor_needed, name="second_factor_needed"),
    # allauth notes that the codes have been read, on the page that shows them
    path("2fa/recovery-codes/", views.noting(recovery_views.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/download/",
        views.noting(recovery_views.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", views.sessions, name="usersessions_list"),
]
