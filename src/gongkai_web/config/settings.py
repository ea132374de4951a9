"""Which settings does the web layer run with?

Everything an operator may change is an environment variable; ``gongkai serve`` sets them from its options before Django
starts. Nothing here needs a network.

    GONGKAI_DATA           folder for the database, the visitors' rooms and the key (default: ~/.local/share/gongkai, as for the commands)
    GONGKAI_HOSTS          host names the server answers to, separated by commas
    GONGKAI_HTTPS          "1" when a proxy in front speaks HTTPS: cookies are then sent over HTTPS only
    GONGKAI_ORIGINS        origins (https://…) whose forms are trusted when a proxy changes the host name
    DATABASE_URL           postgres://user:password@host:port/name instead of SQLite in the data folder
    GONGKAI_SAMPLES        folder of sample reports offered on the check screen (default: samples beside the source)
    GONGKAI_PROXIES        networks of the proxies in front, separated by commas: their X-Forwarded-For is believed, nobody else's
    GONGKAI_PASSWORD_DAYS  after how many days a password has to be changed (default 0: never)
    GONGKAI_ACCESS_LOG_DAYS  for how many days the access log is kept (at least 180, the default)
    GONGKAI_BACKUPS        folder of the daily backups (default: backups in the data folder)
    GONGKAI_BACKUP_KEYS    folder of the keys that belong to them (default: keys in the backups' folder)
    GONGKAI_BACKUPS_KEPT   how many daily backups are kept (default: 14)
    GONGKAI_BACKUP_AT      when the worker makes the backup of the day, Beijing time (default: 02:30), or "off"
    GONGKAI_DIGEST         "sha256" (default) or "sm3": the algorithm of new digests
    GONGKAI_CLAMD          where a ClamAV daemon listens (a socket's path or host:port); uploads then wait for it
    GONGKAI_CLASSIFIED_CONTACT  whom to call when a file carries classification markings
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from gongkai.cli.here import data_folder
from gongkai_web.config.database import databases
from gongkai_web.config.secret import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
DATA = data_folder().resolve()
HTTPS = os.environ.get("GONGKAI_HTTPS") == "1"


def _words(name: str, default: str = "") -> list[str]:
    return [w.strip() for w in os.environ.get(name, default).split(",") if w.strip()]


DEBUG = False
SECRET_KEY = secret_key(DATA)
ALLOWED_HOSTS = _words("GONGKAI_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = _words("GONGKAI_ORIGINS")
ROOT_URLCONF = "gongkai_web.config.urls"
WSGI_APPLICATION = "gongkai_web.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "gongkai_web.ui",
    "gongkai_web.trail",
    "gongkai_web.accounts",
    "gongkai_web.agencies",
    "gongkai_web.files",
    "gongkai_web.flow",
    "gongkai_web.publishing",
    "gongkai_web.comment_periods",
    "gongkai_web.visits",
    "gongkai_web.outlets",
    "gongkai_web.oversight",
    "gongkai_web.workbench",
    "gongkai_web.portal",
    "gongkai_web.office",
]
AUTH_USER_MODEL = "accounts.Person"
# Digests name their algorithm; sm3 where the national algorithms are asked for.
DIGEST = os.environ.get("GONGKAI_DIGEST", "sha256")
MIDDLEWARE = [
    "gongkai_web.ui.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai_web.accounts.access_log.AccessLog",
    "gongkai_web.oversight.uploads.UploadGate",
    "gongkai_web.accounts.middleware.StaffSessions",
    "gongkai_web.portal.redirects.OldAddresses",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Only these look at the session, and only on pages of the staff and the desk: public pages are the same for everybody.
    "gongkai_web.accounts.middleware.SignedIn",
    "gongkai_web.agencies.doors.DeskDoor",
    "gongkai_web.ui.refusals.Refusals",
]
TEMPLATES = [
    {
        "BACKEND": "gongkai_web.ui.templating.Templates",
        "DIRS": [PACKAGE / app / "templates" for app in ("ui", "oversight", "workbench", "portal")],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "gongkai_web.ui.jinja.environment",
            "context_processors": [
                "gongkai_web.flow.surroundings.surroundings",
                "gongkai_web.oversight.surroundings.surroundings",
                "gongkai_web.workbench.surroundings.surroundings",
            ],
        },
    },
]
DATABASES = databases(os.environ.get("DATABASE_URL", ""), DATA)

# Sessions: the cookie carries a random key only, what it stands for is in the database. Written on a change, never on a GET.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "gongkai_session"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
# A sign-in of staff ends after so long without activity, and in any case after so long; activity is noted once in so many seconds.
IDLE_SECONDS = 15 * 60
STAFF_SESSION_SECONDS = 12 * 3600
ACTIVITY_SECONDS = 60
LOCK_SECONDS = 15 * 60  # a login name or an address with too many failures
SLIP_SECONDS = 7 * 24 * 3600  # a printed one-time password is good for so long
PENDING_SECONDS = 10 * 60  # between the password and the second factor
# After so many days a password has to be changed at the next sign-in; 0: never.
PASSWORD_DAYS = int(os.environ.get("GONGKAI_PASSWORD_DAYS", "0"))
# Proxies whose word for a visitor's address is believed.
PROXIES = _words("GONGKAI_PROXIES")
# 网络安全法 art 21: network logs are kept for no less than six months.
ACCESS_LOG_LEAST_DAYS = 180
ACCESS_LOG_DAYS = int(os.environ.get("GONGKAI_ACCESS_LOG_DAYS", ACCESS_LOG_LEAST_DAYS))
CSRF_COOKIE_NAME = "gongkai_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "gongkai_web.ui.errors.csrf_failure"

# Headers. Every script and style is a file of our own; nothing is inline, so no nonce is needed. Bootstrap's arrows are data: images.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0

# Words and time: a legal day is a day in Beijing.
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Static files: found in the packages and served by the program itself.
STATIC_URL = "/static/"
STATICFILES_DIRS = [("vendor", str(PACKAGE / "static_vendor"))]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 300

# Uploads stay in memory until they were looked through; see oversight/uploads.py.
FILE_UPLOAD_HANDLERS = ["gongkai_web.oversight.uploads.MemoryOnly"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
UPLOAD_FILE_BYTES = 20 * 1024 * 1024  # one file
UPLOAD_REQUEST_BYTES = 60 * 1024 * 1024  # all files of one upload
UPLOAD_FILES = 100  # files of one upload, members of an archive included
UPLOAD_AT_ONCE = 6  # uploads received at the same moment in one server process; the rest are asked to come back
FORMS_AT_ONCE = 12  # the same for forms without files; with the uploads fewer than the server's threads (serve.THREADS)
UPLOAD_SECONDS = 300  # an upload slower than this is given up
WAITING_BYTES = 200 * 1024 * 1024  # uploaded files waiting in memory for their turn

# Rooms: what belongs to one browser session, and how long it is kept after the last change.
ROOM_SECONDS = SESSION_COOKIE_AGE
ROOM_BYTES = 200 * 1024 * 1024

# Reading happens in processes of their own that cannot take the server down.
READERS = 2
READER_MEMORY_BYTES = 1536 * 1024 * 1024
READER_SECONDS = 100  # longer than LibreOffice is given to convert an old file
PICTURE_SECONDS = 20  # a page that takes longer to draw is not shown
READER_FILES = 40  # a reading process is replaced after so many files

# Reports of invented bodies to try the check with; they lie beside the source and are not part of the installed package.
SAMPLES = Path(os.environ.get("GONGKAI_SAMPLES", PACKAGE.parent.parent / "samples"))

# Backups of the day, made by the worker; see office/backing_up.py.
BACKUPS = os.environ.get("GONGKAI_BACKUPS", "")
BACKUP_KEYS = os.environ.get("GONGKAI_BACKUP_KEYS", "")
BACKUPS_KEPT = max(1, int(os.environ.get("GONGKAI_BACKUPS_KEPT", "14")))
_backup_at = os.environ.get("GONGKAI_BACKUP_AT", "02:30")
BACKUP_AT = None if _backup_at == "off" else dt.time.fromisoformat(_backup_at)

CLAMD = os.environ.get("GONGKAI_CLAMD", "")
CLASSIFIED_CONTACT = os.environ.get("GONGKAI_CLASSIFIED_CONTACT", "本单位保密工作机构")

# Logs name the place of a fault and never a person, a file or what stood in it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A wrong address or a refused form is the visitor's affair; the log would only collect addresses.
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security.csrf": {"handlers": ["stderr"], "level": "CRITICAL", "propagate": False},
        "gongkai": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}
