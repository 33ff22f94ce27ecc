"""Choosing the language of the pages, before or after signing in."""

from typing import Any

from flask import Flask, abort, current_app, has_request_context, redirect, request, session, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import refresh

from app.screens.security.redirects import local_path


def chosen_locale() -> str | None:
    """What the person chose; None where nobody did, or nobody asks."""
    return session.get("locale") if has_request_context() else None


def install_language(app: Flask) -> None:
    """Let the session decide; Flask-AppBuilder's own way writes the default into every session, and so a new cookie."""
    app.extensions["babel"].locale_selector = chosen_locale


class LanguageView(BaseView):
    """A POST: a link from elsewhere changes nothing."""

    route_base = ""

    @expose("/language", methods=["POST"])
    def choose(self) -> Any:
        """Keep the language in the session and go back to where one was."""
        locale = request.form.get("locale", "")
        if locale not in current_app.config["LANGUAGES"]:
            abort(400)
        session["locale"] = locale
        refresh()
        return redirect(local_path(request.form.get("next", ""), url_for("InboxView.index")))
