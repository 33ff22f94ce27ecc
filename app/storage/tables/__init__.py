"""All tables. Importing this package is what makes the schema complete."""

from app.storage.tables.account import Account, AccountEvent
from app.storage.tables.catalogue_epoch import CalendarEdition, CatalogueEpoch, OrganisationVersion
from app.storage.tables.counter import Counter
from app.storage.tables.dossier import Dossier
from app.storage.tables.draft import Draft
from app.storage.tables.event import EventRow
from app.storage.tables.field_value import FieldValue
from app.storage.tables.file import FileRow
from app.storage.tables.heartbeat import Heartbeat
from app.storage.tables.idempotency_key import IdempotencyKey
from app.storage.tables.incident import Incident
from app.storage.tables.login_attempt import LoginAttempt
from app.storage.tables.login_session import LoginSession
from app.storage.tables.opening import Opening
from app.storage.tables.outbox import OutboxRow
from app.storage.tables.payment import Payment
from app.storage.tables.posting import Posting
from app.storage.tables.printed import PrintRow
from app.storage.tables.procedure_version import ProcedureGrant, ProcedureVersion, SourceText, VersionSource
from app.storage.tables.reader import Reader, ReaderPerson, ReaderSet
from app.storage.tables.sealed_value import SealedValue
from app.storage.tables.timer import Timer
from app.storage.tables.visit import VisitPosition, VisitRow

__all__ = [
    "Account",
    "AccountEvent",
    "CalendarEdition",
    "CatalogueEpoch",
    "Counter",
    "Dossier",
    "Draft",
    "EventRow",
    "FieldValue",
    "FileRow",
    "Heartbeat",
    "IdempotencyKey",
    "Incident",
    "LoginAttempt",
    "LoginSession",
    "Opening",
    "OrganisationVersion",
    "OutboxRow",
    "Payment",
    "Posting",
    "PrintRow",
    "ProcedureGrant",
    "ProcedureVersion",
    "Reader",
    "ReaderPerson",
    "ReaderSet",
    "SealedValue",
    "SourceText",
    "Timer",
    "VersionSource",
    "VisitPosition",
    "VisitRow",
]
