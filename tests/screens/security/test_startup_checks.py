"""Production does not start with weak settings, and names all of them with their cure."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.screens.framework import framework_settings
from app.screens.security.startup_checks import WeakSettings, check_settings, weaknesses


def strong(tmp_path: Path, **changes: Any) -> dict[str, Any]:
    """Settings with which production starts."""
    own = {
        "ENVIRONMENT": "production",
        "SECRET_KEY": "Zr8mQ4xW9bTk2LpV7nYc5HsD1fGj6RaE",
        "SEAL_KEYS": "one:key",
        "PUBLIC_URL": "https://motcua.example",
        "TRUSTED_HOSTS": "motcua.example",
        "DATABASE_URL": "postgresql://db/motcua",
        "CELERY_BROKER_URL": "redis://:secret@broker/0",
        "RATE_LIMIT_URL": "redis://:secret@broker/1",
        "DATA_FOLDER": str(tmp_path / "data"),
        "SESSION_HOURS": "12",
        "SESSION_IDLE_MINUTES": "30",
        "LOCKOUT_FAILURES": "5",
        "LOCKOUT_MINUTES": "15",
        "PASSWORD_LENGTH": "10",
        "UPLOAD_MB": "64",
        "DEFAULT_LOCALE": "vi",
    }
    own |= {name: value for name, value in changes.items() if name in own}
    derived = framework_settings(own)
    return {**own, **derived, **{name: value for name, value in changes.items() if name not in own}}


def test_good_settings_have_no_weakness(tmp_path: Path) -> None:
    assert weaknesses(strong(tmp_path)) == []


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("SECRET_KEY", "", "SECRET_KEY"),
        ("SECRET_KEY", "short", "SECRET_KEY"),
        ("SECRET_KEY", "a" * 64, "SECRET_KEY"),
        ("SECRET_KEY", "changeme-0123456789abcdefghijklmnop", "SECRET_KEY"),
        ("SEAL_KEYS", "", "SEAL_KEYS"),
        ("TRUSTED_HOSTS", "", "TRUSTED_HOSTS"),
        ("TRUSTED_HOSTS", "*.example", "TRUSTED_HOSTS"),
        ("TRUSTED_HOSTS", "other.example", "TRUSTED_HOSTS"),
        ("PUBLIC_URL", "http://motcua.example", "PUBLIC_URL"),
        ("SESSION_HOURS", "13", "SESSION_HOURS"),
        ("SESSION_IDLE_MINUTES", "31", "SESSION_IDLE_MINUTES"),
        ("LOCKOUT_FAILURES", "0", "LOCKOUT_FAILURES"),
        ("LOCKOUT_MINUTES", "0", "LOCKOUT_MINUTES"),
        ("PASSWORD_LENGTH", "9", "PASSWORD_LENGTH"),
        ("RATE_LIMIT_URL", "", "RATE_LIMIT_URL"),
        ("RATELIMIT_ENABLED", False, "RATE_LIMIT_URL"),
        ("UPLOAD_MB", "0", "UPLOAD_MB"),
        ("DATABASE_URL", "sqlite:////var/x.sqlite", "DATABASE_URL"),
        ("CELERY_BROKER_URL", "", "CELERY_BROKER_URL"),
        ("CELERY_BROKER_URL", "redis://broker/0", "CELERY_BROKER_URL"),
        ("SESSION_COOKIE_SECURE", False, "cookie"),
        ("SESSION_COOKIE_HTTPONLY", False, "cookie"),
        ("SESSION_COOKIE_SAMESITE", None, "cookie"),
        ("SESSION_COOKIE_NAME", "session", "cookie"),
        ("WTF_CSRF_ENABLED", False, "WTF_CSRF_ENABLED"),
        ("AUTH_USER_REGISTRATION", True, "self-registration"),
        ("AUTH_ROLE_PUBLIC", "Public", "public rights"),
        ("FAB_ADD_SECURITY_API", True, "FAB_ADD_SECURITY_API"),
        ("FAB_API_SWAGGER_UI", True, "FAB_API_SWAGGER_UI"),
        ("FAB_API_SHOW_STACKTRACE", True, "FAB_API_SHOW_STACKTRACE"),
        ("FAB_API_KEY_ENABLED", True, "FAB_API_KEY_ENABLED"),
        ("DEBUG", True, "DEBUG"),
    ],
)
def test_each_weakness_is_found_and_named(tmp_path: Path, name: str, value: Any, named: str) -> None:
    found = weaknesses(strong(tmp_path, **{name: value}))
    assert [line for line in found if named in line] != []


def test_files_that_others_may_read_are_a_weakness(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    assert any("DATA_FOLDER" in line for line in weaknesses(strong(tmp_path)))
    folder.chmod(0o750)
    assert weaknesses(strong(tmp_path)) == []


def test_files_inside_the_static_folder_are_a_weakness(tmp_path: Path) -> None:
    inside = Path(__file__).resolve().parents[3] / "app/screens/static/uploads"
    assert any("DATA_FOLDER" in line for line in weaknesses(strong(tmp_path, DATA_FOLDER=str(inside))))


def test_production_refuses_all_weaknesses_at_once(tmp_path: Path) -> None:
    app = Flask("weak")
    app.config.update(strong(tmp_path, SECRET_KEY="x", SEAL_KEYS=""))
    with pytest.raises(WeakSettings) as refused:
        check_settings(app)
    assert "SECRET_KEY" in str(refused.value)
    assert "SEAL_KEYS" in str(refused.value)


def test_development_starts_with_the_same(tmp_path: Path) -> None:
    app = Flask("weak")
    app.config.update(strong(tmp_path, SECRET_KEY="x") | {"ENVIRONMENT": "development"})
    check_settings(app)
