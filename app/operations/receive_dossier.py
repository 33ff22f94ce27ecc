"""Receive a dossier at the counter: opened and accepted in one transaction, with its papers, files and money."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.definition.catalogue import Catalogue
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.engine.moves import Action, Intake, move, open_dossier
from app.engine.world import Outcome, Refusal
from app.operations.applicant_block import applicant_block
from app.operations.dossier_change import Setting, keep_outcome, refusing_calls, setting_for
from app.operations.take_action import merged
from app.storage.catalogue_store import holder
from app.storage.database import writing
from app.storage.drafts import consume_draft, own_draft
from app.storage.files import draft_files, move_files, placed
from app.storage.outcomes import Done, first_done, remember_done
from app.storage.people import Person


@dataclass(frozen=True, slots=True)
class Reception:
    """What the counter takes in. ``answers`` are raw values as typed; ``documents`` {key: True | counts}.

    ``unit``: where it is taken in; empty: where the person receives. ``received``: the moment of receipt if it is not
    now (a letter of yesterday). ``pay``: {fee: True | {amount, receipt, manner}}. ``unpaid_reason``: why money that is
    due at intake was not paid. ``draft_id``: its files come along, and the draft is gone afterwards.
    ``accept`` False leaves it submitted, to be accepted later.
    """

    procedure_key: str
    applicant: Mapping[str, Any]
    answers: Mapping[str, Any] = field(default_factory=dict)
    documents: Mapping[str, Any] = field(default_factory=dict)
    pay: Mapping[str, Any] = field(default_factory=dict)
    channel: str = "counter"
    unit: str = ""
    level: str = ""
    variant: str = ""
    received: datetime | None = None
    sent: datetime | None = None
    unpaid_reason: str = ""
    draft_id: int = 0
    accept: bool = True


@refusing_calls
def receive_dossier(reception: Reception, by: Person, now: datetime, *, key: str = "") -> Done | Refusal:
    """The new dossier, or the engine's refusal, or ours: not_found (procedure or draft)."""
    catalogue = holder.current()
    with writing() as session:
        done = first_done(session, by.user_id, key)
        if done is not None:
            return done
        entry = catalogue.entry_on(reception.procedure_key, (reception.received or now).date())
        if entry is None:
            return Refusal("not_found", {"procedure": reception.procedure_key})
        setting = setting_for(session, catalogue, entry.key, entry.number, now)
        asked = _with_draft(session, reception, setting.procedure, by, now)
        if isinstance(asked, Refusal):
            return asked
        outcome = _open_and_accept(asked, setting, catalogue, by, now)
        if isinstance(outcome, Refusal):
            session.rollback()
            return outcome
        done = keep_outcome(session, None, outcome, setting, by, now)
        if reception.draft_id:
            move_files(session, reception.draft_id, done.dossier_id)
            consume_draft(session, reception.draft_id)
        remember_done(session, by.user_id, key, done, now)
        return done


def _with_draft(
    session: Session, reception: Reception, procedure: Procedure, by: Person, now: datetime
) -> Reception | Refusal:
    """The reception with a checked applicant and the files of its draft, where the answers say nothing of them."""
    applicant = applicant_block(procedure, reception.applicant, (reception.received or now).date())
    if isinstance(applicant, Refusal):
        return applicant
    reception = replace(reception, applicant=applicant)
    if not reception.draft_id:
        return reception
    if own_draft(session, reception.draft_id, by.user_id) is None:
        return Refusal("not_found", {"draft": reception.draft_id})
    places = placed(draft_files(reception.draft_id))
    fields = {
        name: entries if procedure.form.fields[name].many else entries[-1]
        for name, entries in places.get("field", {}).items()
        if name in procedure.form.fields and name not in reception.answers
    }
    return replace(
        reception,
        documents=merged(reception.documents, places.get("document", {}), {}),
        answers={**reception.answers, **fields},
    )


def _open_and_accept(
    asked: Reception, setting: Setting, catalogue: Catalogue, by: Person, now: datetime
) -> Outcome | Refusal:
    procedure, world = setting
    intake = Intake(
        channel=asked.channel,
        unit=asked.unit or reception_unit(by, procedure, world.organisation),
        level=asked.level,
        variant=asked.variant,
        applicant=asked.applicant,
        answers=asked.answers,
        received=asked.received,
        sent=asked.sent,
    )
    opened = open_dossier(procedure, intake, by.actor, now, world)
    if isinstance(opened, Refusal) or not asked.accept or procedure.kind != "service":
        return opened
    visit = opened.state.visits[0]
    action = Action(
        "step",
        step=visit.step,
        visit=visit.number,
        fill=asked.answers,
        documents=asked.documents,
        pay=asked.pay,
        arguments={"unpaid_reason": asked.unpaid_reason} if asked.unpaid_reason else {},
    )
    accepted = move(procedure, opened.state, action, by.actor, now, world)
    if isinstance(accepted, Refusal):
        return accepted
    return Outcome(accepted.state, opened.events + accepted.events, opened.effects + accepted.effects)


def reception_unit(person: Person, procedure: Procedure, organisation: Organisation) -> str:
    """Where this person receives dossiers of the procedure, or else of others; "" if nowhere."""
    units = sorted(position.partition("@")[2] for position in person.positions if position.startswith("reception@"))
    places = organisation.units_named(procedure.intake_places())
    return next((unit for unit in units if unit in places), units[0] if units else "")
