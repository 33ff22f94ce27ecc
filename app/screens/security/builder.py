"""Flask-AppBuilder with our own doors only: of its views none, of its managers those that our views stand on."""

from flask_appbuilder import AppBuilder


class OfficeBuilder(AppBuilder):
    """Registers the inbox and the sign-in view; /back, /lang/…, menu and OpenAPI stay away (F13, F16)."""

    def _add_admin_views(self) -> None:
        self._indexview = self.add_view_no_menu(self.indexview)
        self.sm.register_views()
