"""Settings, taken from a few LUOSHI_* variables; everything else has one value."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from luoshi.conf.instance import data_folder, secret_key

PACKAGE = Path(__file__).resolve().parent.parent
DATA = data_folder()
SECRET_KEY = secret_key(DATA)
DEBUG = os.environ.get("LUOSHI_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("LUOSHI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("LUOSHI_ORIGINS", "").split(",") if origin
]
# Behind the county's TLS proxy; a trial on one machine speaks plain HTTP.
SECURE = os.environ.get("LUOSHI_TLS") == "1"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "luoshi.ui",
    "luoshi.core",
    "luoshi.commitments",
    "luoshi.cases",
    "luoshi.papers",
    "luoshi.topics",
    "luoshi.upkeep",
    "luoshi.pledges",
    "luoshi.consultations",
    "luoshi.projects",
    "luoshi.alerts",
    "luoshi.archive",
    "luoshi.portal",
    "luoshi.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "luoshi.ui.middleware.ContentSecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "luoshi.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "luoshi.core.middleware.TownMiddleware",
    "luoshi.core.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "luoshi.conf.urls"
WSGI_APPLICATION = "luoshi.conf.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "luoshi.ui.context.screen",
                "luoshi.core.context.town",
            ],
        },
    }
]


def database(url: str) -> dict[str, object]:
    """Turn `LUOSHI_DATABASE_URL` into Django's settings; SQLite where it is empty."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "luoshi.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                    "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
                    # Fewer, larger moves from the log to the file.
                    "PRAGMA wal_autocheckpoint=4000;"
                ),
            },
            # What ANALYZE found is read when a connection opens.
            "CONN_MAX_AGE": 3600,
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise SystemExit(
            "LUOSHI_DATABASE_URL must begin with postgresql://, "
            f"but it begins with {parts.scheme}://"
        )
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or unquote(query.get("host", "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Compiling a query takes longer than any of ours runs.
        "OPTIONS": {"options": "-c jit=off"},
    }


DATABASES = {"default": database(os.environ.get("LUOSHI_DATABASE_URL", ""))}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "core.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "core:sign-in"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE.parent / "build" / "static"
STATICFILES_DIRS = [
    folder for folder in (PACKAGE.parent / "build" / "vendor",) if folder.is_dir()
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 31536000
# A page read while static files change must not fail, only look older.
WHITENOISE_MANIFEST_STRICT = False

SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"


# smtp://user:password@host:587?from=a@b, or smtps:// for a connection in TLS
_MAIL = urlsplit(os.environ.get("LUOSHI_MAIL", ""))
if _MAIL.geturl() and not (_MAIL.scheme in ("smtp", "smtps") and _MAIL.hostname):
    raise SystemExit("LUOSHI_MAIL must look like smtp://user:password@host:587")
MAIL_READY: bool = bool(_MAIL.hostname)
EMAIL_HOST = _MAIL.hostname or ""
EMAIL_USE_SSL = _MAIL.scheme == "smtps"
EMAIL_USE_TLS = _MAIL.scheme == "smtp" and "tls=0" not in _MAIL.query
EMAIL_PORT = _MAIL.port or (465 if EMAIL_USE_SSL else 587)
EMAIL_HOST_USER = unquote(_MAIL.username or "")
EMAIL_HOST_PASSWORD = unquote(_MAIL.password or "")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = unquote(
    dict(parse_qsl(_MAIL.query)).get("from", EMAIL_HOST_USER or "luoshi@localhost")
)
# A robot inside the own network is reached only where the operator allows it.
ROBOT_ANYWHERE: bool = os.environ.get("LUOSHI_ROBOT_ANYWHERE") == "1"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
