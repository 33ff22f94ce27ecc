"""What the frame of every page shows: whose office, who is here, which places there are and how much waits in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from app.definition.catalogue import Catalogue
from app.screens.page_texts import install_page_texts
from app.screens.permissions import fields_with, permissions_now
from app.screens.security.guard import install_guard
from app.screens.statuses import channel_title, status_code, status_title
from app.screens.titles import field_title, position_titles
from app.storage.catalogue_store import holder
from app.storage.inbox import open_work_by_field
from app.storage.people import Person

# Which place of the navigation an endpoint belongs to, where its view says nothing.
PLACES: Mapping[str, str] = {
    "InboxView": "inbox",
    "ReceptionView": "receive",
    "SearchView": "search",
    "ProceduresView": "procedures",
    "AccountsView": "accounts",
}


@dataclass(frozen=True, slots=True)
class NavField:
    """A field of work in the navigation; ``count`` is what waits for the person there."""

    key: str
    title: str
    url: str
    count: int


class Shell:
    """Worked out only when a template asks, so that an error page needs neither a person nor a database."""

    @cached_property
    def catalogue(self) -> Catalogue | None:
        """The snapshot of this request, or the newest one if nobody is signed in; None without a database."""
        if "catalogue" in g:
            return g.catalogue
        try:
            return holder.current()
        except SQLAlchemyError:
            return None

    @property
    def person(self) -> Person | None:
        """Who is here."""
        return g.get("person")

    @property
    def agency(self) -> str:
        """The office's name."""
        organisation = self.catalogue.organisation if self.catalogue else None
        return organisation.agency.title if organisation else ""

    @property
    def name(self) -> str:
        """The person's name."""
        return self.person.full_name if self.person else ""

    @property
    def initials(self) -> str:
        """Two letters for the round mark."""
        return initials(self.name)

    @cached_property
    def position(self) -> str:
        """Where the person sits: the first position, and how many more there are."""
        if self.person is None:
            return ""
        titles = position_titles(self.catalogue, self.person.positions)
        if not titles:
            return _("Administrator") if self.person.is_admin else _("No position yet")
        return (
            titles[0]
            if len(titles) == 1
            else _("%(position)s and %(more)s more", position=titles[0], more=len(titles) - 1)
        )

    @property
    def is_admin(self) -> bool:
        """Whether the administration is shown."""
        return self.person is not None and self.person.is_admin

    @cached_property
    def may_receive(self) -> bool:
        """Whether the person takes in dossiers of some field."""
        return self.person is not None and bool(fields_with("can_receive"))

    @cached_property
    def _open_work(self) -> Mapping[str, int]:
        return open_work_by_field(self.person) if self.person else {}

    @property
    def inbox_count(self) -> int:
        """How many dossiers wait for the person."""
        return sum(self._open_work.values())

    @cached_property
    def visible_fields(self) -> frozenset[str]:
        """Fields of which the person may see something."""
        if self.person is None:
            return frozenset()
        seen = (view.removeprefix("field:") for _permission, view in permissions_now() if view.startswith("field:"))
        return frozenset(seen)

    @cached_property
    def fields(self) -> list[NavField]:
        """The fields in the order of the organisation."""
        organisation = self.catalogue.organisation if self.catalogue else None
        if organisation is None:
            return []
        return [
            NavField(
                field.key,
                field_title(field),
                url_for("ProceduresView.index", field=field.key),
                self._open_work.get(field.key, 0),
            )
            for field in organisation.fields.values()
            if field.key in self.visible_fields
        ]

    @cached_property
    def procedure_count(self) -> int:
        """How many published procedures the person may see."""
        counts = self.catalogue.count_by_field if self.catalogue else {}
        return sum(counts.get(field, 0) for field in self.visible_fields)

    @property
    def here(self) -> str:
        """The place of the navigation that is current."""
        return g.get("here") or PLACES.get((request.endpoint or "").partition(".")[0], "")


def initials(name: str) -> str:
    """`LH` for Lê Thu Hà: the first letters of the family name and of the given name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def install_shell(app: Flask) -> None:
    """Guard every request, and give the frame to every template."""
    install_guard(app)
    app.jinja_env.globals.update(
        initials=initials, status_title=status_title, status_code=status_code, channel_title=channel_title
    )
    app.context_processor(shell_of_request)
    install_page_texts(app)


def shell_of_request() -> dict[str, Any]:
    """One a request, however many templates are drawn."""
    if "shell" not in g:
        g.shell = Shell()
    return {"shell": g.shell}
