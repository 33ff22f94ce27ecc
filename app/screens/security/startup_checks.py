"""Weak settings: production refuses to start with them, development names them in the log."""

import logging
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

log = logging.getLogger(__name__)

KNOWN_SECRETS = ("changeme", "secret", "dev", "bench-only", "your-secret-key", "thisismyscretkey", "please-change")
SHORTEST_SECRET = 32
LONGEST_SESSION_HOURS = 12
LONGEST_IDLE_MINUTES = 30
SHORTEST_PASSWORD = 10

Settings = Mapping[str, Any]
Check = Callable[[Settings], Iterator[str]]


class WeakSettings(SystemExit):
    """Production was asked to start with settings that are not safe; the message lists them all with their cure.

    It ends the program with the message alone: whoever starts it needs the list, not a trace.
    """


def check_settings(app: Flask) -> None:
    """Collect every weakness; raise in production, warn otherwise."""
    weak = weaknesses(app.config)
    if not weak:
        return
    if app.config["ENVIRONMENT"] == "production":
        raise WeakSettings("refused to start:\n" + "\n".join(f"- {line}" for line in weak))
    log.info("settings that production would refuse:\n%s", "\n".join(f"- {line}" for line in weak))


def weaknesses(settings: Settings) -> list[str]:
    """All weaknesses of these settings, each as one sentence with its cure."""
    return [line for check in CHECKS for line in check(settings)]


def secret_key(settings: Settings) -> Iterator[str]:
    """A forged session is worth every right in the house (Superset CVE-2023-27524)."""
    key = str(settings["SECRET_KEY"])
    if len(key) < SHORTEST_SECRET or len(set(key)) < SHORTEST_SECRET // 4:
        yield f"SECRET_KEY is too weak: set at least {SHORTEST_SECRET} random characters"
    elif any(known in key.lower() for known in KNOWN_SECRETS):
        yield "SECRET_KEY is a published example: make your own"
    if not settings["SEAL_KEYS"]:
        yield "SEAL_KEYS is empty: identity numbers could not be encrypted"


def hosts(settings: Settings) -> Iterator[str]:
    """Without fixed host names a forged Host header opens redirects (CVE-2025-32962)."""
    if not settings["TRUSTED_HOSTS"] or any("*" in host for host in settings["TRUSTED_HOSTS"]):
        yield "TRUSTED_HOSTS must name the host names of this service"
    url = urlsplit(str(settings["PUBLIC_URL"]))
    if url.scheme != "https":
        yield "PUBLIC_URL must begin with https://"
    elif url.hostname not in settings["TRUSTED_HOSTS"]:
        yield f"TRUSTED_HOSTS must contain the host of PUBLIC_URL, {url.hostname}"


def sessions(settings: Settings) -> Iterator[str]:
    """Cookies and their life."""
    if not settings["SESSION_COOKIE_SECURE"] or not settings["SESSION_COOKIE_HTTPONLY"]:
        yield "the session cookie must be Secure and HttpOnly"
    if not str(settings["SESSION_COOKIE_NAME"]).startswith("__Host-") or settings["SESSION_COOKIE_SAMESITE"] is None:
        yield "the session cookie must be named __Host-… and have SameSite"
    if float(settings["SESSION_HOURS"]) > LONGEST_SESSION_HOURS:
        yield f"SESSION_HOURS must be at most {LONGEST_SESSION_HOURS}"
    if float(settings["SESSION_IDLE_MINUTES"]) > LONGEST_IDLE_MINUTES:
        yield f"SESSION_IDLE_MINUTES must be at most {LONGEST_IDLE_MINUTES}"


def signing_in(settings: Settings) -> Iterator[str]:
    """Guessing must cost."""
    if not settings["RATELIMIT_ENABLED"] or str(settings["RATELIMIT_STORAGE_URI"]).startswith("memory"):
        yield "RATE_LIMIT_URL must name a store that all processes share, such as redis://…"
    if int(settings["PASSWORD_LENGTH"]) < SHORTEST_PASSWORD:
        yield f"PASSWORD_LENGTH must be at least {SHORTEST_PASSWORD}"
    if int(settings["LOCKOUT_FAILURES"]) < 1 or float(settings["LOCKOUT_MINUTES"]) <= 0:
        yield "LOCKOUT_FAILURES and LOCKOUT_MINUTES must be above zero"
    if settings["AUTH_USER_REGISTRATION"] or settings["AUTH_ROLE_PUBLIC"]:
        yield "self-registration and public rights must stay off"


def requests(settings: Settings) -> Iterator[str]:
    """Forms, sizes, and the framework's own back doors."""
    if not settings.get("WTF_CSRF_ENABLED", True):
        yield "WTF_CSRF_ENABLED must stay on"
    if not settings["MAX_CONTENT_LENGTH"]:
        yield "UPLOAD_MB must be above zero"
    back_doors = (
        "FAB_ADD_SECURITY_API",
        "FAB_API_SWAGGER_UI",
        "FAB_API_SHOW_STACKTRACE",
        "FAB_API_KEY_ENABLED",
        "DEBUG",
    )
    for name in back_doors:
        if settings.get(name):
            yield f"{name} must stay off"


def storage(settings: Settings) -> Iterator[str]:
    """Files and database are for this service alone."""
    if not str(settings["DATABASE_URL"]).startswith("postgres"):
        yield "DATABASE_URL must name a PostgreSQL database"
    folder = Path(str(settings["DATA_FOLDER"]))
    static = Path(__file__).resolve().parents[1] / "static"
    if folder.resolve().is_relative_to(static):
        yield "DATA_FOLDER must not lie inside the static files"
    if folder.exists() and stat.S_IMODE(folder.stat().st_mode) & stat.S_IRWXO:
        yield "DATA_FOLDER must not be open to other users: chmod 750"


def broker(settings: Settings) -> Iterator[str]:
    """A broker that anybody can write to runs anybody's tasks."""
    url = str(settings["CELERY_BROKER_URL"])
    if not url:
        yield "CELERY_BROKER_URL must name Redis or RabbitMQ"
    elif not urlsplit(url).password and urlsplit(url).hostname not in ("127.0.0.1", "localhost", "::1"):
        yield "CELERY_BROKER_URL must carry a password"


CHECKS: tuple[Check, ...] = (secret_key, hosts, sessions, signing_in, requests, storage, broker)
