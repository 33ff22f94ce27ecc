"""Writing what is published: versions never change, texts are kept once, the epoch is raised last."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.storage.canonical import digest_of
from app.storage.tables import (
    CalendarEdition,
    CatalogueEpoch,
    OrganisationVersion,
    ProcedureGrant,
    ProcedureVersion,
    SourceText,
    VersionSource,
)
from app.storage.upsert import upsert


class NewVersion(NamedTuple):
    """Everything one version consists of."""

    key: str
    title: str
    short_title: str
    code: str
    field: str
    kind: str
    channels: tuple[str, ...]
    since: date
    until: date | None
    digest: str
    expanded: str
    sources: Mapping[str, str]


def save_versions(session: Session, key: str, wanted: Iterable[NewVersion], by: str, now: datetime) -> dict[str, int]:
    """Make exactly these the current versions of a key: known ones stay, others are added: their numbers by digest."""
    wanted = tuple(wanted)
    one = ProcedureVersion
    known = session.execute(select(one.digest, one.id).where(one.key == key, one.current))
    current = {row.digest: row.id for row in known}
    gone = [number for digest, number in current.items() if digest not in {version.digest for version in wanted}]
    if gone:
        session.execute(update(one).where(one.id.in_(gone)).values(current=False))
    last = session.execute(select(func.max(one.number)).where(one.key == key)).scalar() or 0
    added: dict[str, int] = {}
    for version in wanted:
        if version.digest not in current:
            last += 1
            _add(session, version, last, by, now)
            added[version.digest] = last
    return added


def _add(session: Session, version: NewVersion, number: int, by: str, now: datetime) -> None:
    values: dict[str, Any] = version._asdict()
    sources = values.pop("sources")
    values |= {"channels": " ".join(version.channels), "number": number, "current": True}
    values |= {"short_title": version.short_title[:60], "published_by": by, "published_at": now}
    added = session.execute(insert(ProcedureVersion).values(**values).returning(ProcedureVersion.id)).scalar_one()
    texts = {path: (digest_of(text), text) for path, text in sources.items()}
    if texts:
        rows = [{"sha256": digest, "text": text} for digest, text in dict(texts.values()).items()]
        session.execute(upsert(session, SourceText, rows, ("sha256",)))
        links = [{"version_id": added, "path": path, "sha256": digest} for path, (digest, _) in texts.items()]
        session.execute(insert(VersionSource), links)


def save_grants(session: Session, key: str, field: str, grants: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """What the steps of a procedure let each position do; the fields of work whose rights this may change."""
    one = ProcedureGrant
    chosen = select(one.field, one.position, one.permission).where(one.procedure_key == key)
    known = {tuple(row) for row in session.execute(chosen)}
    wanted = {(field, position, permission) for position, some in grants.items() for permission in some}
    if known and known == wanted:
        return frozenset()
    session.execute(delete(one).where(one.procedure_key == key))
    if wanted:
        columns = ("field", "position", "permission")
        rows = [{"procedure_key": key, **dict(zip(columns, row, strict=True))} for row in sorted(wanted)]
        session.execute(insert(one), rows)
    return frozenset({field, *(row[0] for row in known)})


def grants_in(session: Session, fields: Iterable[str]) -> list[tuple[str, str, str]]:
    """(field, position, permission): the union of what all procedures of these fields grant."""
    one = ProcedureGrant
    chosen = select(one.field, one.position, one.permission).where(one.field.in_(list(fields))).distinct()
    return [(field, position, permission) for field, position, permission in session.execute(chosen)]


def save_document(session: Session, table: Any, document: str, by: str, now: datetime) -> int:
    """The id of this organisation or calendar text; the same text is kept once."""
    digest = digest_of(document)
    same = select(table.id).where(table.digest == digest)
    found = session.scalars(same).first()
    if found is None:
        row = {"digest": digest, "document": document, "published_by": by, "published_at": now}
        found = session.execute(insert(table).values(**row).returning(table.id)).scalar_one()
    return int(found)


def raise_epoch(session: Session, organisation: str, calendar: str, by: str, now: datetime) -> int:
    """The last thing publishing does: from here on every process looks at the new state."""
    organisation_id = save_document(session, OrganisationVersion, organisation, by, now)
    row = {
        "organisation_version_id": organisation_id,
        "calendar_edition_id": save_document(session, CalendarEdition, calendar, by, now),
        "raised_at": now,
    }
    epoch = session.get(CatalogueEpoch, 1, populate_existing=True, with_for_update=True)
    if epoch is None:
        session.execute(insert(CatalogueEpoch).values(id=1, epoch=1, followed_id=organisation_id, **row))
        return 1
    session.execute(update(CatalogueEpoch).values(epoch=epoch.epoch + 1, **row))
    return epoch.epoch + 1


def current_documents(session: Session) -> tuple[str, str]:
    """The texts of the organisation and the calendar in force, "" before anything was published."""
    row = session.execute(
        select(OrganisationVersion.document, CalendarEdition.document)
        .select_from(CatalogueEpoch)
        .join(OrganisationVersion, OrganisationVersion.id == CatalogueEpoch.organisation_version_id)
        .join(CalendarEdition, CalendarEdition.id == CatalogueEpoch.calendar_edition_id)
    ).first()
    return ("", "") if row is None else (row[0], row[1])


def current_digests(session: Session, keys: Iterable[str]) -> dict[str, set[str]]:
    """The digests of the versions in force, by key."""
    one = ProcedureVersion
    found: dict[str, set[str]] = {}
    for key, digest in session.execute(select(one.key, one.digest).where(one.key.in_(list(keys)), one.current)):
        found.setdefault(key, set()).add(digest)
    return found


def current_numbers(session: Session) -> dict[str, dict[str, int]]:
    """Every version in force: key → digest → number."""
    one = ProcedureVersion
    found: dict[str, dict[str, int]] = {}
    for key, digest, number in session.execute(select(one.key, one.digest, one.number).where(one.current)):
        found.setdefault(key, {})[digest] = number
    return found
