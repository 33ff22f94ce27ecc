"""One's own account: who am I here, where do I sit, password, language, leaving everywhere."""

from typing import Any

from flask import current_app, flash, g, redirect, session, url_for
from flask_appbuilder import BaseView, expose
from flask_appbuilder.utils.limit import Limit
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_limiter.util import get_remote_address
from flask_login import logout_user
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from app.engine.world import Refusal
from app.operations.change_password import change_password
from app.operations.password_rule import LONGEST
from app.operations.sign_out_everywhere import sign_out_everywhere
from app.screens.deadlines import deadlines
from app.screens.now import office_now
from app.screens.refusals import refusal_text
from app.screens.security.sessions import TICKET
from app.screens.titles import position_titles


class PasswordForm(FlaskForm):
    """The old password once, the new one twice."""

    old = PasswordField(
        _l("Present password"), [InputRequired(_l("Enter your present password.")), Length(max=LONGEST)]
    )
    new = PasswordField(_l("New password"), [InputRequired(_l("Enter a new password.")), Length(max=LONGEST)])
    again = PasswordField(
        _l("New password once more"),
        [InputRequired(_l("Enter the new password once more.")), EqualTo("new", _l("The two new passwords differ."))],
    )


class MyAccountView(BaseView):
    """Everybody's own; guarded by the session alone."""

    route_base = "/account"
    default_view = "index"
    # Whoever sits down at an open session must not be able to try out the old password.
    limits = [Limit(lambda: current_app.config["LOGIN_RATE"], get_remote_address, methods=("POST",))]

    @expose("/")
    def index(self) -> Any:
        """Who am I here."""
        positions = position_titles(g.catalogue, g.person.positions)
        return self.render_template("mc/my_account.html", person=g.person, positions=positions)

    @expose("/password")
    def password(self) -> Any:
        """The form."""
        return self._password_page(PasswordForm())

    @expose("/password", methods=["POST"])
    def change(self) -> Any:
        """Change it: all sessions end, this one goes on under a new ticket."""
        form = PasswordForm()
        if not form.validate_on_submit():
            return self._password_page(form), 422
        shortest = int(current_app.config["PASSWORD_LENGTH"])
        answer = change_password(g.person, form.old.data, form.new.data, office_now(), shortest=shortest)
        if isinstance(answer, Refusal):
            wrong = form.old if answer.code == "wrong_password" else form.new
            wrong.errors = [refusal_text(answer)]
            return self._password_page(form), 422
        session[TICKET] = answer
        flash(_("The password is changed. You are signed out on all other machines."), "done")
        return redirect(url_for("InboxView.index"))

    @expose("/sessions/end", methods=["POST"])
    def leave_everywhere(self) -> Any:
        """End all sessions, this one too."""
        sign_out_everywhere(g.person, deadlines().now)
        logout_user()
        session.clear()
        flash(_("You have signed out on all machines."), "info")
        return redirect(url_for("SignInView.login"))

    def _password_page(self, form: PasswordForm) -> Any:
        shortest = int(current_app.config["PASSWORD_LENGTH"])
        return self.render_template(
            "mc/password.html", form=form, must=g.person.must_change_password, shortest=shortest
        )
