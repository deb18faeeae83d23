"""Django's settings. What an operator may change comes from the environment; docs/web.md has the table."""

from __future__ import annotations

import os
from pathlib import Path

from guide.sitedb import default_path
from guide.trips.store import default_path as trips_path
from web.secret import secret_key

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"


def _listed(name: str, default: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def _on(name: str) -> bool:
    return os.environ.get(name, "").lower() in ("1", "true", "yes", "on")


DEBUG = _on("TRUC_WEB_DEBUG")
SECRET_KEY = secret_key(VAR / "web-secret-key")
ALLOWED_HOSTS = _listed("TRUC_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

BOT_URL = os.environ.get("TRUC_BOT_URL", "http://localhost:5005").rstrip("/")
PUBLIC_URL = os.environ.get("TRUC_PUBLIC_URL", "").rstrip("/")  # for canonical links; the request's own host when empty
TRIPS_DB = trips_path()
ZALO_CODE = os.environ.get("TRUC_ZALO_CODE", "").strip()  # Zalo's proof that the domain is ours; not a secret
SITE_DB = Path(os.environ.get("TRUC_SITE_DB") or default_path())

INSTALLED_APPS = ["django.contrib.staticfiles", "web.pages", "web.trips"]
MIDDLEWARE = [
    "web.security.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # nothing secret is on these pages, so compression gives nothing away
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
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
DATABASES: dict[str, dict[str, str]] = {}  # facts are read through guide.sitedb only
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = False  # wording is in web/pages/wording/<language>.yml

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ROOT = ROOT / "widget" / "src"  # /widget.js and what it imports
WHITENOISE_MAX_AGE = 600

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = _on("TRUC_WEB_HTTPS")
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SSL_REDIRECT else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("TRUC_LOG_LEVEL", "INFO")},
}
