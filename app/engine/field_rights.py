"""Which answers a person may receive at all: fields may be shown to few (`shown_to`, section 7)."""

from app.definition.model.form import Field
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.engine.rights import may_act, positions_of
from app.engine.state import State
from app.engine.world import Actor


def hidden_fields(procedure: Procedure, state: State, organisation: Organisation, actor: Actor) -> frozenset[str]:
    """The fields whose values this person must not receive; whoever fills one at their step still does so."""
    few = (field for field in procedure.form.fields.values() if field.shown_to is not None)
    return frozenset(field.key for field in few if not _is_shown_to(field, procedure, state, organisation, actor))


def _is_shown_to(field: Field, procedure: Procedure, state: State, organisation: Organisation, actor: Actor) -> bool:
    if field.shown_to is None:
        return True
    return bool(may_act(actor, positions_of(field.shown_to, procedure, state, organisation)))
