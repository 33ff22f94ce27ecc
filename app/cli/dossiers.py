"""`flask dossiers`: prove that no dossier was changed behind the platform's back, and build anew what follows."""

import json

import click
from flask.cli import AppGroup

from app.operations.rebuild_dossiers import rebuild_dossiers
from app.operations.verify_journals import verify_journals

dossiers = AppGroup("dossiers", help="Verify and rebuild dossiers.")


@dossiers.command("verify")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How faults are printed.")
def verify(form: str) -> None:
    """Recompute every journal, row and projection; name the first event that was tampered with. Exit code 1 if any."""
    found = verify_journals()
    for fault in found.faults:
        if form == "json":
            click.echo(json.dumps(fault._asdict(), ensure_ascii=False))
        else:
            at = f" at event {fault.sequence}" if fault.sequence else f" {fault.place}".rstrip()
            click.echo(f"dossier {fault.dossier_id} ({fault.code or 'no code'}): {fault.kind}{at}")
    click.echo(f"{found.count} dossiers, {len(found.faults)} at fault", err=form == "json")
    if found.faults:
        raise SystemExit(1)


@dossiers.command("rebuild")
def rebuild() -> None:
    """Write columns, projected answers and readers anew, from the journals and today's organisation."""
    click.echo(f"{rebuild_dossiers()} dossiers rebuilt")
