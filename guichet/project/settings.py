"""Every setting, read from top to bottom. What an owner tunes weekly is in the policy file, not here."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from guichet.edges.mailbox.ways.imap.accounts import accounts_in
from guichet.project.env import Environment
from guichet.project.logs import logging_config
from guichet.project.signatures import signer_in
from guichet.project.statics import digest_of

env = Environment(os.environ)
PACKAGE = Path(__file__).resolve().parent.parent
BASE_DIR = PACKAGE.parent

# ── What kind of installation ───────────────────────────────────────────────────────────────────────────────
DEBUG, GUICHET_DEMO = env.flag("GUICHET_DEBUG"), env.flag("GUICHET_DEMO")
GUICHET_DATA = env.folder("GUICHET_DATA", BASE_DIR / "data")
GUICHET_URL = env.address("GUICHET_URL", "http://localhost:8000")
GUICHET_PROXIES = env.networks("GUICHET_PROXIES")
SECRET_KEY = env.secret_key(GUICHET_DATA)

_site = urlsplit(GUICHET_URL)
_secure = _site.scheme == "https"
_local = ["localhost", "127.0.0.1", "[::1]"] if DEBUG or GUICHET_DEMO else []
ALLOWED_HOSTS = [_site.hostname or "localhost", *env.hosts("GUICHET_HOSTS"), *_local]
CSRF_TRUSTED_ORIGINS = [GUICHET_URL]

# ── The code ────────────────────────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "guichet.domain.timeline",
    "guichet.domain.policy",
    "guichet.domain.people",
    "guichet.domain.tickets",
    "guichet.ui",
    "guichet.reactions.email",
    "guichet.reactions.schedule",
    "guichet.edges.portal",
    "guichet.edges.desk",
    "guichet.edges.sign_in",
    "guichet.edges.live",
    "guichet.edges.mailbox",
    "guichet.edges.outbox",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "guichet.project.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "guichet.project.health.Probes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "guichet.edges.sign_in.middleware.Presence",
    "guichet.edges.sign_in.middleware.SignInRequired",
    "guichet.edges.sign_in.middleware.SecondStepRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guichet.edges.errors.Refusals",
]
ROOT_URLCONF = "guichet.project.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        # Django's Jinja2 looks into folders named jinja2 only; ours are named templates.
        "APP_DIRS": False,
        "DIRS": sorted([*PACKAGE.glob("*/templates"), *PACKAGE.glob("*/*/templates")]),
        "OPTIONS": {
            "environment": "guichet.ui.jinja.environment",
            "auto_reload": DEBUG,
            "context_processors": ["guichet.project.context.page"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

# Ours lie in the static folders of our apps, where Django's own finder sees them.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
# The digest changes with any file, so that a browser may keep each of them for ever.
STATIC_URL = f"/static/{digest_of([*PACKAGE.glob('*/static'), *PACKAGE.glob('*/*/static')])}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 315_360_000
WHITENOISE_IMMUTABLE_FILE_TEST = r"$^" if DEBUG else r"^/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False

# ── What is kept ────────────────────────────────────────────────────────────────────────────────────────────
DATABASES = {"default": env.database("DATABASE_URL", GUICHET_DATA / "guichet.sqlite3")}
if DATABASES["default"].get("ENGINE") == "django.db.backends.postgresql":
    DATABASES["default"] |= {
        "ENGINE": "guichet.foundation.database.postgres",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # A page that takes 20 s has lost its reader; `guichet migrate` lifts the bound for itself.
            "options": "-c statement_timeout=20s -c idle_in_transaction_session_timeout=60s",
            # Planning takes PostgreSQL longer than answering: what is asked again is prepared.
            "server_side_binding": True,
            "prepare_threshold": 3,
        },
    }
else:
    DATABASES["default"] |= {
        "ENGINE": "guichet.foundation.database.sqlite",
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": ":memory:"},
    }
REDIS_URL = env.url("REDIS_URL", "redis", "rediss", "unix")
# Counts tries to sign in. Without Redis each web process counts for itself.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"serializer": "guichet.foundation.caching.JsonSerializer"},
    }
    if REDIS_URL
    # Room for many addresses: when it is full, counts are thrown away.
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 100_000}},
}
STORAGES = {
    "default": env.storage("GUICHET_STORAGE_URL"),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Attachments lie in the data folder; without this they would land in the folder Guichet was started from.
MEDIA_ROOT = GUICHET_DATA / "files"

# ── People and their sessions ───────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["guichet.edges.sign_in.backend.PasswordBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "/"
SESSION_ENGINE = "guichet.project.sessions"
SESSION_COOKIE_NAME = "__Host-session" if _secure else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
# Staff sign in with a second step, but for a demonstration on one's own machine.
GUICHET_SECOND_STEP = not (DEBUG or GUICHET_DEMO)
ACCOUNT_ADAPTER = "guichet.edges.sign_in.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # a code that came by mail is the proof
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # strangers cannot have us write to anybody
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Of an address (key) and of where the tries come from (ip): ten guesses in 15 minutes, by whichever way in.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "30/15m/ip,3/15m/key",
    "confirm_login_code": "60/15m/ip,10/15m/key",
    "login": "60/15m/ip",
    "login_failed": "30/15m/ip,10/15m/key",
    "change_password": "5/15m/user",
    "reauthenticate": "20/15m/user",
}
MFA_ADAPTER = "guichet.edges.sign_in.second_factors.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # phones' clocks are a little off
CSRF_FAILURE_VIEW = "guichet.edges.errors.csrf_failure"
CSRF_COOKIE_NAME = "__Host-csrf" if _secure else "csrf"

# ── What a browser may do with our pages ────────────────────────────────────────────────────────────────────
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if _secure and not DEBUG else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Only a proxy that we believe can tell which requests came by https; without one this would be a loop.
SECURE_SSL_REDIRECT = _secure and bool(GUICHET_PROXIES)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# ── How much a request may carry ────────────────────────────────────────────────────────────────────────────
GUICHET_BODY_LIMIT = 110 * 2**20  # the largest body of all, in bytes: the bridge cuts the line there
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20  # a million bytes of emoji are three million in a form
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**18
FILE_UPLOAD_PERMISSIONS = 0o600

# ── Languages and time ──────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("de", "Deutsch"), ("es", "Español"), ("ja", "日本語")]
LOCALE_PATHS = [PACKAGE / "ui" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_TZ, TIME_ZONE = True, "UTC"

# ── Mail ────────────────────────────────────────────────────────────────────────────────────────────────────
GUICHET_MAIL_DOMAIN = env.domain("GUICHET_MAIL_DOMAIN", _site.hostname or "localhost")
GUICHET_MAIL_FROM = env.mailbox("GUICHET_MAIL_FROM", f"support@{GUICHET_MAIL_DOMAIN}")
GUICHET_AUTHSERV_ID, GUICHET_MAIL_LIMITS = env.text("GUICHET_AUTHSERV_ID"), env.limits("GUICHET_MAIL_LIMITS")
GUICHET_LMTP, GUICHET_SMTP = env.place("GUICHET_LMTP"), env.place("GUICHET_SMTP")
GUICHET_MAILBOXES = accounts_in(env.variables, env.mistakes.append)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = GUICHET_MAIL_FROM
EMAIL_TIMEOUT = 20
_mail = env.mail("GUICHET_MAIL_URL", hooks=env.text("GUICHET_MAIL_HOOKS"))
GUICHET_MAIL_PROVIDER = _mail.get("provider", "")
GUICHET_DKIM = signer_in(env)
GUICHET_OUTBOX = GUICHET_DEMO and not _mail  # mails are kept to be looked at, and nothing is sent
if GUICHET_OUTBOX:
    EMAIL_BACKEND = "guichet.reactions.email.capturing.CapturingBackend"
elif GUICHET_MAIL_PROVIDER:
    EMAIL_BACKEND, ANYMAIL = _mail["EMAIL_BACKEND"], _mail["ANYMAIL"]
else:  # by SMTP, as Django does by itself
    EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST") or "localhost", _mail.get("EMAIL_PORT") or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_USER"), _mail.get("EMAIL_HOST_PASSWORD")
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)

# ── Logs ────────────────────────────────────────────────────────────────────────────────────────────────────
LOGGING_CONFIG = None
logging_config(readable=DEBUG or GUICHET_DEMO)

env.refuse_mistakes()
