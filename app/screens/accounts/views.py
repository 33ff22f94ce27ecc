"""Accounts and positions: list, create, post, reset, switch off; for administrators only."""

from typing import Any

from flask import abort, flash, g, redirect, request, url_for
from flask_appbuilder import BaseView, expose
from flask_appbuilder.security.decorators import has_access
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.engine.world import Refusal
from app.operations.create_account import create_account
from app.operations.end_posting import end_posting
from app.operations.give_office import give_office
from app.operations.reset_password import reset_password
from app.operations.set_posting import set_posting
from app.operations.switch_account import switch_account
from app.operations.unlock_account import unlock_account
from app.screens.accounts.forms import AccountForm
from app.screens.accounts.positions import HISTORY, OFFICES, choices
from app.screens.arguments import address, page_argument, text_argument
from app.screens.now import office_now
from app.screens.permissions import ACCOUNTS
from app.screens.refusals import Names, refusal_text
from app.storage.accounts import PAGE, AccountRow, account, account_history, account_list, postings_of
from app.storage.people import names_of

ONE = "/<int(max=2147483647):user_id>"
METHODS = ("index", "offer", "create", "show", "reset", "switch", "unlock", "post", "end", "office")


class AccountsView(BaseView):
    """Every method asks for the one permission ``can_manage`` on ``Accounts``."""

    route_base = "/accounts"
    default_view = "index"
    class_permission_name = ACCOUNTS
    method_permission_name = dict.fromkeys(METHODS, "manage")

    @expose("/")
    @has_access
    def index(self) -> Any:
        """Everybody, by name."""
        text, page = text_argument("q"), page_argument()
        rows, total = account_list(text, page)
        return self.render_template(
            "mc/accounts/list.html",
            rows=rows,
            total=total,
            text=text,
            titles=_position_title,
            offices=OFFICES,
            now=office_now(),
            previous=_list_link(text, page - 1) if page > 1 else "",
            next=_list_link(text, page + 1) if page * PAGE < total else "",
        )

    @expose("/add")
    @has_access
    def offer(self) -> Any:
        """The form of a new account."""
        return self.render_template("mc/accounts/add.html", form=AccountForm())

    @expose("/add", methods=["POST"])
    @has_access
    def create(self) -> Any:
        """Create it; the first password is shown once, on this answer only."""
        form = AccountForm()
        if form.validate_on_submit():
            answer = create_account(
                form.username.data, form.full_name.data, form.email.data or "", g.person, office_now()
            )
            if not isinstance(answer, Refusal):
                return self._first_password(_row(answer.user_id), answer.password, is_new=True)
            wrong = getattr(form, str(answer.params.get("field", "username")), form.username)
            wrong.errors = [refusal_text(answer)]
        return self.render_template("mc/accounts/add.html", form=form), 422

    @expose(ONE)
    @has_access
    def show(self, user_id: int) -> Any:
        """One account: where the person sits, what can be done, what was done."""
        row = _row(user_id)
        postings, history = postings_of(user_id), account_history(user_id)
        current = frozenset(posting.position for posting in postings if posting.until is None)
        return self.render_template(
            "mc/accounts/show.html",
            row=row,
            postings=postings,
            choices=choices(g.catalogue.organisation, current),
            history=history,
            told=HISTORY,
            people={"system": _("the system"), **names_of({note.by for note in history})},
            offices=OFFICES,
            titles=_position_title,
            is_self=row.user_id == g.person.user_id,
            now=office_now(),
        )

    @expose(f"{ONE}/password", methods=["POST"])
    @has_access
    def reset(self, user_id: int) -> Any:
        """A new first password, shown once; all sessions of the person end."""
        row = _row(user_id)
        answer = reset_password(user_id, g.person, office_now())
        if isinstance(answer, Refusal):
            return _back(user_id, answer, "")
        return self._first_password(row, answer, is_new=False)

    @expose(f"{ONE}/active", methods=["POST"])
    @has_access
    def switch(self, user_id: int) -> Any:
        """Off or on."""
        active = request.form.get("active") == "yes"
        done = (
            _("The account is switched on.") if active else _("The account is switched off and signed out everywhere.")
        )
        return _back(user_id, switch_account(user_id, active, g.person, office_now()), done)

    @expose(f"{ONE}/unlock", methods=["POST"])
    @has_access
    def unlock(self, user_id: int) -> Any:
        """Lift a lock."""
        return _back(user_id, unlock_account(user_id, g.person, office_now()), _("The lock is lifted."))

    @expose(f"{ONE}/postings", methods=["POST"])
    @has_access
    def post(self, user_id: int) -> Any:
        """Give a position from today."""
        position = request.form.get("position", "")[:128]
        if not position:
            flash(_("Choose a position first."), "warning")
            return redirect(url_for("AccountsView.show", user_id=user_id))
        answer = set_posting(user_id, position, g.person, office_now())
        return _back(user_id, answer, _("Position given: %(position)s.", position=_position_title(position)))

    @expose(f"{ONE}/postings/<int(max=2147483647):posting_id>/end", methods=["POST"])
    @has_access
    def end(self, user_id: int, posting_id: int) -> Any:
        """End a position today."""
        if posting_id not in {posting.id for posting in postings_of(user_id)}:
            abort(404)
        done = _("The position is ended. Open work stays with the position.")
        return _back(user_id, end_posting(posting_id, g.person, office_now()), done)

    @expose(f"{ONE}/offices", methods=["POST"])
    @has_access
    def office(self, user_id: int) -> Any:
        """Make somebody administrator or translator, or end that."""
        office, given = request.form.get("office", ""), request.form.get("given") == "yes"
        done = (
            _("Office given: %(office)s.", office=OFFICES.get(office, office)) if given else _("The office is ended.")
        )
        return _back(user_id, give_office(user_id, office, given, g.person, office_now()), done)

    def _first_password(self, row: AccountRow, password: str, *, is_new: bool) -> Any:
        return self.render_template("mc/accounts/password.html", row=row, password=password, is_new=is_new)


def _row(user_id: int) -> AccountRow:
    row = account(user_id)
    if row is None:
        abort(404)
    return row


def _back(user_id: int, answer: object, done: str) -> Response:
    """To the account's page, with what happened."""
    if isinstance(answer, Refusal) and answer.code == "not_found":
        abort(404)
    if isinstance(answer, Refusal):
        flash(refusal_text(answer, Names(organisation=g.catalogue.organisation)), "error")
    else:
        flash(done, "done")
    return redirect(url_for("AccountsView.show", user_id=user_id))


def _position_title(position: str) -> str:
    organisation = g.catalogue.organisation
    return organisation.position_title(position) if organisation else position


def _list_link(text: str, page: int) -> str:
    return address("AccountsView.index", q=text, page=page if page > 1 else "")
