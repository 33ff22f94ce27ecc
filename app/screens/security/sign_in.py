"""Signing in and out: limited by address, locked by name, never telling which names exist."""

from typing import Any

from flask import current_app, flash, redirect, request, session, url_for
from flask_appbuilder.baseviews import expose
from flask_appbuilder.security.views import AuthDBView
from flask_appbuilder.utils.limit import Limit
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_limiter.util import get_remote_address
from flask_login import current_user, login_user, logout_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.operations.sign_in import SignedIn, SignInRefused, sign_in
from app.operations.sign_out import sign_out
from app.screens.formats import format_time
from app.screens.now import office_now
from app.screens.security.redirects import local_path
from app.screens.security.sessions import TICKET


class SignInForm(FlaskForm):
    """Name and password; pasting and password managers are welcome."""

    username = StringField(_l("User name"), [InputRequired(_l("Enter your user name.")), Length(max=64)])
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password.")), Length(max=256)])


class SignInView(AuthDBView):
    """The only door into the staff screens."""

    login_template = "mc/sign_in.html"
    limits = [Limit(lambda: current_app.config["LOGIN_RATE"], get_remote_address, methods=("POST",))]

    @expose("/login/", methods=["GET", "POST"])
    def login(self) -> Any:
        """Show the form, or check it."""
        if current_user.is_authenticated:
            return redirect(url_for("InboxView.index"))
        form = SignInForm()
        problem = ""
        if form.validate_on_submit():
            answer = _check(form)
            if isinstance(answer, SignedIn):
                return _enter(answer)
            problem = refusal_text(answer)
        page = self.render_template(self.login_template, form=form, problem=problem, appbuilder=self.appbuilder)
        return page, 401 if problem else 200

    @expose("/logout/", methods=["POST"])
    def logout(self) -> Any:
        """End this session here and in every copy of its cookie."""
        ticket = session.get(TICKET)
        if isinstance(ticket, str):
            sign_out(ticket, office_now())
        logout_user()
        session.clear()
        flash(_("You have signed out."), "info")
        return redirect(url_for("SignInView.login"))


def _check(form: SignInForm) -> SignedIn | SignInRefused:
    settings = current_app.config
    return sign_in(
        form.username.data,
        form.password.data,
        office_now(),
        fake_hash=settings["AUTH_DB_FAKE_PASSWORD_HASH_CHECK"],
        most=int(settings["LOCKOUT_FAILURES"]),
        minutes=int(settings["LOCKOUT_MINUTES"]),
    )


def _enter(answer: SignedIn) -> Any:
    locale = session.get("locale")
    session.clear()  # a session planted before signing in ends here
    if locale:
        session["locale"] = locale
    session.permanent = True
    session[TICKET] = answer.ticket
    login_user(answer.user)
    return redirect(local_path(request.args.get("next", ""), url_for("InboxView.index")))


def refusal_text(refused: SignInRefused) -> str:
    """What the person reads: how many tries are left, or until when the name is locked."""
    if refused.locked_until is not None:
        return _(
            "Too many wrong attempts. Try again after %(at)s, or ask the administrator.",
            at=format_time(refused.locked_until),
        )
    return ngettext(
        "The user name or the password is not right. %(num)s try left before the name is locked for a while.",
        "The user name or the password is not right. %(num)s tries left before the name is locked for a while.",
        refused.tries_left,
    )
