"""Who filed last period and has not yet filed for this one, above the list of a procedure that recurs."""

from collections.abc import Iterator
from typing import NamedTuple

from flask import g
from flask_babel import ngettext

from app.operations.open_periods import spans_of
from app.screens.now import office_now
from app.screens.procedures.view import ProcedureView
from app.storage.catalogue_store import holder
from app.storage.expected import count_expected, list_expected

MOST_NAMED = 100


class Expected(NamedTuple):
    """One period; ``dossiers`` are those of the period before, as (id, who or what it is)."""

    title: str
    dossiers: tuple[tuple[int, str], ...]


def still_expected_of(view: ProcedureView) -> tuple[Expected, ...]:
    """The periods that somebody is still expected to file for, as far as this person may see."""
    return tuple(_expected(view)) if view.procedure.recurs is not None else ()


def _expected(view: ProcedureView) -> Iterator[Expected]:
    now, badges = office_now(), g.person.badges
    for last, current in spans_of(view.procedure, now, holder.world(g.catalogue)):
        count = count_expected(view.procedure, last, current, now, badges)
        if count:
            title = ngettext(
                "Period %(period)s: %(num)s has not been filed yet",
                "Period %(period)s: %(num)s have not been filed yet",
                count,
                period=current,
            )
            found = list_expected(view.procedure, last, current, now, badges, MOST_NAMED)
            named = tuple((one, " · ".join(filter(None, (code, name))) or str(one)) for one, code, name in found)
            yield Expected(title, named)
