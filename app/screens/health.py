"""/health: whether this process can work, for whoever watches it; nothing in it is secret."""

from typing import Any

from flask import jsonify
from flask_appbuilder import BaseView, expose

from app.storage.catalogue_store import holder
from app.storage.health import database_answers, last_sweep


class HealthView(BaseView):
    """One address, without a session."""

    route_base = ""

    @expose("/health")
    def index(self) -> Any:
        """503 when the database is away; a catalogue that could not be loaded is named, the older one serves on."""
        if not database_answers():
            return jsonify(status="down", database=False), 503
        epoch, sweep = holder.current().epoch, last_sweep()
        return jsonify(
            status="degraded" if holder.fault else "up",
            database=True,
            epoch=epoch,
            catalogue_fault=bool(holder.fault),
            last_sweep=sweep.isoformat() if sweep else None,
        )
