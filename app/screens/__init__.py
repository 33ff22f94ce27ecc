"""Staff screens: Flask-AppBuilder views over the catalogue."""

from flask import Flask

from app.screens.accounts.views import AccountsView
from app.screens.errors import install_errors
from app.screens.form_messages import install_form_messages
from app.screens.formats import install_formats
from app.screens.health import HealthView
from app.screens.my_account import MyAccountView
from app.screens.procedure_index import ProceduresView
from app.screens.procedures.facade import ProcedureFacade
from app.screens.reception import ReceptionView
from app.screens.search import SearchView
from app.screens.security.builder import OfficeBuilder
from app.screens.security.headers import install_headers
from app.screens.security.language import LanguageView, install_language
from app.screens.security.startup_checks import check_settings
from app.screens.shell import install_shell
from app.storage.database import db

VIEWS = (
    ProcedureFacade,
    ProceduresView,
    ReceptionView,
    SearchView,
    AccountsView,
    MyAccountView,
    LanguageView,
    HealthView,
)


def install_screens(app: Flask) -> None:
    """Security first, then Flask-AppBuilder with our few registered views; procedures are never registered."""
    check_settings(app)
    install_headers(app)
    install_errors(app)
    install_formats(app)
    with app.app_context():
        appbuilder = OfficeBuilder(app, db.session)
        for view in VIEWS:
            appbuilder.add_view_no_menu(view)
    install_language(app)
    install_form_messages(app)
    install_shell(app)
