"""Django settings, all from the environment."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from evenhand.address import LOOPBACK_NAMES, address_of, plain_origin, refuse_unsafe
from evenhand.databases import all_databases
from evenhand.mailing import mail_server, remind_hour


def _home() -> Path:
    """The folder for everything kept on this machine; made when missing."""
    home = Path(os.environ.get("EVENHAND_HOME", "") or "./var").resolve()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"EVENHAND_HOME is {home}, which cannot be made ({error.strerror}); name a folder you may write to."
        ) from error
    return home


def _secret_key(home: Path) -> str:
    """The home's own key: made once, readable by its owner only."""
    path = home / "secret-key"
    if not path.exists():
        fresh = home / f".secret-key-{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        _keep_first(fresh, path)
    return path.read_text()


def _keep_first(fresh: Path, path: Path) -> None:
    # A link either appears whole or not at all, so two processes starting at once agree on one key.
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _megabytes(word: str) -> int:
    """So many bytes."""
    if not word.isdecimal() or not 1 <= int(word) <= 2_000:
        raise ImproperlyConfigured(f"EVENHAND_LARGEST_FILE_MB is {word!r}; it must be a whole number from 1 to 2000.")
    return int(word) * 1024 * 1024


HOME = _home()
ADDRESS = address_of(os.environ)
PRODUCTION = ADDRESS.is_public
DESK_URL = ADDRESS.origin or plain_origin(os.environ)
SECRET_KEY = os.environ.get("EVENHAND_SECRET_KEY") or _secret_key(HOME)
DEBUG = bool(os.environ.get("EVENHAND_DEBUG"))
DATABASES = all_databases(os.environ.get("EVENHAND_DATABASE_URL", ""), HOME)
DATABASE_ROUTERS = ["evenhand.routing.Router"]
if PRODUCTION:
    refuse_unsafe(debug=DEBUG, key=SECRET_KEY, database=DATABASES["default"])
ALLOWED_HOSTS = [ADDRESS.host] if PRODUCTION else [*LOOPBACK_NAMES, os.environ.get("EVENHAND_HOST", "127.0.0.1")]
INSTALLED_APPS = [
    "evenhand.accounts",  # before allauth, because its templates go before those of allauth
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "evenhand.record",
    "evenhand.people",
    "evenhand.cases",
    "evenhand.looks",
    "evenhand.evidence",
    "evenhand.web",
]
MIDDLEWARE = [
    "evenhand.web.middleware.headers",
    "evenhand.web.views.errors.dressed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "evenhand.accounts.middleware.account",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "evenhand.web.middleware.reading_only",
    "evenhand.web.middleware.viewer",
    "evenhand.web.middleware.Unstorable",
    "evenhand.looks.middleware.Looks",
]
ROOT_URLCONF = "evenhand.web.urls"
WSGI_APPLICATION = "evenhand.wsgi.application"
TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent / "web" / "templates"],
        "OPTIONS": {"environment": "evenhand.web.jinja.environment", "auto_reload": False},
    },
    {
        "NAME": "django",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parent / "web" / "served"  # made by set-up and carried by the wheel; `make assets`
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "evenhand.web.served_files.Hashed"},
    "evidence": {"BACKEND": "evenhand.evidence.storage.SealedFolder"},
}
FILE_UPLOAD_HANDLERS = [
    "evenhand.evidence.uploading.Limits",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
LARGEST_FILE = _megabytes(os.environ.get("EVENHAND_LARGEST_FILE_MB", "") or "25")
CLAMD = os.environ.get("EVENHAND_CLAMD", "")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# What goes wrong is said on stderr, where whoever keeps the machine reads it; a page not found is nothing wrong.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = False
DATE_FORMAT = "j F Y"

# Signing in. allauth's limits count in the database, so that they hold across processes, servers and restarts.
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email",)},
    },
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "evenhand.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_FORMS = {"reset_password": "evenhand.accounts.forms.AskForLink"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever makes an account vouches for its address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "30/m/ip,5/5m/key"}  # a whole office comes from one address
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_FORMS = {"add_webauthn": "evenhand.accounts.forms.AddKey", "activate_totp": "evenhand.accounts.forms.SetUpApp"}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Evenhand"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute out
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # this machine's own browser counts as safe without https
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("EVENHAND_BEHIND_PROXY") else 0
SESSION_ENGINE = "evenhand.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day; one that is closed, or asked for nothing for long, ends sooner
CSRF_FAILURE_VIEW = "evenhand.web.views.errors.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_throttle",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # forgetting early would let somebody try again
    }
}
MAIL = mail_server(os.environ)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL.host else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"  # where there is no server
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.is_tls, MAIL.is_ssl
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("EVENHAND_MAIL_FROM") or f"Evenhand <evenhand@{ADDRESS.host or 'localhost'}>"
REMIND_AT = remind_hour(os.environ.get("EVENHAND_REMIND_AT", "") or "7")

# What browsers are held to; the policy on content and the other headers are in `web.middleware`.
CSRF_TRUSTED_ORIGINS = [ADDRESS.origin] if PRODUCTION else []
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = PRODUCTION
# Not 'no-referrer': with it browsers send forms with the origin 'null', which Django rightly takes for a forgery.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = ["^health/$"]  # whoever balances the load asks from within
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("EVENHAND_BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
