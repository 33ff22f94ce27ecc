"""Nobody gets past this without a session; what every request knows of its person and its catalogue."""

from typing import Any

from flask import Flask, g, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.exceptions import BadRequest, Unauthorized

from app.storage.catalogue_store import holder

# What works without a session. Everything else does not, whoever writes it and whatever they forget.
OPEN = frozenset(
    ("static", "appbuilder.static", "SignInView.login", "SignInView.logout", "LanguageView.choose", "HealthView.index")
)
# What works with a password that somebody else knows: replacing it, and leaving.
BEFORE_PASSWORD = OPEN | {"MyAccountView.password", "MyAccountView.change"}


def install_guard(app: Flask) -> None:
    """Ask before every request; runs before any view."""
    app.before_request(refuse_zero_bytes)
    app.before_request(ask_who)


def refuse_zero_bytes() -> None:
    """No keyboard types them and PostgreSQL stores none: a request with one is no request of a person."""
    typed = (pair for store in (request.args, request.form) for pair in store.items(multi=True))
    texts = [text for pair in typed for text in pair] + [file.filename or "" for file in request.files.values()]
    if any("\x00" in text for text in texts):
        raise BadRequest


def ask_who() -> Any:
    """The person and the catalogue of this request, or the way to the sign-in page."""
    endpoint = request.endpoint
    if endpoint is None or endpoint in ("static", "appbuilder.static", "HealthView.index"):
        return None
    if not current_user.is_authenticated:
        g.person = None
        return None if endpoint in OPEN else ask_to_sign_in()
    if g.person is None:  # switched off between two statements of this request
        return ask_to_sign_in()
    if g.person.must_change_password and endpoint not in BEFORE_PASSWORD:
        return redirect(url_for("MyAccountView.password")) if wants_page() else refuse_fetch()
    g.catalogue = holder.current()
    return None


def ask_to_sign_in() -> Any:
    """A page leads to the sign-in page and back here; a script gets 401."""
    if not wants_page():
        return refuse_fetch()
    session.pop("_user_id", None)
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(url_for("SignInView.login", next=here if here not in ("", "/") else None))


def refuse_fetch() -> Any:
    """For scripts; the page around them says what to do."""
    raise Unauthorized()


def wants_page() -> bool:
    """Whether a person looks at the answer, not a script."""
    mode = request.headers.get("Sec-Fetch-Mode")
    if mode is not None:
        return mode == "navigate"
    return "X-Requested-With" not in request.headers and "HX-Request" not in request.headers and not request.is_json
