"""`flask procedures publish`: check, run the tests, publish; every process serves it a second later."""

import time
from collections.abc import Sequence
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app.cli.now import office_now
from app.definition.problem import format_text
from app.engine.world import Refusal
from app.operations.publish import Published, publish_config
from app.storage.people import system_person

MISTAKES, UNUSABLE = 1, 2


@click.command("publish")
@click.argument("keys", nargs=-1)
@click.option("--folder", type=click.Path(path_type=Path), help="The config folder; the shipped one if left out.")
@click.option("--locale", type=click.Choice(["vi", "en"]), default="vi", help="The language of the messages.")
@with_appcontext
def publish(keys: Sequence[str], folder: Path | None, locale: str) -> None:
    """Publish the procedures KEYS (without KEYS: all that changed), the organisation and the calendars."""
    place = folder or Path(current_app.config["CONFIG_FOLDER"])
    if not place.is_dir():
        click.echo(f"{place}: there is no such folder", err=True)
        raise SystemExit(UNUSABLE)
    begun = time.monotonic()
    outcome = publish_config(place, keys, system_person(), office_now())
    if isinstance(outcome, Refusal):
        click.echo(_refusal(outcome, place), err=True)
        raise SystemExit(UNUSABLE)
    if not isinstance(outcome, Published):
        click.echo(format_text(outcome, locale), nl=False)
        click.echo("Chưa công bố gì: còn lỗi phải sửa." if locale == "vi" else "Nothing was published.", err=True)
        raise SystemExit(MISTAKES)
    click.echo(format_text(outcome.warnings, locale), nl=False)
    for line in report(outcome, time.monotonic() - begun):
        click.echo(line)


def report(published: Published, seconds: float) -> list[str]:
    """What publishing changed, in a few lines."""
    lines = [f"Đã công bố {key}, bản {number}" for key, number in published.versions]
    lines += ["Đã công bố cơ cấu tổ chức mới"] if published.organisation else []
    lines += ["Đã công bố lịch làm việc mới"] if published.calendar else []
    if not lines:
        lines = ["Không có gì thay đổi"]
    return [*lines, f"Kỳ danh mục {published.epoch}, {seconds:.2f} giây"]


def _refusal(refusal: Refusal, place: Path) -> str:
    if refusal.code == "not_found":
        return f"{place}/procedures: không có thủ tục {', '.join(refusal.params['keys'])}"
    return f"{refusal.code}: {dict(refusal.params)}"
