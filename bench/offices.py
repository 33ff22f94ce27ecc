"""Offices to measure in: a database of its own, published procedures, people with positions. Scratch, never var/."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from app.definition.canonical import digest_of
from app.definition.check import Checked, CheckedProcedure
from app.engine.world import Refusal
from app.operations.config_folder import check_folder
from app.operations.create_account import create_account
from app.operations.grants import grants_of
from app.operations.publish import Published, publish_config
from app.operations.role_permissions import write_permissions
from app.operations.set_posting import set_posting
from app.storage.catalogue_store import holder
from app.storage.database import db, install_database, writing
from app.storage.migrating import upgrade_database
from app.storage.people import Person, load_person, system_person
from app.storage.sessions import add_session
from app.storage.versions import NewVersion, current_documents, raise_epoch, save_grants, save_versions
from bench.server import ROOT

SHIPPED = ROOT / "config"
SECRET = "a long enough secret of the benchmarks, worth nothing elsewhere"
COOKIE = "mot-cua"


@dataclass(frozen=True)
class Office:
    """One database with the folder of its procedures."""

    folder: Path

    @property
    def config(self) -> Path:
        """Its config folder."""
        return self.folder / "config"

    @property
    def environment(self) -> dict[str, str]:
        """The settings with which a process serves this office, whatever a .env beside the code says."""
        return {
            "ENVIRONMENT": "development",
            "DATABASE_URL": f"sqlite:///{self.folder}/office.sqlite",
            "DATA_FOLDER": str(self.folder),
            "CONFIG_FOLDER": str(self.config),
            "SECRET_KEY": SECRET,
            "SEAL_KEYS": "",
            "CELERY_BROKER_URL": "",
            "RATE_LIMIT_URL": "",
            "TRUSTED_HOSTS": "127.0.0.1,localhost",
            "PROXIES": "0",
            "DEFAULT_LOCALE": "vi",
            "SESSION_HOURS": "12",
            "SESSION_IDLE_MINUTES": "600",
            "LOG_LEVEL": "WARNING",
        }

    @cached_property
    def application(self) -> Flask:
        """Only the database, for filling the office from here; the pages are served by other processes."""
        app = Flask("bench")
        app.config.update(self.environment)
        install_database(app)
        return app

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Inside, operations work on this office."""
        with self.application.app_context():
            yield
            db.session.remove()
            db.engine.dispose()

    def copied(self, folder: Path) -> "Office":
        """The same office once more, to be changed. Nothing may have it open."""
        shutil.copytree(self.folder, folder)
        return Office(folder)

    def cookie(self, user_id: int) -> str:
        """The cookie of somebody who signed in a minute ago."""
        now = datetime.now() + timedelta(hours=7) - datetime.now().astimezone().utcoffset()  # type: ignore[operator]
        with self.opened(), writing():
            ticket = add_session(user_id, now)
        serializer = SecureCookieSessionInterface().get_signing_serializer(self.application)
        if serializer is None:
            raise RuntimeError("there is no secret to sign the cookie with")
        values = {"ticket": ticket, "_user_id": str(user_id), "_fresh": True, "_permanent": True}
        return f"{COOKIE}={serializer.dumps(values)}"


def new_office(folder: Path, now: datetime) -> Office:
    """An office with the shipped procedures, published as an administrator does it."""
    office = Office(folder)
    shutil.copytree(SHIPPED, office.config)
    with office.opened():
        upgrade_database()
        published = publish_config(office.config, (), system_person(), now)
        if not isinstance(published, Published):
            raise RuntimeError(f"the shipped procedures cannot be published: {published}")
    return office


def employ(positions: Iterable[str], now: datetime) -> dict[str, Person]:
    """One person for each position, who may sign in at once."""
    found: dict[str, Person] = {}
    for number, position in enumerate(positions):
        account = create_account(f"user{number}", f"Nguyễn Văn {number}", "", system_person(), now, password=SECRET)
        if isinstance(account, Refusal):
            raise RuntimeError(f"no account: {account}")
        posting = set_posting(account.user_id, position, system_person(), now)
        person = load_person(account.user_id)
        if isinstance(posting, Refusal) or person is None:
            raise RuntimeError(f"no posting: {posting}")
        found[position] = person
    return found


# ---- many procedures


def varied(one: CheckedProcedure, number: int) -> CheckedProcedure:
    """The same procedure under another key, title and code: its text, and what checking that text gives."""
    key, title, code = f"{one.key}-{number:04}", f"{one.procedure.title} – {number:04}", f"9.{number:06}"
    changes = {"key": key, "title": title, "short_title": f"{one.procedure.short_title[:48]} {number:04}", "code": code}
    text = one.text
    for name, value in changes.items():
        text = re.sub(rf"^{name}: .*$", f'{name}: "{value}"', text, count=1, flags=re.MULTILINE)
    expanded = {**one.expanded, **changes}
    path = f"procedures/{key}.yaml"
    sources = {**{place: source for place, source in one.sources.items() if place != one.path}, path: text}
    return replace(one, key=key, path=path, text=text, expanded=expanded, sources=sources, digest=digest_of(expanded))


def publish_many(office: Office, count: int, now: datetime) -> list[str]:
    """Publish variations of the shipped procedures until there are ``count``; the new keys.

    Goes through the same writing functions as publishing, without checking two thousand files one by one.
    """
    with office.opened():
        checked = check_folder(office.config, ())
        shipped = list(checked.procedures.values())
        new = [varied(shipped[number % len(shipped)], number) for number in range(count - len(shipped))]
        for one in new:
            (office.config / one.path).write_text(one.text, encoding="utf-8")
        _write_many(checked, new, now)
        if len(holder.refresh().entries) != count:
            raise RuntimeError("not every procedure was published")
    return [one.key for one in new]


def _write_many(checked: Checked, new: Iterable[CheckedProcedure], now: datetime) -> None:
    organisation = checked.organisation
    if organisation is None:
        raise RuntimeError("the shipped organisation has mistakes")
    grants: Mapping[str, Any] = {key: grants_of(one.procedure, organisation) for key, one in checked.procedures.items()}
    with writing() as session:
        for one in new:
            save_versions(session, one.key, [_version(one)], "bench", now)
            save_grants(session, one.key, one.procedure.field, grants[one.procedure.key])
        fields = {one.procedure.field for one in checked.procedures.values()}
        write_permissions(session, fields, organisation)
        raise_epoch(session, *current_documents(session), "bench", now)


def _version(one: CheckedProcedure) -> NewVersion:
    document, procedure = one.expanded, one.procedure
    return NewVersion(
        key=one.key,
        title=document["title"],
        short_title=document["short_title"],
        code=document["code"],
        field=procedure.field,
        kind=procedure.kind,
        channels=procedure.channels,
        since=procedure.since,
        until=procedure.until,
        digest=one.digest,
        expanded=json.dumps(document, ensure_ascii=False, separators=(",", ":")),
        sources=one.sources,
    )
