"""Messages of WTForms in the reader's language, for every form including Flask-AppBuilder's own.

Flask-WTF looks for them in the folder of WTForms, which has no Vietnamese. It takes what stands on the request as
`wtforms_translations` first, so that our one domain can answer instead and no form class needs changing.
"""

from __future__ import annotations

from flask import Flask, request
from flask_babel import get_translations


class FormMessages:
    """The two methods Flask-WTF calls; asks for the locale at each message, because it may change within a request."""

    @staticmethod
    def ugettext(message: str) -> str:
        """One message."""
        return get_translations().ugettext(message)

    @staticmethod
    def ungettext(singular: str, plural: str, number: int) -> str:
        """One message that counts."""
        return get_translations().ungettext(singular, plural, number)


def install_form_messages(app: Flask) -> None:
    """Let forms of all requests speak through our translations."""

    @app.before_request
    def speak_our_language() -> None:
        request.wtforms_translations = FormMessages  # type: ignore[attr-defined]
