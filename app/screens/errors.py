"""One error page: what happened, whether it was saved, what to do, and for failures an incident number."""

import logging
import secrets
from typing import Any

from flask import Flask, g, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from app.screens.formats import format_moment
from app.screens.now import office_now

log = logging.getLogger(__name__)

# Letters and digits that are not mistaken for one another when read out over the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

EXPLAINED = {
    401: (_l("You are not signed in any more."), _l("Open the page again and sign in.")),
    400: (_l("The request could not be read."), _l("Go back and try again.")),
    403: (_l("This page is not part of your work."), _l("If it should be, ask the administrator for the position.")),
    404: (_l("There is no such page, or it is not yours to see."), _l("Check the code, or search for the dossier.")),
    405: (_l("This address cannot be used that way."), _l("Go back and use the buttons of the page.")),
    409: (_l("Somebody else has just changed this."), _l("Open the page again and repeat your change.")),
    413: (_l("The file is too large."), _l("Choose a smaller file or split it.")),
    429: (_l("Too many requests from this address."), _l("Wait a minute and try again.")),
}


def install_errors(app: Flask) -> None:
    """One handler for answers with a code, one for everything that was not foreseen."""
    app.register_error_handler(HTTPException, explain_code)
    app.register_error_handler(Exception, report_incident)


def explain_code(error: HTTPException) -> Any:
    """The page for a known code; its words, not the framework's."""
    if isinstance(error, SecurityError):
        return "400", 400  # a forged host: no page of ours is drawn under a name that is not ours
    code = error.code or 500
    if code >= 500:
        return report_incident(error)
    if isinstance(error, CSRFError):
        title, cure = _("This form is too old."), _("Open the page again and send it once more; nothing was saved.")
    else:
        title, cure = EXPLAINED.get(code, EXPLAINED[400])
    return render_template("mc/error.html", code=code, title=title, cure=cure, incident=""), code


def report_incident(error: Exception) -> Any:
    """The trace goes to the log under a number that the person can read out; the page shows nothing of the inside."""
    incident = incident_number()
    if "_login_user" not in g:
        g._login_user = AnonymousUserMixin()  # drawing the page must not ask a database that has just failed
    log.error("incident %s", incident, exc_info=error)
    title, cure = (
        _("What you just did was not saved."),
        _("Try again in a moment. If it happens again, tell the administrator this number."),
    )
    page = render_template(
        "mc/error.html", code=500, title=title, cure=cure, incident=incident, at=format_moment(office_now())
    )
    return page, 500


def incident_number() -> str:
    """Such as SC-7F3K-29: short enough to read out."""
    letters = [secrets.choice(ALPHABET) for _place in range(6)]
    return f"SC-{''.join(letters[:4])}-{''.join(letters[4:])}"
