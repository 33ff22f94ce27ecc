"""What Flask, Flask-AppBuilder and their extensions are told: fixed choices, and values derived from our settings."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FIXED = {
    # Flask-AppBuilder: tables belong to Alembic, permissions to publishing, pages to us
    "APP_NAME": "Một Cửa",
    "FAB_CREATE_DB": False,
    "FAB_UPDATE_PERMS": False,
    "FAB_SECURITY_MANAGER_CLASS": "app.screens.security.manager.OfficeSecurityManager",
    "FAB_INDEX_VIEW": "app.screens.inbox.InboxView",
    "FAB_MENU": "app.screens.security.manager.NoMenu",
    "FAB_BASE_TEMPLATE": "mc/base_staff.html",
    "FAB_ADD_MENU_API": False,
    "FAB_ADD_OPENAPI_VIEWS": False,
    "FAB_ADD_SECURITY_API": False,
    "FAB_API_SWAGGER_UI": False,
    "FAB_API_SHOW_STACKTRACE": False,
    "FAB_API_KEY_ENABLED": False,
    "FAB_ALLOW_GET_UNSAFE_MUTATIONS": False,
    "FAB_PASSWORD_HASH_METHOD": "scrypt",
    "AUTH_TYPE": 1,
    "AUTH_USER_REGISTRATION": False,
    "AUTH_ROLE_ADMIN": "administrator",
    "AUTH_ROLE_PUBLIC": "",
    "AUTH_RATE_LIMITED": False,  # the sign-in view carries its own limit, so that its setting has one place
    "RATELIMIT_ENABLED": True,
    "RATELIMIT_HEADERS_ENABLED": False,
    "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch must still be accepted; the token ends with the session
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_PATH": "/",
    "SESSION_REFRESH_EACH_REQUEST": False,  # the row of the session says when it ends, not the cookie
    "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
    "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
    "LANGUAGES": {"vi": {"flag": "vn", "name": "Tiếng Việt"}, "en": {"flag": "gb", "name": "English"}},
    "MAX_FORM_PARTS": 5_000,
    "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
    "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    "SQLALCHEMY_TRACK_MODIFICATIONS": False,
}


def framework_settings(settings: Mapping[str, object]) -> dict[str, object]:
    """Everything the frameworks read, from our settings (``config.py`` names)."""
    production = settings["ENVIRONMENT"] == "production"
    hosts = [host.strip() for host in str(settings["TRUSTED_HOSTS"]).split(",") if host.strip()]
    return {
        **FIXED,
        "TRUSTED_HOSTS": hosts,
        "FAB_SAFE_REDIRECT_HOSTS": hosts,
        "SESSION_COOKIE_SECURE": production,
        "SESSION_COOKIE_NAME": "__Host-mot-cua" if production else "mot-cua",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=float(str(settings["SESSION_HOURS"]))),
        "MAX_CONTENT_LENGTH": int(str(settings["UPLOAD_MB"])) * 1024 * 1024,
        "RATELIMIT_STORAGE_URI": settings["RATE_LIMIT_URL"] or "memory://",
        "BABEL_DEFAULT_LOCALE": settings["DEFAULT_LOCALE"],
        "FAB_PASSWORD_COMPLEXITY_ENABLED": False,  # our own rule, with its own Vietnamese words, is in operations
    }
