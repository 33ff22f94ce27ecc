"""The organisation document (with its registers) as a value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.definition.canonical import digest_of
from app.definition.model.organisation import Agency, Organisation, Register, Role, Unit, WorkField


def compile_organisation(document: Mapping[str, Any]) -> Organisation:
    """From the merged, expanded document. Parts that could not be read are simply not there."""
    agency = document.get("agency", {})
    return Organisation(
        agency=Agency(
            key=agency.get("key", ""),
            title=agency.get("title", ""),
            code=agency.get("code", ""),
            parent_title=agency.get("parent_title", ""),
            place=agency.get("place", ""),
            phone=agency.get("phone", ""),
            website=agency.get("website", ""),
            sign=agency.get("sign", ""),
        ),
        levels=dict(document.get("levels", {})),
        fields={
            key: WorkField(key, one.get("title", key), one.get("code", ""), one.get("internal", False))
            for key, one in document.get("fields", {}).items()
        },
        roles={
            key: Role(key, one.get("title", key), dict(one.get("titles", {})))
            for key, one in document.get("roles", {}).items()
        },
        unit_types=dict(document.get("unit_types", {})),
        units={key: _unit(key, one) for key, one in document.get("units", {}).items()},
        sources={key: one.get("title", key) for key, one in document.get("sources", {}).items()},
        registers={key: _register(key, one) for key, one in document.get("registers", {}).items()},
        digest=digest_of(document),
    )


def _unit(key: str, unit: Mapping[str, Any]) -> Unit:
    return Unit(
        key=key,
        title=unit.get("title", key),
        short=unit.get("short", ""),
        sign=unit.get("sign", ""),
        parent=unit.get("parent", ""),
        type=unit.get("type", ""),
        level=unit.get("level", ""),
        code=unit.get("code", ""),
        phone=unit.get("phone", ""),
        outside=unit.get("outside", False),
        roles=tuple(unit.get("roles", ())),
        since=_day(unit.get("from")),
        until=_day(unit.get("to")),
        successor=unit.get("successor", ""),
        serves=tuple(unit.get("serves", ())),
    )


def _register(key: str, register: Mapping[str, Any]) -> Register:
    return Register(
        key=key,
        title=register.get("title", key),
        number=register.get("number", "{n}"),
        restarts=register.get("restarts", "year"),
        first=register.get("first", 1),
        scope=register.get("scope", "agency"),
        series=register.get("series", ""),
        secret=register.get("secret", False),
        columns=tuple(register.get("columns", ())),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
