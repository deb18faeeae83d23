"""Django's settings. What an operator may change comes from the environment; docs/web.md has the table."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from guide.sitedb import default_path
from guide.trips.store import default_place as trips_place
from guide.visits import default_url as visits_url
from web.secret import secret_key

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("TRUC_VAR") or ROOT / "var")


def _listed(name: str, default: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def _on(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "true", "yes", "on")


DEBUG = _on("TRUC_WEB_DEBUG")
SECRET_KEY = secret_key(VAR / "web-secret-key")
ALLOWED_HOSTS = _listed("TRUC_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

BOT_URL = os.environ.get("TRUC_BOT_URL", "http://localhost:5005").rstrip("/")
BOT_INSIDE_URL = os.environ.get("TRUC_BOT_INSIDE_URL", "").rstrip("/") or (
    f"http://127.0.0.1:{os.environ.get('TRUC_BOT_PORT') or 5005}"
)  # for the console's own questions, which go by no proxy
PUBLIC_URL = os.environ.get("TRUC_PUBLIC_URL", "").rstrip("/")  # for canonical links; the request's own host when empty
TRIPS = trips_place()
VISITS_URL = visits_url()
ZALO_CODE = os.environ.get("TRUC_ZALO_CODE", "").strip()  # Zalo's proof that the domain is ours; not a secret
PHOTOS = Path(os.environ.get("TRUC_PHOTOS") or VAR / "photos")  # pictures that staff have sent, made anew
SITE_DB = Path(os.environ.get("TRUC_SITE_DB") or default_path())

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "axes",
    "web.pages",
    "web.trips",
    "web.console",
]
MIDDLEWARE = [
    "web.security.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # Django pads answers at random, so that their size tells nothing
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    # These let the public pages pass by untouched.
    "web.console.middleware.Sessions",
    "web.console.middleware.Csrf",
    "web.console.middleware.Authentication",
    "web.console.middleware.SecondFactor",
    "web.console.middleware.Messages",
    "web.console.middleware.Console",
    "web.console.middleware.SignInRequired",
    "web.console.middleware.LockOut",
]
ROOT_URLCONF = "web.urls"
WSGI_APPLICATION = "web.wsgi.application"
APPEND_SLASH = False  # an id is an id: the views say themselves which addresses have a slash
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"builtins": ["web.pages.templatetags.pages"]},
    }
]
# Accounts only: facts are read and written through guide.sitedb.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("TRUC_ACCOUNTS_DB") or str(VAR / "accounts.db"),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": "PRAGMA journal_mode=WAL"},
    }
}
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True  # for Django's own sentences in the console; ours are in wording/<language>.yml

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ROOT = ROOT / "widget" / "dist"  # /widget.js, built from widget/src
WHITENOISE_MAX_AGE = 600

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = _on("TRUC_WEB_HTTPS")
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, without TLS
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SSL_REDIRECT else None

# Signing in to the console
AUTH_USER_MODEL = "console.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "console:sign-in"
SESSION_COOKIE_NAME = "truc_console"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/console"
SESSION_COOKIE_AGE = 8 * 3600  # a working day, counted from the last page
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
CSRF_COOKIE_NAME = "truc_console_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "web.console.views.signing.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]  # not the address: a whole office shares one
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "web.console.views.signing.locked_out"
AXES_ENABLE_ADMIN = False
OTP_TOTP_ISSUER = "Truc"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"axes": {"level": "WARNING"}},  # who signed in is kept and shown in the console, not in the log
    "root": {"handlers": ["stderr"], "level": os.environ.get("TRUC_LOG_LEVEL", "INFO")},
}
