"""Flask-AppBuilder's security with our own doors only: one sign-in view, sessions that end, permissions read once."""

from typing import Any

from flask import g
from flask_appbuilder.menu import Menu
from flask_appbuilder.security.sqla.manager import SecurityManager
from flask_login import LoginManager, UserMixin

from app.screens.permissions import may
from app.screens.security.sessions import person_signed_in
from app.screens.security.sign_in import SignInView


class NoMenu(Menu):
    """Flask-AppBuilder's menu stays empty: it prints labels unescaped, with one statement per entry (F14, F15)."""

    def get_data(self, menu: Any = None) -> list[dict[str, Any]]:
        """Nothing: the side navigation is ours."""
        return []


class SignedIn(UserMixin):
    """All that the framework needs to know of a user between signing in and out; ``g.person`` knows the rest."""

    def __init__(self, user_id: int) -> None:
        self.id = user_id


class OfficeSecurityManager(SecurityManager):
    """Roles, permissions and users are Flask-AppBuilder's; every view around them is ours."""

    def register_views(self) -> None:
        """Only the sign-in view: no user, role or permission screen of the framework, and no security API (F1, F13)."""
        self.auth_view = SignInView()
        self.appbuilder.add_view_no_menu(self.auth_view)

    def create_login_manager(self, app: Any) -> LoginManager:
        """The framework's login manager, loading a person only when the session is still alive."""
        manager = LoginManager(app)
        manager.session_protection = None  # the session row decides, not a guess about the address
        manager.login_view = "SignInView.login"
        manager.login_message = None
        manager.user_loader(self.load_user)
        return manager

    def load_user(self, pk: Any) -> "SignedIn | None":
        """Who is here, or None when the session was ended, has lapsed or the account is switched off."""
        g.person = person_signed_in(int(pk))
        return None if g.person is None else SignedIn(int(pk))

    def has_access(self, permission_name: str, view_name: str) -> bool:
        """One statement a request for all permissions of the person, instead of one per question."""
        return g.get("person") is not None and may(permission_name, view_name)

    def security_cleanup(self, baseviews: Any, menus: Any) -> None:
        """Refused: it would delete the permissions that publishing writes, since no registered view owns them."""
        raise RuntimeError("permissions are written by publishing a procedure; cleaning up would delete them")
