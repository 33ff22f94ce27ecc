"""Flask-AppBuilder's security with our own doors only: one sign-in view, sessions that end, permissions read once."""

from typing import Any

from flask import g
from flask_appbuilder.menu import Menu
from flask_appbuilder.security.sqla.manager import SecurityManager
from flask_login import LoginManager

from app.screens.security.sessions import current_person_id
from app.screens.security.sign_in import SignInView
from app.storage.people import load_person, permissions_of


class NoMenu(Menu):
    """Flask-AppBuilder's menu stays empty: it prints labels unescaped, with one statement per entry (F14, F15)."""

    def get_data(self, menu: Any = None) -> list[dict[str, Any]]:
        """Nothing: the side navigation is ours."""
        return []


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

    def load_user(self, pk: Any) -> Any:
        """The user of this request, or None when the session was ended, has lapsed or the account is switched off."""
        user_id = current_person_id(str(pk))
        if user_id is None:
            return None
        user = self.get_user_by_id(user_id)
        if user is None or not user.is_active:
            return None
        g.person = load_person(user_id)
        return user

    def _has_view_access(self, user: Any, permission_name: str, view_name: str) -> bool:
        """One statement a request for all permissions of the user, instead of one per question."""
        if not hasattr(g, "permissions"):
            g.permissions = permissions_of(user.id)
        return (permission_name, view_name) in g.permissions

    def security_cleanup(self, baseviews: Any, menus: Any) -> None:
        """Refused: it would delete the permissions that publishing writes, since no registered view owns them."""
        raise RuntimeError("permissions are written by publishing a procedure; cleaning up would delete them")
