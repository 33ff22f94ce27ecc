"""create_app(): the only function that knows every layer; reads as a list."""

from collections.abc import Mapping

from flask import Flask

from app.cli import install_commands
from app.screens import install_screens
from app.screens.framework import framework_settings
from app.storage.database import install_database


def create_app(overrides: Mapping[str, object] | None = None) -> Flask:
    """The application, from ``config.py`` and, in tests, ``overrides`` of its names."""
    app = Flask(__name__, static_folder="screens/static", template_folder="screens/templates")
    app.config.from_object("config")
    app.config.update(overrides or {})
    app.config.update(framework_settings(app.config))
    install_database(app)
    install_screens(app)
    install_commands(app)
    return app
