"""`flask procedures list`: the procedures of the config folder beside what is published."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app.cli.config_paths import Target
from app.cli.procedure_choice import config_folder, config_option
from app.cli.text_table import table
from app.definition.check import CheckedProcedure
from app.storage.database import reading
from app.storage.versions import current_numbers

_WIDTHS = (60, 60, 12, 40)
_HEADS = ("Khóa", "Tên", "Bản", "Trạng thái")
Published = Mapping[str, Mapping[str, int]]


@click.command("list")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is told.")
@click.option("--files-only", is_flag=True, help="Do not ask the database what is published.")
@config_option
@with_appcontext
def list_(form: str, files_only: bool, config: Path | None) -> None:
    """List keys, titles, published versions and the state of each file: published, changed, new, with mistakes."""
    checked = Target(config_folder(config), None).check()
    published = None if files_only else _published()
    rows = list(_rows(checked.procedures.values(), published))
    if form == "json":
        click.echo(json.dumps([dict(zip(_KEYS, row, strict=True)) for row in rows], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(table([_HEADS, *rows], _WIDTHS)))
        click.echo(f"{len(rows)} thủ tục", err=True)


_KEYS = ("key", "title", "version", "state")


def _published() -> Published | None:
    try:
        with reading() as session:
            return current_numbers(session)
    except SQLAlchemyError:
        click.echo("Không đọc được cơ sở dữ liệu: chỉ kể các tệp (--files-only).", err=True)
        return None


def _rows(procedures: Any, published: Published | None) -> Iterator[tuple[str, str, str, str]]:
    seen = set()
    for one in sorted(procedures, key=lambda one: one.path):
        seen.add(one.key)
        numbers = (published or {}).get(one.key, {})
        number = numbers.get(one.digest)
        shown = str(number) if number is not None else ", ".join(map(str, sorted(numbers.values()))) or "–"
        yield one.key, one.procedure.short_title or one.procedure.title, shown, _state(one, published, number)
    for key in sorted(set(published or {}) - seen):
        numbers = (published or {})[key]
        yield key, "", ", ".join(map(str, sorted(numbers.values()))), "đã công bố, không còn tệp"


def _state(one: CheckedProcedure, published: Published | None, number: int | None) -> str:
    if not one.publishable:
        return "còn lỗi"
    if published is None:
        return "kiểm tra đạt"
    if number is not None:
        return "đã công bố"
    return "đã sửa, chưa công bố" if one.key in published else "chưa công bố"
