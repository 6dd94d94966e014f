"""All settings, read from `TUTELA_*` variables; `docs/operations.md` tells each. No default is unsafe."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from tutela.base import env
from tutela.cli.running import layout

VERSION = "0.1.0"
TUTELA_HOME: Path = layout.home()
TUTELA_DEMO = env.flag("TUTELA_DEMO")
TUTELA_SUITE = {"aes": 1, "sm4": 2}[env.choice("TUTELA_SUITE", "aes", ("aes", "sm4"))]
TUTELA_KEY_PASSPHRASE = env.secret("TUTELA_KEY_PASSPHRASE")
TUTELA_TRAIL_SIGNED_FILE: Path = env.folder(
    "TUTELA_TRAIL_SIGNED_FILE", TUTELA_HOME / "trail.signed"
)
TUTELA_DESTROYED_FILE: Path = env.folder("TUTELA_DESTROYED_FILE", TUTELA_HOME / "destroyed.journal")
TUTELA_TRAIL_SIGNERS = env.words("TUTELA_TRAIL_SIGNERS", "ed25519")
TUTELA_TRAIL_POLICY_FILE: Path = env.folder(
    "TUTELA_TRAIL_POLICY_FILE", TUTELA_HOME / "trail.policy"
)
TUTELA_TRAIL_WITNESS_CA = env.text("TUTELA_TRAIL_WITNESS_CA")
TUTELA_TRAIL_MONITORS = env.networks("TUTELA_TRAIL_MONITORS")
TUTELA_TRAIL_MONITOR_REQUESTS_A_MINUTE = env.number(
    "TUTELA_TRAIL_MONITOR_REQUESTS_A_MINUTE", 600, 1, 1_000_000
)
TUTELA_REVEAL_SECONDS = 60
TUTELA_SEARCHES_A_MINUTE = env.number("TUTELA_SEARCHES_A_MINUTE", 30, 1, 10_000)
TUTELA_MACHINE_SEARCHES_A_MINUTE = env.number(
    "TUTELA_MACHINE_SEARCHES_A_MINUTE", 6_000, 1, 1_000_000
)
TUTELA_SIGN_INS_A_MINUTE = env.number("TUTELA_SIGN_INS_A_MINUTE", 60, 1, 1_000)
TUTELA_TRUSTED_PROXIES = env.networks("TUTELA_TRUSTED_PROXIES")
TUTELA_HTTPS_PORT = env.number("TUTELA_HTTPS_PORT", 8443, 1, 65_535)
TUTELA_HTTP_PORT = env.number("TUTELA_HTTP_PORT", 8080, 0, 65_535)
TUTELA_BIND = env.text("TUTELA_BIND", "127.0.0.1")
TUTELA_WEB_PROCESSES = env.number("TUTELA_WEB_PROCESSES", 2, 1, 64)
TUTELA_BODY_SECONDS = env.number("TUTELA_BODY_SECONDS", 10, 1, 600)
TUTELA_BODY_BYTES_A_SECOND = env.number("TUTELA_BODY_BYTES_A_SECOND", 4_096, 1, 1_000_000_000)
TUTELA_BODY_MEGABYTES = env.number("TUTELA_BODY_MEGABYTES", 8_193, 1, 1_000_000)
TUTELA_BODIES_MEGABYTES = env.number("TUTELA_BODIES_MEGABYTES", 64, 1, 100_000)
TUTELA_IDLE_SECONDS = env.number("TUTELA_IDLE_SECONDS", 75, 5, 3_600)
TUTELA_CONNECTIONS = env.number("TUTELA_CONNECTIONS", 2_000, 100, 100_000)
TUTELA_CONNECTIONS_AN_ADDRESS = env.number("TUTELA_CONNECTIONS_AN_ADDRESS", 200, 10, 100_000)
TUTELA_TLS_CERTIFICATE = env.text("TUTELA_TLS_CERTIFICATE")
TUTELA_TLS_KEY = env.text("TUTELA_TLS_KEY")
TUTELA_MAIL_URL = env.secret("TUTELA_MAIL_URL") or ""
TUTELA_NOTICE_HOSTS = env.words("TUTELA_NOTICE_HOSTS")
TUTELA_NOTICES_READ_DAYS = env.number("TUTELA_NOTICES_READ_DAYS", 90, 1, 3_650)
TUTELA_NOTICES_UNREAD_DAYS = env.number("TUTELA_NOTICES_UNREAD_DAYS", 400, 30, 3_650)
TUTELA_OWN_CONTACTS = env.words("TUTELA_OWN_CONTACTS")
TUTELA_TRAIL_HOT_MONTHS = env.number("TUTELA_TRAIL_HOT_MONTHS", 13, 12, 1_200)
TUTELA_TRAIL_KEEP_MONTHS = env.number("TUTELA_TRAIL_KEEP_MONTHS", 36, 12, 1_200)
TUTELA_TRAIL_COPIES = env.words("TUTELA_TRAIL_COPIES")
TUTELA_BACKUP_FOLDER: Path = env.folder("TUTELA_BACKUP_FOLDER", TUTELA_HOME / "backup")
TUTELA_BACKUP_PART_MEGABYTES = env.number("TUTELA_BACKUP_PART_MEGABYTES", 1_024, 1, 4_096)
TUTELA_BACKUP_JOBS = env.number("TUTELA_BACKUP_JOBS", 2, 1, 64)
TUTELA_BACKUP_PHYSICAL = env.choice("TUTELA_BACKUP_PHYSICAL", "off", ("off", "own", "pgbackrest"))
TUTELA_BACKUP_LOG_MINUTES = env.number("TUTELA_BACKUP_LOG_MINUTES", 15, 0, 1_440)
TUTELA_BACKUP_REPLICATION_URL = env.secret("TUTELA_BACKUP_REPLICATION_URL") or ""
TUTELA_BACKUP_STANZA = env.text("TUTELA_BACKUP_STANZA")
TUTELA_BACKUP_IDENTITY_FILE = env.text("TUTELA_BACKUP_IDENTITY_FILE")
TUTELA_POSTGRES_TOOLS = env.text("TUTELA_POSTGRES_TOOLS")
TUTELA_COMPANY = env.text("TUTELA_COMPANY", "示例保险" if TUTELA_DEMO else "")

DEBUG = False
SECRET_KEY = layout.session_secret(TUTELA_HOME)
ALLOWED_HOSTS = [*env.words("TUTELA_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in env.words("TUTELA_HOSTS")]

INSTALLED_APPS = [
    "tutela.base",
    "tutela.web",
    "tutela.trail",
    "tutela.access",
    "tutela.keys",
    "tutela.notices",
    "tutela.proof",
    "tutela.vault",
    "tutela.programme",
    # In this order they fill the papers of "my work".
    "tutela.committee",
    "tutela.feeds",
    "tutela.assessment",
    "tutela.documents",
    "tutela.watch",
    "tutela.backup",
    "tutela.scorecard",
    "tutela.console",
    "tutela.api",
    "tutela.cli",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "tutela.access.middleware.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "tutela.console.middleware.SecurityHeaders",
    "tutela.web.compression.SmallPages",
    "tutela.console.middleware.WholeText",
    "tutela.console.middleware.WayBack",
    "tutela.api.middleware.MachineDoor",
    "tutela.web.static_files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tutela.console.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tutela.access.middleware.ActorMiddleware",
    "tutela.console.middleware.OtherSites",
    "tutela.console.middleware.Refusals",
]

ROOT_URLCONF = "tutela.urls"
WSGI_APPLICATION = "tutela.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tutela.console.context.frame",
            ]
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = layout.databases(TUTELA_HOME)
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "tutela.access.passwords.PasswordRule"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tutela.console.own_account.AccountAdapter"
MFA_ADAPTER = "tutela.access.sign_in.MfaAdapter"
ACCOUNT_FORMS = {"change_password": "tutela.access.sign_in_forms.PasswordChange"}
MFA_FORMS = {
    "activate_totp": "tutela.access.second_factor.SecondFactorForm",
    "authenticate": "tutela.access.sign_in_forms.SecondFactor",
    "reauthenticate": "tutela.access.sign_in_forms.SecondFactorAgain",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
# Its limits of sign-ins lock an account, or a whole office, for everybody; ours are in access/sign_in_limits.py.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tutela"
MFA_TOTP_TOLERANCE = 1

SESSION_ENGINE = "tutela.access.sessions"
# A browser takes a cookie of such a name over HTTPS only and for this host alone: no neighbour host and no
# page over plain HTTP puts another in its place. Nothing is served over plain HTTP, also not on loopback.
SESSION_COOKIE_NAME = "__Host-tutela-session"
CSRF_COOKIE_NAME = "__Host-tutela-csrf"
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "tutela.console.flashes.Storage"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_HSTS_SECONDS = 0 if TUTELA_DEMO else 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Counts of attempts and nothing else, shared by all processes: nothing of a customer may settle in a cache.
CACHES = {"default": {"BACKEND": "tutela.access.attempts.SharedAttempts"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["tutela.keys.spool.SealedUploadHandler"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = env.text("TUTELA_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "static/"
STATIC_ROOT = layout.static_root()
STATICFILES_DIRS = layout.front_end()
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "tutela.web.static_files.NamedByContent"},
}

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PROCRASTINATE_ON_APP_READY = None

LOGGING: dict[str, Any] = layout.logging()
